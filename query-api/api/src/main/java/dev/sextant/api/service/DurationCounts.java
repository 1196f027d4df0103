package dev.sextant.api.service;

/**
 * Counts durations in buckets of a sixteenth of a power of two, so that a quantile is off by 3 % at
 * most. Not thread-safe.
 */
final class DurationCounts {
  private static final int BITS = 4;
  private static final int PER_POWER = 1 << BITS;
  private static final int BUCKETS = (Long.SIZE - BITS) * PER_POWER;

  private final int[] counts = new int[BUCKETS];
  private long total;
  private long longest;

  /**
   * @param nanos below 0 counts as 0
   */
  void add(long nanos) {
    long duration = Math.max(0, nanos);
    counts[bucket(duration)]++;
    total++;
    longest = Math.max(longest, duration);
  }

  void addAll(DurationCounts other) {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
    longest = Math.max(longest, other.longest);
  }

  private static int bucket(long duration) {
    if (duration < PER_POWER) {
      return (int) duration;
    }
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(duration);
    int part = (int) (duration >>> (power - BITS)) & (PER_POWER - 1);
    return (power - BITS + 1) * PER_POWER + part;
  }

  /** In the middle of its bucket, and no more than the longest; 0 where nothing was counted. */
  long quantile(double quantile) {
    long rank = Math.max(1, (long) Math.ceil(quantile * total));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(longest, middle(i));
      }
    }
    return 0;
  }

  private static long middle(int bucket) {
    if (bucket < PER_POWER) {
      return bucket;
    }
    int shift = bucket / PER_POWER - 1;
    long low = (long) (PER_POWER + bucket % PER_POWER) << shift;
    return low + (1L << shift) / 2;
  }

  long longest() {
    return longest;
  }
}
