package dev.sextant.promql.step;

import dev.sextant.metrics.model.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Sum or average. Sums are compensated; an average whose sum would become infinite goes on as an
 * incremental mean. Histograms are added bucket by bucket; floats and histograms at one step cancel
 * each other out.
 */
final class SumAccumulator implements Accumulator {
  private final boolean average;
  private final Notices notices;
  private final double[] sum;
  private final double[] compensation;
  private final int[] floats;
  private final boolean[] mean;
  private @Nullable HistogramSums histograms;

  SumAccumulator(boolean average, int steps, Notices notices) {
    this.average = average;
    this.notices = notices;
    sum = new double[steps];
    compensation = new double[steps];
    floats = new int[steps];
    mean = average ? new boolean[steps] : new boolean[0];
  }

  @Override
  public void add(StepSeries series) {
    double[] values = series.values();
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (!StepSeries.isAbsent(value)) {
        add(i, value);
      }
    }
    if (series.hasHistograms()) {
      if (histograms == null) {
        histograms = new HistogramSums(average, values.length, notices);
      }
      histograms.add(series);
    }
  }

  private void add(int i, double value) {
    int n = ++floats[i];
    if (n == 1) {
      sum[i] = value;
      return;
    }
    if (!average || !mean[i]) {
      double next = sum[i] + value;
      if (!average || !Double.isInfinite(next)) {
        compensation[i] = CompensatedSum.compensation(sum[i], value, compensation[i]);
        sum[i] = next;
        return;
      }
      mean[i] = true;
      sum[i] /= n - 1;
      compensation[i] /= n - 1;
    }
    double share = (n - 1.0) / n;
    double before = share * sum[i];
    compensation[i] = CompensatedSum.compensation(before, value / n, share * compensation[i]);
    sum[i] = before + value / n;
  }

  @Override
  public void finish(StepSeries out) {
    for (int i = 0; i < sum.length; i++) {
      NativeHistogram histogram = histograms == null ? null : histograms.result(i);
      boolean anyHistogram = histograms != null && histograms.count(i) > 0;
      if (floats[i] > 0 && anyHistogram) {
        notices.warning("encountered a mix of histograms and floats for aggregation");
      } else if (floats[i] > 0) {
        boolean divide = average && !mean[i];
        out.set(
            i,
            divide ? sum[i] / floats[i] + compensation[i] / floats[i] : sum[i] + compensation[i]);
      } else if (histogram != null) {
        out.set(i, histogram);
      }
    }
  }
}
