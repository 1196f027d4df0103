package dev.sextant.promql.function;

import dev.sextant.promql.step.CompensatedSum;
import dev.sextant.promql.step.Distribution;
import dev.sextant.promql.step.StepSeries;
import java.util.Arrays;

/**
 * Functions over time that look at a window's floats as a whole; histograms beside them are left
 * out with a notice.
 */
final class FloatsOverTime implements RangeFunction {
  /** Computes one figure from a window's floats, of which there is at least one. */
  @FunctionalInterface
  interface Figure {
    double of(RangeWindow window);
  }

  private final Figure figure;

  FloatsOverTime(Figure figure) {
    this.figure = figure;
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    if (w.floats() == 0) {
      return;
    }
    if (w.histograms() > 0) {
      w.infoIgnoredHistograms();
    }
    out.set(step, figure.of(w));
  }

  static double variance(RangeWindow w) {
    double[] values = w.samples.floats;
    double mean = 0;
    double meanCompensation = 0;
    double squares = 0;
    double squaresCompensation = 0;
    int n = 0;
    for (int i = w.floatFrom; i < w.floatTo; i++) {
      n++;
      double delta = values[i] - (mean + meanCompensation);
      double meanStep = delta / n;
      meanCompensation = CompensatedSum.compensation(mean, meanStep, meanCompensation);
      mean += meanStep;
      double square = delta * (values[i] - (mean + meanCompensation));
      squaresCompensation = CompensatedSum.compensation(squares, square, squaresCompensation);
      squares += square;
    }
    return (squares + squaresCompensation) / n;
  }

  static double quantile(RangeWindow w) {
    double[] values = Arrays.copyOfRange(w.samples.floats, w.floatFrom, w.floatTo);
    double q = w.parameter(0);
    if (!(q >= 0 && q <= 1)) {
      Distribution.warnOfRange(new double[] {q}, w.notices);
    }
    return Distribution.quantile(q, values, values.length);
  }

  /** The median of the distances from the median. */
  static double medianDeviation(RangeWindow w) {
    double[] values = Arrays.copyOfRange(w.samples.floats, w.floatFrom, w.floatTo);
    double median = Distribution.quantile(0.5, values, values.length);
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        return Double.NaN;
      }
      values[i] = Math.abs(values[i] - median);
    }
    return Distribution.quantile(0.5, values, values.length);
  }
}
