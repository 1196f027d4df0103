package dev.sextant.promql.function;

import dev.sextant.promql.step.CompensatedSum;

/**
 * The variance of a sliding window's floats in constant time a step, cut in two as {@link
 * SlidingExtreme} is. Each part adds up, compensated, how far its floats lie from the one beside
 * the cut, and the squares of that; the sums of squares about the two means are merged by the
 * formula of Chan, Golub and LeVeque ("Updating formulae and a pairwise algorithm for computing
 * sample variances", 1979).
 *
 * <p>An offset that all floats share is gone before anything is squared: of {@code n} floats the
 * result is good to about {@code n} roundings whatever their offset, and equal floats give exactly
 * 0. The float beside the cut is always in the window, and nothing is ever taken off a sum, so that
 * what left the window leaves no trace. Windows only move forward. For one thread.
 */
final class SlidingVariance {
  static final int BYTES_PER_FLOAT = 2 * Double.BYTES;

  /** For each index before the cut, the sum of distances from there up to the cut. */
  private double[] olderSums = new double[64];

  private double[] olderSquares = new double[64];
  private int cut;
  private int to;
  private double newerSum;
  private double newerSumRest;
  private double newerSquares;
  private double newerSquaresRest;

  /** Starts over with another series. */
  void begin() {
    cut = 0;
    to = 0;
  }

  /**
   * The variance of a window that is not empty; NaN where a float is NaN, infinite or so large that
   * squares overflow, and walking the window has to tell what to answer.
   */
  double of(RangeWindow w) {
    double[] values = w.samples.floats;
    if (w.floatFrom >= cut) {
      moveCut(w, values);
    }
    for (; to < w.floatTo; to++) {
      double distance = values[to] - values[cut];
      double square = distance * distance;
      newerSumRest += CompensatedSum.lost(newerSum, distance);
      newerSum += distance;
      newerSquaresRest += CompensatedSum.lost(newerSquares, square);
      newerSquares += square;
    }
    double squares = squares(w, values);
    return Double.isFinite(squares) ? Math.max(0, squares) / w.floats() : Double.NaN;
  }

  /** The sum of squares about the mean of the whole window. */
  private double squares(RangeWindow w, double[] values) {
    double older = cut - w.floatFrom;
    double olderMean = olderSums[w.floatFrom] / older;
    double squares = olderSquares[w.floatFrom] - olderSums[w.floatFrom] * olderMean;
    if (to == cut) {
      return squares;
    }
    double newer = to - cut;
    double sum = newerSum + newerSumRest;
    double newerMean = sum / newer;
    double apart = values[cut] - values[cut - 1] + (newerMean - olderMean);
    return squares
        + (newerSquares + newerSquaresRest - sum * newerMean)
        + apart * apart * (older * newer / (older + newer));
  }

  private void moveCut(RangeWindow w, double[] values) {
    cut = w.floatTo;
    to = w.floatTo;
    newerSum = 0;
    newerSumRest = 0;
    newerSquares = 0;
    newerSquaresRest = 0;
    if (olderSums.length < cut) {
      int capacity = Math.max(cut, 2 * olderSums.length);
      olderSums = new double[capacity];
      olderSquares = new double[capacity];
    }
    double origin = values[cut - 1];
    double sum = 0;
    double sumRest = 0;
    double squares = 0;
    double squaresRest = 0;
    for (int i = cut - 1; i >= w.floatFrom; i--) {
      double distance = values[i] - origin;
      double square = distance * distance;
      sumRest += CompensatedSum.lost(sum, distance);
      sum += distance;
      squaresRest += CompensatedSum.lost(squares, square);
      squares += square;
      olderSums[i] = sum + sumRest;
      olderSquares[i] = squares + squaresRest;
    }
  }
}
