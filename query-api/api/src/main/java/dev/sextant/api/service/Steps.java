package dev.sextant.api.service;

import dev.sextant.storage.TimeRange;

/**
 * The steps that a range is drawn in, up to its end, each standing for the width before it.
 *
 * @param startMillis end of the first step's window
 * @param endMillis end of the last step's window
 */
record Steps(long startMillis, long endMillis, long stepMillis) {
  private static final long MILLI = 1_000_000L;
  private static final long SHORTEST_MILLIS = 15_000;

  /** Steps end at multiples of this, so that answers within it are the same. */
  private static final long ALIGN_MILLIS = 5_000;

  /** About {@code points} steps, none shorter than 15 s. */
  static Steps of(TimeRange range, int points) {
    long from = range.fromNanos() / MILLI;
    long to = range.toNanos() / MILLI;
    long wanted = Math.max(SHORTEST_MILLIS, (to - from) / points);
    long step = (wanted + 999) / 1000 * 1000;
    long end = to / ALIGN_MILLIS * ALIGN_MILLIS;
    long count = Math.max(1, (end - from) / step);
    return new Steps(end - (count - 1) * step, end, step);
  }

  /**
   * The same range in narrower steps, for data that fills only few of these: a sixth as wide, and
   * 15 s at least.
   */
  Steps finer() {
    long step = Math.max(SHORTEST_MILLIS, stepMillis / 6 / 1000 * 1000);
    long length = endMillis - startMillis + stepMillis;
    long count = Math.max(1, length / step);
    return new Steps(endMillis - (count - 1) * step, endMillis, step);
  }

  int count() {
    return (int) ((endMillis - startMillis) / stepMillis) + 1;
  }

  /** The whole range as a PromQL duration, up to {@link #endMillis()}. */
  String range() {
    return (endMillis - startMillis + stepMillis) / 1000 + "s";
  }

  String step() {
    return stepMillis / 1000 + "s";
  }
}
