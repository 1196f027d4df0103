package dev.sextant.storage;

import java.util.concurrent.CompletionStage;

/**
 * The write door that receivers see: takes batches of one signal and answers when they are durable
 * and can be found.
 *
 * @param <B> the signal's batch
 */
public interface Sink<B extends Batch> {
  /**
   * Offers a batch. The stage completes normally with what became of it, and exceptionally only for
   * a defect. Thread-safe; never blocks.
   */
  CompletionStage<Written> write(B batch);

  /** What became of a batch. */
  sealed interface Written {
    /** Journaled, fsynced and applied: survives a crash from now on, and queries find it. */
    record Accepted(Position position) implements Written {}

    /**
     * Not taken, nothing kept: the store is behind. Try the same batch again after the given time.
     */
    record Throttled(long retryAfterMillis, String reason) implements Written {}

    /**
     * Not taken: the journal cannot write (disk full, failed fsync, catching up after a start,
     * shutting down). Try again later.
     */
    record Unavailable(long retryAfterMillis, String reason) implements Written {}

    /**
     * Not taken and never will be: the batch alone exceeds a limit, which the reason names with its
     * setting.
     */
    record TooLarge(String reason) implements Written {}
  }
}
