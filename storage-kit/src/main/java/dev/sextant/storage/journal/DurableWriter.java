package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import dev.sextant.storage.Sink;
import dev.sextant.storage.Store;
import dev.sextant.storage.file.DiskSpace;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A journal in front of a store. A batch is appended, fsynced with whatever came beside it, then
 * applied to the store by one thread in the journal's order, then answered {@link
 * Sink.Written.Accepted}: what was accepted survives a crash, and queries find it. The next group's
 * fsync runs while the store takes this one's batches.
 *
 * <p>A store that fails is tried again until it takes the batch; meanwhile others are throttled. At
 * the start the store first catches up with the journal; until then, and while the disk is almost
 * full, batches are answered {@link Sink.Written.Unavailable}. The writer is the journal's only
 * appender and owns neither journal nor store: after {@link #close} their owner closes the store,
 * then the journal.
 *
 * @param <B> the signal's batch
 */
public final class DurableWriter<B extends Batch> implements Sink<B>, AutoCloseable {
  private final String name;
  private final Journal journal;
  private final WriterSettings settings;
  private final DiskSpace space;
  private final PendingQueue<B> queue;
  private final Answers answers = new Answers();
  private final StoreFeed<B> feed;
  private final Applier<B> applier;
  private final Thread thread;

  private DurableWriter(
      String name,
      Journal journal,
      Store<B> store,
      Function<JournalRecord, B> decode,
      WriterSettings settings,
      DiskSpace space,
      ReplayListener listener) {
    this.name = name;
    this.journal = journal;
    this.settings = settings;
    this.space = space;
    queue = new PendingQueue<>(settings.maxPendingBatches(), settings.maxPendingBytes());
    feed = new StoreFeed<>(name, journal, store, settings, queue);
    applier = new Applier<>(name, journal, store, feed, queue, answers);
    thread =
        Thread.ofPlatform()
            .name("sextant-apply-" + name)
            .unstarted(() -> applier.run(decode, listener));
  }

  /**
   * Starts a writer, which begins with the replay; see {@link #replayed}. Other holders of the
   * journal must have called {@link Journal#hold} before, or their segments may be freed.
   *
   * @param name of the signal, for errors and logs
   * @param decode gives back the batch of a journal record; its exceptions end the writer, for a
   *     payload format that this program does not know must not be skipped
   */
  public static <B extends Batch> DurableWriter<B> start(
      String name,
      Journal journal,
      Store<B> store,
      Function<JournalRecord, B> decode,
      WriterSettings settings,
      DiskSpace space,
      ReplayListener listener) {
    DurableWriter<B> writer =
        new DurableWriter<>(name, journal, store, decode, settings, space, listener);
    writer.thread.start();
    return writer;
  }

  /**
   * Completes when the store has caught up with the journal and batches are taken; fails where the
   * journal cannot be read or a record not be decoded. A copy: completing it changes nothing.
   */
  public CompletableFuture<Void> replayed() {
    return applier.replayed().copy();
  }

  @Override
  public CompletionStage<Written> write(B batch) {
    Optional<Written> refusal = refusal();
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(refusal.get());
    }
    try {
      return append(batch, new Snapshot(batch));
    } catch (RuntimeException defect) {
      return CompletableFuture.failedFuture(defect);
    }
  }

  private Optional<Written> refusal() {
    if (!applier.replayed().isDone()) {
      return Optional.of(answers.unavailable("store " + name + " is catching up with its journal"));
    }
    if (applier.replayed().isCompletedExceptionally()) {
      return Optional.of(
          answers.unavailable("store " + name + " could not catch up with its journal"));
    }
    Optional<String> full = space.refusal();
    if (full.isPresent()) {
      return Optional.of(answers.unavailable(full.get()));
    }
    String behind = feed.behind();
    return behind == null
        ? Optional.empty()
        : Optional.of(answers.throttled("store " + name + " is behind: " + behind));
  }

  private CompletionStage<Written> append(B batch, Snapshot snapshot) {
    CompletableFuture<Written> answer = new CompletableFuture<>();
    long bytes = snapshot.payload.remaining();
    return switch (queue.offer(
        bytes, () -> new Pending<>(batch, bytes, journal.append(snapshot), answer))) {
      case TAKEN -> answer;
      case TOO_MANY_BATCHES ->
          throttled(WriterSettings.MAX_PENDING_BATCHES, settings.maxPendingBatches());
      case TOO_MANY_BYTES ->
          throttled(WriterSettings.MAX_PENDING_BYTES, settings.maxPendingBytes());
      case CLOSED ->
          CompletableFuture.completedFuture(
              answers.unavailable("the writer of " + name + " is shutting down"));
    };
  }

  private CompletionStage<Written> throttled(String setting, long limit) {
    return CompletableFuture.completedFuture(
        answers.throttled(
            "%s (%d) reached: store %s is slower than what comes in"
                .formatted(setting, limit, name)));
  }

  public WriterCounters counters() {
    return new WriterCounters(
        applier.acceptedRows.get(),
        applier.acceptedBytes.get(),
        answers.throttled.get(),
        answers.unavailable.get(),
        answers.tooLarge.get(),
        applier.replayedRows.get(),
        feed.retries.get(),
        feed.skipped.get(),
        feed.commits.get(),
        feed.commitFailures.get(),
        queue.batches(),
        queue.bytes(),
        journal.counters());
  }

  /**
   * Takes no more, waits until what was taken is answered (giving a failing store the close
   * timeout), and commits.
   */
  @Override
  public void close() {
    applier.close(settings.closeTimeout().toNanos());
    Threads.joinFully(thread);
  }

  /** A batch whose payload is made once, however often it is asked for. */
  private record Snapshot(String tenant, int rows, int kind, ByteBuffer payload) implements Batch {
    Snapshot(Batch batch) {
      this(batch.tenant(), batch.rows(), batch.kind(), batch.payload());
    }

    @Override
    public ByteBuffer payload() {
      return payload.duplicate();
    }
  }
}
