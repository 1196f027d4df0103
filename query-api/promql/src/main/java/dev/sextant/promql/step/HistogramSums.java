package dev.sextant.promql.step;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramTotal;
import org.jspecify.annotations.Nullable;

/** Sums or averages of native histograms at each step. */
final class HistogramSums {
  private static final byte SEEN_RESET = 1;
  private static final byte SEEN_NO_RESET = 2;

  private final Notices notices;
  private final boolean average;
  private final @Nullable HistogramTotal[] totals;
  private final int[] count;
  private final byte[] hints;
  private final boolean[] incompatible;

  HistogramSums(boolean average, int steps, Notices notices) {
    this.average = average;
    this.notices = notices;
    totals = new HistogramTotal[steps];
    count = new int[steps];
    hints = new byte[steps];
    incompatible = new boolean[steps];
  }

  int count(int step) {
    return count[step];
  }

  void add(StepSeries series) {
    for (int i = 0; i < totals.length; i++) {
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
    HistogramTotal total = totals[i];
    if (total == null) {
      total = new HistogramTotal(average);
      totals[i] = total;
    }
    if (!total.takes(histogram)) {
      incompatible[i] = true;
      notices.warning(
          "vector contains a mix of histograms with exponential and custom buckets schemas for metric name \""
              + name
              + "\"");
    } else if (!incompatible[i] && total.add(histogram)) {
      notices.info("mismatched custom buckets were reconciled during aggregation");
    }
  }

  @Nullable NativeHistogram result(int step) {
    HistogramTotal total = totals[step];
    if (total == null || incompatible[step]) {
      return null;
    }
    if (hints[step] == (SEEN_RESET | SEEN_NO_RESET)) {
      notices.warning("conflicting counter resets during histogram aggregation");
    }
    return total.result();
  }
}
