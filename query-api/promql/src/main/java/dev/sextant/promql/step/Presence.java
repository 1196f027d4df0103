package dev.sextant.promql.step;

/** At which steps something is there, a bit each. */
final class Presence {
  private final long[] bits;

  Presence(int steps) {
    bits = new long[(steps + 63) >> 6];
  }

  boolean get(int step) {
    return (bits[step >> 6] & (1L << step)) != 0;
  }

  /** Sets a step and gives whether it was set before. */
  boolean set(int step) {
    long mask = 1L << step;
    boolean before = (bits[step >> 6] & mask) != 0;
    bits[step >> 6] |= mask;
    return before;
  }

  /** Adds the steps of a series; gives whether one of them was set before. */
  boolean add(StepSeries series) {
    boolean overlap = false;
    for (int i = 0; i < series.steps(); i++) {
      if (series.isPresent(i)) {
        overlap |= set(i);
      }
    }
    return overlap;
  }
}
