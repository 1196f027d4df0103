package dev.sextant.promql.step;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramMath;
import org.jspecify.annotations.Nullable;

/** Sums of native histograms at each step. */
final class HistogramSums {
  private static final byte SEEN_RESET = 1;
  private static final byte SEEN_NO_RESET = 2;

  private final Notices notices;
  private final @Nullable NativeHistogram[] sum;
  private final int[] count;
  private final byte[] hints;
  private final boolean[] incompatible;

  HistogramSums(int steps, Notices notices) {
    this.notices = notices;
    sum = new NativeHistogram[steps];
    count = new int[steps];
    hints = new byte[steps];
    incompatible = new boolean[steps];
  }

  int count(int step) {
    return count[step];
  }

  void add(StepSeries series) {
    for (int i = 0; i < sum.length; i++) {
      NativeHistogram histogram = series.histogram(i);
      if (histogram != null) {
        add(i, histogram, series.labels().metricName());
      }
    }
  }

  private void add(int i, NativeHistogram histogram, String name) {
    count[i]++;
    if (histogram.resetHint() == ResetHint.YES) {
      hints[i] |= SEEN_RESET;
    } else if (histogram.resetHint() == ResetHint.NO) {
      hints[i] |= SEEN_NO_RESET;
    }
    NativeHistogram before = sum[i];
    if (before == null) {
      sum[i] = histogram;
    } else if (!HistogramMath.compatible(before, histogram)) {
      incompatible[i] = true;
      notices.warning(
          "vector contains a mix of histograms with exponential and custom buckets schemas for metric name \""
              + name
              + "\"");
    } else if (!incompatible[i]) {
      HistogramMath.Combined combined = HistogramMath.add(before, histogram);
      if (combined.reconciled()) {
        notices.info("mismatched custom buckets were reconciled during aggregation");
      }
      sum[i] = combined.histogram();
    }
  }

  @Nullable NativeHistogram result(int step, boolean average) {
    NativeHistogram total = sum[step];
    if (total == null || incompatible[step]) {
      return null;
    }
    if (hints[step] == (SEEN_RESET | SEEN_NO_RESET)) {
      notices.warning("conflicting counter resets during histogram aggregation");
    }
    NativeHistogram result = average ? HistogramMath.divide(total, count[step]) : total;
    return HistogramMath.compact(result);
  }
}
