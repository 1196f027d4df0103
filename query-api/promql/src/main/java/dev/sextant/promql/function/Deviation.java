package dev.sextant.promql.function;

import dev.sextant.promql.step.CompensatedSum;

/** {@code stdvar_over_time} and its root, {@code stddev_over_time}. */
final class Deviation implements FloatsOverTime.Figure {
  private final boolean root;
  private final SlidingVariance sliding = new SlidingVariance();

  Deviation(boolean root) {
    this.root = root;
  }

  @Override
  public void begin() {
    sliding.begin();
  }

  @Override
  public int bytesPerFloat() {
    return SlidingVariance.BYTES_PER_FLOAT;
  }

  @Override
  public double of(RangeWindow w) {
    double variance = sliding.of(w);
    if (Double.isNaN(variance)) {
      variance = walk(w);
    }
    return root ? Math.sqrt(variance) : variance;
  }

  /** The variance float by float, by Welford's method, compensated. */
  static double walk(RangeWindow w) {
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
}
