package dev.sextant.promql.step;

/**
 * Evenly spaced times.
 *
 * @param startMillis the first, in milliseconds since the epoch
 * @param intervalMillis between two; 0 where there is only one
 * @param count at least 1
 */
public record Steps(long startMillis, long intervalMillis, int count) {
  /** A single time. */
  public static Steps at(long millis) {
    return new Steps(millis, 0, 1);
  }

  /** The time of a step, from 0. */
  public long time(int step) {
    return startMillis + step * intervalMillis;
  }

  public long endMillis() {
    return time(count - 1);
  }
}
