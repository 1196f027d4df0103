package dev.sextant.storage;

/**
 * A span of event time, in nanoseconds since the epoch, from (inclusive) to (exclusive).
 *
 * @param fromNanos first nanosecond inside
 * @param toNanos first nanosecond after; at least {@code fromNanos}
 */
public record TimeRange(long fromNanos, long toNanos) {
  /** All of time that 64 bits can say. */
  public static final TimeRange ALL = new TimeRange(0, Long.MAX_VALUE);

  public TimeRange {
    if (toNanos < fromNanos) {
      throw new IllegalArgumentException(
          "a time range ends before it starts: " + fromNanos + " to " + toNanos);
    }
  }

  public static TimeRange ofMillis(long fromMillis, long toMillis) {
    return new TimeRange(
        Math.multiplyExact(fromMillis, 1_000_000L), Math.multiplyExact(toMillis, 1_000_000L));
  }

  public boolean contains(long nanos) {
    return nanos >= fromNanos && nanos < toNanos;
  }

  /** Whether anything between the two bounds, both inclusive, lies inside. */
  public boolean overlaps(long minNanos, long maxNanos) {
    return minNanos < toNanos && maxNanos >= fromNanos;
  }
}
