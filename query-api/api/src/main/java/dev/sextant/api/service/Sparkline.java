package dev.sextant.api.service;

/**
 * Values of equal steps; NaN where there is none.
 *
 * @param startMillis when the first step ends; each is {@code stepMillis} long
 */
@SuppressWarnings("ArrayRecordComponent")
public record Sparkline(long startMillis, long stepMillis, double[] values) {
  static final Sparkline EMPTY = new Sparkline(0, 1, new double[0]);
}
