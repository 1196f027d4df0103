package dev.sextant.storage;

/**
 * The doors that every store has, whatever engine is behind it. Its queries are typed by each
 * signal's own interface.
 *
 * @param <B> the signal's batch
 */
public interface Store<B extends Batch> extends AutoCloseable {
  /**
   * Takes a batch that the journal holds. Idempotent by position: rows below {@link #appliedUpTo()}
   * are skipped, so a replay may begin anywhere at or before it. Called by one thread at a time, in
   * the journal's order. When it returns, queries find the rows.
   *
   * @throws StoreException when the engine cannot take it now; the same batch is then offered again
   */
  void apply(B batch, Position position);

  /**
   * The number after the last row that survives a crash of this store without the journal: replay
   * must begin here or before, and journal rows below it may be freed. Grows as the store commits,
   * not with each {@link #apply}.
   */
  long appliedUpTo();

  /**
   * Makes everything applied so far durable, so that {@link #appliedUpTo()} reaches the last row
   * taken. Called by the thread that applies, so it never overlaps {@link #apply}.
   */
  void commit();

  /** Stops background work, commits and lets go of files. */
  @Override
  void close();
}
