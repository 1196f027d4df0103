package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;

/** The aggregations that look at floats only, and counting. */
final class FloatAccumulators {
  private FloatAccumulators() {}

  /** Minimum or maximum; any number beats NaN. */
  static final class Extreme implements Accumulator {
    private final boolean max;
    private final double[] best;

    Extreme(boolean max, int steps) {
      this.max = max;
      best = StepSeries.empty(Labels.EMPTY, false, steps).values();
    }

    @Override
    public void add(StepSeries series) {
      double[] values = series.values();
      for (int i = 0; i < values.length; i++) {
        double value = values[i];
        double before = best[i];
        if (!StepSeries.isAbsent(value)
            && (Double.isNaN(before) || (max ? value > before : value < before))) {
          best[i] = value;
        }
      }
    }

    @Override
    public void finish(StepSeries out) {
      for (int i = 0; i < best.length; i++) {
        out.set(i, best[i]);
      }
    }
  }

  /** Count, or group, which is 1 wherever there is anything. */
  static final class Count implements Accumulator {
    private final boolean group;
    private final int[] count;

    Count(boolean group, int steps) {
      this.group = group;
      count = new int[steps];
    }

    @Override
    public void add(StepSeries series) {
      for (int i = 0; i < count.length; i++) {
        count[i] += series.isPresent(i) ? 1 : 0;
      }
    }

    @Override
    public void finish(StepSeries out) {
      for (int i = 0; i < count.length; i++) {
        if (count[i] > 0) {
          out.set(i, group ? 1 : count[i]);
        }
      }
    }
  }

  /**
   * Population variance or standard deviation by Welford's method; NaN where the first value is not
   * finite.
   */
  static final class Variance implements Accumulator {
    private final boolean root;
    private final double[] mean;
    private final double[] squares;
    private final int[] count;

    Variance(boolean root, int steps) {
      this.root = root;
      mean = new double[steps];
      squares = new double[steps];
      count = new int[steps];
    }

    @Override
    public void add(StepSeries series) {
      double[] values = series.values();
      for (int i = 0; i < values.length; i++) {
        double value = values[i];
        if (StepSeries.isAbsent(value)) {
          continue;
        }
        if (++count[i] == 1) {
          mean[i] = value;
          squares[i] = Double.isFinite(value) ? 0 : Double.NaN;
        } else {
          double delta = value - mean[i];
          mean[i] += delta / count[i];
          squares[i] += delta * (value - mean[i]);
        }
      }
    }

    @Override
    public void finish(StepSeries out) {
      for (int i = 0; i < count.length; i++) {
        if (count[i] > 0) {
          double variance = squares[i] / count[i];
          out.set(i, root ? Math.sqrt(variance) : variance);
        }
      }
    }
  }
}
