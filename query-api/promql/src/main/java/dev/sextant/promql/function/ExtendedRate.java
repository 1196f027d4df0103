package dev.sextant.promql.function;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramResets;
import dev.sextant.promql.step.StepSeries;

/**
 * {@code rate}, {@code increase} and {@code delta} between the exact bounds of a window, for which
 * samples outside it stand in: anchored takes the last value before each bound, smoothed lies on
 * the line between the neighbours. Nothing is extrapolated.
 */
final class ExtendedRate implements RangeFunction {
  private final boolean counter;
  private final boolean perSecond;
  private final boolean smoothed;

  ExtendedRate(boolean counter, boolean perSecond, boolean smoothed) {
    this.counter = counter;
    this.perSecond = perSecond;
    this.smoothed = smoothed;
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
    int first = from;
    while (first + 1 < to && times[first + 1] <= w.startMillis) {
      first++;
    }
    int last = to - 1;
    while (smoothed && last > first && times[last - 1] >= w.endMillis) {
      last--;
    }
    if (times[last] <= w.startMillis || (smoothed && times[first] > w.endMillis)) {
      return;
    }
    if (floats) {
      floats(w, first, last, step, out);
    } else {
      histograms(w, first, last, step, out);
    }
  }

  private void floats(RangeWindow w, int first, int last, int step, StepSeries out) {
    SampleBuffer s = w.samples;
    if (counter) {
      CounterNames.check(w);
    }
    boolean cutLeft = smoothed && first < last && s.floatTimes[first] < w.startMillis;
    boolean cutRight = smoothed && first < last && s.floatTimes[last] > w.endMillis;
    double left =
        cutLeft ? Interpolation.floats(s, first, w.startMillis, counter) : s.floats[first];
    double right =
        cutRight ? Interpolation.floats(s, last - 1, w.endMillis, counter) : s.floats[last];
    double change = right - left;
    double previous = left;
    for (int i = first + 1; counter && i <= last; i++) {
      double value = i == last ? right : s.floats[i];
      change += value < previous ? previous : 0;
      previous = value;
    }
    out.set(step, perSecond ? change / w.rangeSeconds() : change);
  }

  private void histograms(RangeWindow w, int first, int last, int step, StepSeries out) {
    for (int i = first + 1; i <= last; i++) {
      if (!HistogramMath.compatible(w.histogram(first), w.histogram(i))) {
        w.warnMixedBuckets();
        return;
      }
    }
    HistogramChange.checkHints(w, counter, first, last);
    long[] times = w.samples.histogramTimes;
    boolean cutLeft = smoothed && first < last && times[first] < w.startMillis;
    boolean cutRight = smoothed && first < last && times[last] > w.endMillis;
    NativeHistogram left =
        cutLeft ? Interpolation.histograms(w, first, w.startMillis, counter) : w.histogram(first);
    NativeHistogram right =
        cutRight ? Interpolation.histograms(w, last - 1, w.endMillis, counter) : w.histogram(last);
    HistogramMath.Combined difference = HistogramMath.subtract(right, left);
    NativeHistogram change = difference.histogram();
    for (int i = first + 1; counter && i <= last; i++) {
      boolean fromZero = i == first + 1 && cutLeft;
      if (!fromZero && HistogramResets.isReset(w.histogram(i), w.histogram(i - 1))) {
        NativeHistogram before = i == first + 1 ? left : w.histogram(i - 1);
        change = HistogramMath.add(change, before).histogram();
      }
    }
    if (difference.reconciled()) {
      w.notices.info("mismatched custom buckets were reconciled during subtraction");
    }
    NativeHistogram result = perSecond ? HistogramMath.divide(change, w.rangeSeconds()) : change;
    out.set(step, HistogramMath.withHint(HistogramMath.compact(result), ResetHint.GAUGE));
  }
}
