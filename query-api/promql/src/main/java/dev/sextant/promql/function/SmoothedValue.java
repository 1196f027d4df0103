package dev.sextant.promql.function;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.step.StepSeries;

/**
 * A smoothed instant selector: the sample at the very time, else the line between its neighbours,
 * else the last one.
 */
final class SmoothedValue implements RangeFunction {
  @Override
  public boolean keepsName() {
    return true;
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    if (w.floats() > 0 && w.histograms() > 0) {
      w.warnMixed();
      return;
    }
    boolean floats = w.floats() > 0;
    long[] times = floats ? w.samples.floatTimes : w.samples.histogramTimes;
    int from = floats ? w.floatFrom : w.histogramFrom;
    int to = floats ? w.floatTo : w.histogramTo;
    int at = from - 1;
    while (at + 1 < to && times[at + 1] <= w.endMillis) {
      at++;
    }
    if (at < from) {
      return;
    }
    boolean between = times[at] != w.endMillis && at + 1 < to;
    if (floats) {
      out.set(
          step,
          between ? Interpolation.floats(w.samples, at, w.endMillis, false) : w.samples.floats[at]);
    } else if (!between) {
      out.set(step, w.histogram(at));
    } else if (HistogramMath.compatible(w.histogram(at), w.histogram(at + 1))) {
      boolean gauges =
          w.histogram(at).resetHint() == ResetHint.GAUGE
              && w.histogram(at + 1).resetHint() == ResetHint.GAUGE;
      NativeHistogram value = Interpolation.histograms(w, at, w.endMillis, !gauges);
      out.set(step, HistogramMath.compact(value));
    } else {
      w.warnMixedBuckets();
    }
  }
}
