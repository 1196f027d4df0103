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

  /** Where the type is {@link Type#HISTOGRAM}. */
  NativeHistogram histogram();

  /** When the series began counting, in milliseconds since the epoch; 0 where unknown. */
  long startTimestampMillis();
}
