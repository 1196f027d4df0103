package dev.sextant.promql.function;

import dev.sextant.promql.step.StepException;
import dev.sextant.promql.step.StepSeries;

/** {@code double_exponential_smoothing}: Holt's linear method over a window's floats. */
final class Smoothing implements RangeFunction {
  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    double smoothing = factor("smoothing", "sf", w.parameter(0));
    double trend = factor("trend", "tf", w.parameter(1));
    if (w.floats() > 0 && w.histograms() > 0) {
      w.infoIgnoredHistograms();
    }
    if (w.floats() < 2) {
      return;
    }
    double[] values = w.samples.floats;
    double before = 0;
    double level = values[w.floatFrom];
    double slope = values[w.floatFrom + 1] - level;
    for (int i = w.floatFrom + 1; i < w.floatTo; i++) {
      if (i > w.floatFrom + 1) {
        slope = trend * (level - before) + (1 - trend) * slope;
      }
      before = level;
      level = smoothing * values[i] + (1 - smoothing) * (level + slope);
    }
    out.set(step, level);
  }

  private static double factor(String noun, String symbol, double value) {
    if (!(value > 0 && value < 1)) {
      throw new StepException(
          String.format("invalid %s factor. Expected: 0 < %s < 1, got: %f", noun, symbol, value));
    }
    return value;
  }
}
