package dev.sextant.promql.function;

import dev.sextant.promql.step.CompensatedSum;
import dev.sextant.promql.step.StepSeries;

/** {@code deriv} and {@code predict_linear}: a line through a window's floats by least squares. */
final class Regression implements RangeFunction {
  private final boolean predict;
  private final SlidingLine sliding = new SlidingLine();

  Regression(boolean predict) {
    this.predict = predict;
  }

  @Override
  public void begin(RangeWindow w) {
    sliding.begin();
  }

  @Override
  public int bytesPerFloat() {
    return SlidingLine.BYTES_PER_FLOAT;
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    if (w.floats() > 0 && w.histograms() > 0) {
      w.infoIgnoredHistograms();
    }
    if (w.floats() < 2) {
      return;
    }
    long origin = predict ? w.evaluationMillis() : w.samples.floatTimes[w.floatFrom];
    Line line = sliding.move(w) ? new Line(sliding.slope(), sliding.at(origin)) : walk(w, origin);
    out.set(step, predict ? line.slope * w.parameter(0) + line.intercept : line.slope);
  }

  /**
   * @param slope a second
   * @param intercept where the line stands at its origin
   */
  record Line(double slope, double intercept) {}

  /** The line sample by sample, compensated. */
  static Line walk(RangeWindow w, long originMillis) {
    SampleBuffer s = w.samples;
    double[] sums = new double[8];
    double first = s.floats[w.floatFrom];
    boolean constant = true;
    for (int i = w.floatFrom; i < w.floatTo; i++) {
      double x = (s.floatTimes[i] - originMillis) / 1000.0;
      double y = s.floats[i];
      constant &= y == first;
      add(sums, 0, x);
      add(sums, 2, y);
      add(sums, 4, x * y);
      add(sums, 6, x * x);
    }
    if (constant) {
      return Double.isInfinite(first) ? new Line(Double.NaN, Double.NaN) : new Line(0, first);
    }
    double n = w.floats();
    double sumX = sums[0] + sums[1];
    double sumY = sums[2] + sums[3];
    double covariance = sums[4] + sums[5] - sumX * sumY / n;
    double variance = sums[6] + sums[7] - sumX * sumX / n;
    double slope = covariance / variance;
    return new Line(slope, sumY / n - slope * sumX / n);
  }

  private static void add(double[] sums, int at, double value) {
    sums[at + 1] = CompensatedSum.compensation(sums[at], value, sums[at + 1]);
    sums[at] += value;
  }
}
