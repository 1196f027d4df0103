package dev.sextant.collector.skywalking;

/**
 * Collections of garbage of one instance, summed from what each message says happened since the one
 * before. Thread-safe.
 */
final class GcSums {
  /** SkyWalking's phases, by number. */
  private static final int PHASES = 3;

  private final long[] counts = new long[PHASES];
  private final long[] millis = new long[PHASES];
  private long since;

  /** What was collected in one phase. */
  record Sum(long sinceNanos, long count, long millis) {}

  /**
   * Adds what one sample says, and tells the sums up to it.
   *
   * @param phase 0 to 2
   * @param timeNanos of the sample; of the first one it is when the sums begin
   */
  synchronized Sum add(int phase, long timeNanos, long count, long millisMore) {
    if (since == 0 || timeNanos < since) {
      since = timeNanos;
    }
    counts[phase] += Math.max(0, count);
    millis[phase] += Math.max(0, millisMore);
    return new Sum(since, counts[phase], millis[phase]);
  }

  static boolean isPhase(int phase) {
    return phase >= 0 && phase < PHASES;
  }
}
