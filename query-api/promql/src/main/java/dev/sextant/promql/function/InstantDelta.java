package dev.sextant.promql.function;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramResets;
import dev.sextant.promql.step.StepSeries;

/** {@code irate} and {@code idelta}: between the last two samples of a window. */
final class InstantDelta implements RangeFunction {
  private final boolean rate;
  private final boolean startTimestamps;

  InstantDelta(boolean rate, boolean startTimestamps) {
    this.rate = rate;
    this.startTimestamps = startTimestamps && rate;
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    if (w.floats() + w.histograms() < 2) {
      return;
    }
    SampleBuffer s = w.samples;
    int f = w.floatTo - 1;
    int h = w.histogramTo - 1;
    long lastFloat = w.floats() > 0 ? s.floatTimes[f] : Long.MIN_VALUE;
    long lastHistogram = w.histograms() > 0 ? s.histogramTimes[h] : Long.MIN_VALUE;
    boolean floats = w.floats() > 1 && s.floatTimes[f - 1] > lastHistogram;
    boolean histograms = w.histograms() > 1 && s.histogramTimes[h - 1] > lastFloat;
    if (floats) {
      floats(w, f, step, out);
    } else if (histograms) {
      histograms(w, h, step, out);
    } else {
      w.warnMixed();
    }
  }

  private void floats(RangeWindow w, int last, int step, StepSeries out) {
    SampleBuffer s = w.samples;
    long millis = s.floatTimes[last] - s.floatTimes[last - 1];
    if (millis == 0) {
      return;
    }
    boolean reset =
        rate
            && (s.floats[last] < s.floats[last - 1]
                || (startTimestamps && StartTimes.floatReset(s, last)));
    double change = reset ? s.floats[last] : s.floats[last] - s.floats[last - 1];
    out.set(step, rate ? change / (millis / 1000.0) : change);
  }

  private void histograms(RangeWindow w, int last, int step, StepSeries out) {
    SampleBuffer s = w.samples;
    HistogramChange.checkHints(w, rate, last - 1, last);
    NativeHistogram now = w.histogram(last);
    NativeHistogram before = w.histogram(last - 1);
    long millis = s.histogramTimes[last] - s.histogramTimes[last - 1];
    if (millis == 0) {
      return;
    }
    boolean reset =
        rate
            && (HistogramResets.isReset(now, before)
                || (startTimestamps && StartTimes.histogramReset(s, last)));
    NativeHistogram change = now;
    if (!reset) {
      if (!HistogramMath.compatible(now, before)) {
        w.warnMixedBuckets();
        return;
      }
      HistogramMath.Combined combined = HistogramMath.subtract(now, before);
      if (combined.reconciled()) {
        w.notices.info("mismatched custom buckets were reconciled during subtraction");
      }
      change = combined.histogram();
    }
    NativeHistogram scaled = rate ? HistogramMath.divide(change, millis / 1000.0) : change;
    out.set(step, HistogramMath.withHint(HistogramMath.compact(scaled), ResetHint.GAUGE));
  }
}
