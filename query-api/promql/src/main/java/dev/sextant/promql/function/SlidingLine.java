package dev.sextant.promql.function;

import dev.sextant.promql.step.CompensatedSum;

/**
 * The line of least squares through a sliding window's floats in constant time a step, cut in two
 * as {@link SlidingExtreme} is. Each part adds up, compensated, how far its samples lie from the
 * one beside the cut, in time and in value, and the products of that; moments about the two means
 * are merged as {@link SlidingVariance} merges them.
 *
 * <p>Neither the time of day nor an offset that all floats share is ever multiplied, equal floats
 * give a slope of exactly 0 and a line of exactly their value, and what left the window leaves no
 * trace. Windows only move forward. For one thread.
 */
final class SlidingLine {
  private static final int SUMS = 4;
  static final int BYTES_PER_FLOAT = SUMS * Double.BYTES;

  /**
   * For each index before the cut, four sums from there up to the cut: of distances in time, in
   * value, of squares of the first, and of products of both.
   */
  private double[] older = new double[64 * SUMS];

  private int cut;
  private int to;

  /** Whole numbers, whose sum needs no compensation. */
  private double newerX;

  private double newerY;
  private double newerXx;
  private double newerXy;
  private double restY;
  private double restXx;
  private double restXy;

  private long originMillis;
  private double origin;
  private double meanX;
  private double meanY;
  private double slope;

  /** Starts over with another series. */
  void begin() {
    cut = 0;
    to = 0;
  }

  /**
   * Fits the line to a window of two floats or more.
   *
   * @return false where a float is NaN, infinite or so large that products overflow, and walking
   *     the window has to tell what to answer
   */
  boolean move(RangeWindow w) {
    SampleBuffer s = w.samples;
    if (w.floatFrom >= cut) {
      moveCut(w);
    }
    for (; to < w.floatTo; to++) {
      double x = s.floatTimes[to] - s.floatTimes[cut];
      double y = s.floats[to] - s.floats[cut];
      newerX += x;
      restY += CompensatedSum.lost(newerY, y);
      newerY += y;
      restXx += CompensatedSum.lost(newerXx, x * x);
      newerXx += x * x;
      restXy += CompensatedSum.lost(newerXy, x * y);
      newerXy += x * y;
    }
    merge(w);
    return Double.isFinite(slope) && Double.isFinite(meanY);
  }

  /** By how much the line rises in a second. */
  double slope() {
    return slope * 1000;
  }

  /** The line's height at a time in milliseconds. */
  double at(long millis) {
    return origin + (meanY + slope * (millis - originMillis - meanX));
  }

  private void moveCut(RangeWindow w) {
    SampleBuffer s = w.samples;
    cut = w.floatTo;
    to = w.floatTo;
    originMillis = s.floatTimes[cut - 1];
    origin = s.floats[cut - 1];
    newerX = 0;
    newerY = 0;
    newerXx = 0;
    newerXy = 0;
    restY = 0;
    restXx = 0;
    restXy = 0;
    if (older.length < cut * SUMS) {
      older = new double[Math.max(cut * SUMS, 2 * older.length)];
    }
    addUp(s, w.floatFrom);
  }

  private void addUp(SampleBuffer s, int from) {
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    double lostY = 0;
    double lostXx = 0;
    double lostXy = 0;
    for (int i = cut - 1; i >= from; i--) {
      double x = s.floatTimes[i] - originMillis;
      double y = s.floats[i] - origin;
      sumX += x;
      lostY += CompensatedSum.lost(sumY, y);
      sumY += y;
      lostXx += CompensatedSum.lost(sumXx, x * x);
      sumXx += x * x;
      lostXy += CompensatedSum.lost(sumXy, x * y);
      sumXy += x * y;
      int at = i * SUMS;
      older[at] = sumX;
      older[at + 1] = sumY + lostY;
      older[at + 2] = sumXx + lostXx;
      older[at + 3] = sumXy + lostXy;
    }
  }

  private void merge(RangeWindow w) {
    SampleBuffer s = w.samples;
    int at = w.floatFrom * SUMS;
    double n = cut - w.floatFrom;
    meanX = older[at] / n;
    meanY = older[at + 1] / n;
    double xx = older[at + 2] - older[at] * meanX;
    double xy = older[at + 3] - older[at] * meanY;
    if (to > cut) {
      double m = to - cut;
      double x = newerX / m;
      double y = (newerY + restY) / m;
      double apartX = s.floatTimes[cut] - originMillis + (x - meanX);
      double apartY = s.floats[cut] - origin + (y - meanY);
      double weight = n * m / (n + m);
      xx += newerXx + restXx - newerX * x + apartX * apartX * weight;
      xy += newerXy + restXy - newerX * y + apartX * apartY * weight;
      meanX += apartX * (m / (n + m));
      meanY += apartY * (m / (n + m));
    }
    slope = xy / xx;
  }
}
