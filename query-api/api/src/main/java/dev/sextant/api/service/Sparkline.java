package dev.sextant.api.service;

/** Values at equal steps; NaN where there is none. */
@SuppressWarnings("ArrayRecordComponent")
public record Sparkline(long startMillis, long stepMillis, double[] values) {
  static final Sparkline EMPTY = new Sparkline(0, 1, new double[0]);
}
