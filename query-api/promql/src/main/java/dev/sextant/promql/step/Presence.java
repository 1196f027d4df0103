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
    long overlap = 0;
    int steps = series.steps();
    for (int word = 0; word < bits.length; word++) {
      int end = Math.min(steps, (word + 1) << 6);
      long present = 0;
      for (int i = word << 6; i < end; i++) {
        present |= (series.isPresent(i) ? 1L : 0L) << i;
      }
      overlap |= bits[word] & present;
      bits[word] |= present;
    }
    return overlap != 0;
  }
}
