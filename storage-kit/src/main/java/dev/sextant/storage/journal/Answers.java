package dev.sextant.storage.journal;

import dev.sextant.storage.Sink.Written;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/** The refusals of a writer, counted. Thread-safe. */
final class Answers {
  private static final long THROTTLED_RETRY_MILLIS = 1000;
  private static final long UNAVAILABLE_RETRY_MILLIS = 5000;

  final AtomicLong throttled = new AtomicLong();
  final AtomicLong unavailable = new AtomicLong();
  final AtomicLong tooLarge = new AtomicLong();

  Written throttled(String reason) {
    throttled.incrementAndGet();
    return new Written.Throttled(THROTTLED_RETRY_MILLIS, reason);
  }

  Written unavailable(String reason) {
    unavailable.incrementAndGet();
    return new Written.Unavailable(UNAVAILABLE_RETRY_MILLIS, reason);
  }

  private Written tooLarge(String reason) {
    tooLarge.incrementAndGet();
    return new Written.TooLarge(reason);
  }

  /**
   * What a failed append means to who offered the batch.
   *
   * @throws CompletionException where the cause is no failure of the journal but a defect
   */
  Written of(CompletionException failure) {
    if (!(failure.getCause() instanceof JournalException cause)) {
      throw failure;
    }
    String reason = String.valueOf(cause.getMessage());
    return switch (cause.reason()) {
      case QUEUE_FULL -> throttled(reason);
      case TOO_LARGE -> tooLarge(reason);
      case WRITE_FAILED, CLOSED, DAMAGED, FOREIGN -> unavailable(reason);
    };
  }
}
