package dev.sextant.collector.derive;

/**
 * When the series of one combination were 0. Until a batch that says so is durable, each batch says
 * it again.
 */
final class Birth {
  private long millis;
  private boolean durable;

  /** As a durable batch said it. */
  void restore(long writtenMillis) {
    millis = writtenMillis;
    durable = true;
  }

  /** In milliseconds since the epoch; {@code zeroMillis} from the first call on. */
  long millis(long zeroMillis) {
    if (millis == 0) {
      millis = zeroMillis;
    }
    return millis;
  }

  /** Whether the 0 must still be written. */
  boolean isNew() {
    return !durable;
  }

  /** The batch that was written last is durable. */
  void written() {
    durable = millis != 0;
  }
}
