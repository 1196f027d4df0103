package dev.sextant.metrics.model;

/** Samples of one series in ascending order of time, no time twice. For one thread. */
public interface SampleCursor {
  /** What stands at the cursor. */
  enum Type {
    NONE,
    FLOAT,
    HISTOGRAM
  }

  /** Moves to the next sample; {@link Type#NONE} after the last. */
  Type next();

  /** Moves to the first sample at or after a time, never back. */
  Type seek(long timestampMillis);

  long timestampMillis();

  /**
   * Where the type is {@link Type#FLOAT}; NaN with {@link NativeHistogram#STALE_BITS} marks
   * staleness.
   */
  double value();

  /**
   * Where the type is {@link Type#FLOAT}: copies that sample and those of the floats behind it that
   * are at hand in one piece, and moves to the last one copied.
   *
   * @param times in milliseconds since the epoch, filled from index {@code at} on, at most to its
   *     end
   * @param values filled likewise, as long as {@code times}
   * @return how many were copied, at least 1
   */
  default int readFloats(long[] times, double[] values, int at) {
    times[at] = timestampMillis();
    values[at] = value();
    return 1;
  }

  /** Where the type is {@link Type#HISTOGRAM}. */
  NativeHistogram histogram();

  /** When the series began counting, in milliseconds since the epoch; 0 where unknown. */
  long startTimestampMillis();
}
