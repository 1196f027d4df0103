package dev.sextant.promql.function;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramTotal;
import dev.sextant.promql.step.CompensatedSum;
import dev.sextant.promql.step.StepSeries;

/** {@code sum_over_time} and {@code avg_over_time}. */
final class Totals implements RangeFunction {
  private final boolean average;
  private final SlidingSum sliding = new SlidingSum();

  Totals(boolean average) {
    this.average = average;
  }

  @Override
  public void begin(RangeWindow w) {
    sliding.begin(w);
  }

  @Override
  public int bytesPerFloat() {
    return SlidingSum.BYTES_PER_FLOAT;
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    if (w.floats() > 0 && w.histograms() > 0) {
      w.warnMixed();
    } else if (w.floats() > 0) {
      out.set(step, sliding.isSafe() ? sliding(w) : average ? average(w) : sum(w));
    } else {
      histograms(w, step, out);
    }
  }

  private double sliding(RangeWindow w) {
    sliding.move(w);
    return average
        ? sliding.sum / w.floats() + sliding.compensation / w.floats()
        : sliding.sum + sliding.compensation;
  }

  private static double sum(RangeWindow w) {
    double sum = 0;
    double compensation = 0;
    double[] values = w.samples.floats;
    for (int i = w.floatFrom; i < w.floatTo; i++) {
      compensation = CompensatedSum.compensation(sum, values[i], compensation);
      sum += values[i];
    }
    return Double.isInfinite(sum) ? sum : sum + compensation;
  }

  private static double average(RangeWindow w) {
    double[] values = w.samples.floats;
    double sum = values[w.floatFrom];
    double compensation = 0;
    boolean mean = false;
    int n = 1;
    for (int i = w.floatFrom + 1; i < w.floatTo; i++) {
      double value = values[i];
      n++;
      if (!mean) {
        double next = sum + value;
        if (!Double.isInfinite(next)) {
          compensation = CompensatedSum.compensation(sum, value, compensation);
          sum = next;
          continue;
        }
        mean = true;
        sum /= n - 1;
        compensation /= n - 1;
      }
      double share = (n - 1.0) / n;
      double before = share * sum;
      compensation = CompensatedSum.compensation(before, value / n, share * compensation);
      sum = before + value / n;
    }
    return mean ? sum + compensation : sum / n + compensation / n;
  }

  private void histograms(RangeWindow w, int step, StepSeries out) {
    HistogramTotal total = new HistogramTotal(average);
    boolean reset = false;
    boolean noReset = false;
    for (int i = w.histogramFrom; i < w.histogramTo; i++) {
      NativeHistogram next = w.histogram(i);
      reset |= next.resetHint() == ResetHint.YES;
      noReset |= next.resetHint() == ResetHint.NO;
      if (!total.takes(next)) {
        w.warnMixedBuckets();
        return;
      }
      if (total.add(next)) {
        w.notices.info("mismatched custom buckets were reconciled during aggregation");
      }
    }
    if (reset && noReset) {
      w.notices.warning("conflicting counter resets during histogram aggregation");
    }
    NativeHistogram result = total.result();
    if (result != null) {
      out.set(step, result);
    }
  }
}
