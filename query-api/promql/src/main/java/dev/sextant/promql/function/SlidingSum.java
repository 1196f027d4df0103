package dev.sextant.promql.function;

import dev.sextant.promql.step.CompensatedSum;
import java.util.Arrays;

/**
 * The compensated sum of a sliding window's floats in constant time a step, cut in two as {@link
 * SlidingExtreme} is. Nothing is ever subtracted, so what left the window leaves no rounding
 * behind. Windows only move forward. For one thread.
 */
final class SlidingSum {
  static final int BYTES_PER_FLOAT = 2 * Double.BYTES;

  /** Below this no partial sum overflows, so that the order of adding does not matter. */
  private static final double SAFE = 1e290;

  private double[] olderSum = new double[64];
  private double[] olderCompensation = new double[64];
  private int cut;
  private int to;
  private double newerSum;
  private double newerCompensation;
  private boolean safe;

  double sum;
  double compensation;

  /** Starts over with the series in the window's buffer. */
  void begin(RangeWindow w) {
    cut = 0;
    to = 0;
    safe = true;
    for (int i = 0; i < w.samples.floatCount; i++) {
      safe &= Math.abs(w.samples.floats[i]) <= SAFE;
    }
  }

  /** Whether {@link #move} may be used: no value is infinite, NaN or near to overflow. */
  boolean isSafe() {
    return safe;
  }

  /** Sets {@link #sum} and {@link #compensation} to those of a window that is not empty. */
  void move(RangeWindow w) {
    double[] values = w.samples.floats;
    if (w.floatFrom >= cut) {
      moveCut(w, values);
    }
    for (; to < w.floatTo; to++) {
      newerCompensation = CompensatedSum.compensation(newerSum, values[to], newerCompensation);
      newerSum += values[to];
    }
    double older = olderSum[w.floatFrom];
    compensation =
        CompensatedSum.compensation(
            older, newerSum, olderCompensation[w.floatFrom] + newerCompensation);
    sum = older + newerSum;
  }

  private void moveCut(RangeWindow w, double[] values) {
    cut = w.floatTo;
    to = w.floatTo;
    newerSum = 0;
    newerCompensation = 0;
    if (olderSum.length < cut) {
      int capacity = Math.max(cut, 2 * olderSum.length);
      olderSum = Arrays.copyOf(olderSum, capacity);
      olderCompensation = Arrays.copyOf(olderCompensation, capacity);
    }
    double total = 0;
    double rest = 0;
    for (int i = cut - 1; i >= w.floatFrom; i--) {
      rest = CompensatedSum.compensation(total, values[i], rest);
      total += values[i];
      olderSum[i] = total;
      olderCompensation[i] = rest;
    }
  }
}
