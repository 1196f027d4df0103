package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import dev.sextant.storage.Position;
import dev.sextant.storage.Snapshotting;
import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * An append-only, crash-safe log of batches of one signal. Rows are numbered as {@link
 * Position#row()} says; a failed write or a damaged tail leaves a gap in the numbers.
 *
 * <p>Appending is thread-safe. Batches that arrive while an fsync runs share the next one (group
 * commit). After a crash, every batch whose future completed is there, whole; of the others, a
 * prefix.
 */
public interface Journal extends Closeable, Snapshotting {
  /** Names this journal; chosen at random when it is created and kept for its life. */
  UUID id();

  /**
   * Appends a batch; the future completes with its position once it is fsynced, and in the order of
   * appending. Never blocks. Dependents of the future run on the journal's own thread and must be
   * short.
   *
   * @return a future that fails with {@link JournalException} where the batch could not be made
   *     durable; it is then not in the journal and never will be (save one case: the disk refuses
   *     everything and the power fails before it takes a write again)
   */
  CompletableFuture<Position> append(Batch batch);

  /** The first row that can still be read. */
  long start();

  /** The number after the last durable row. */
  long end();

  /**
   * Numbers later rows from {@code row} on, where they would get lower numbers. For a store that
   * holds rows which the journal lost.
   */
  void skipTo(long row);

  /**
   * A reader whose first record is the one that holds {@code fromRow}, or the first one after it.
   * It sees durable records only, and goes on as the journal grows.
   */
  JournalReader read(long fromRow) throws IOException;

  /**
   * As {@link #read}, for a reader that keeps no record: the payload of one is valid only until the
   * next is asked for.
   */
  JournalReader readInPlace(long fromRow) throws IOException;

  /**
   * Names the lowest row that a holder still needs; segments wholly below the lowest of all holders
   * are deleted. A holder that never called holds nothing. Holders are remembered only while the
   * process lives, so each calls anew after a start before {@link #free()} may run.
   */
  void hold(String holder, long fromRow);

  /**
   * Deletes the segments that no holder needs; none before the first {@link #hold}, and never the
   * newest one.
   */
  void free() throws IOException;

  JournalCounters counters();

  /** Refuses further batches, makes those taken durable, and lets go of the files. */
  @Override
  void close() throws IOException;
}
