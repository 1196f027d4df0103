package dev.sextant.promql.function;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramResets;
import dev.sextant.promql.step.StepSeries;

/**
 * {@code changes} and {@code resets}: between consecutive samples, floats and histograms merged by
 * time.
 */
final class Transitions implements RangeFunction {
  private final boolean resets;
  private final boolean startTimestamps;

  /** Transitions from the series' first float up to each. */
  private int[] upTo = new int[64];

  Transitions(boolean resets, boolean startTimestamps) {
    this.resets = resets;
    this.startTimestamps = startTimestamps && resets;
  }

  @Override
  public void begin(RangeWindow w) {
    int count = w.samples.floatCount;
    if (upTo.length < count) {
      upTo = new int[Math.max(count, 2 * upTo.length)];
    }
    for (int i = 1; i < count; i++) {
      upTo[i] = upTo[i - 1] + (floatTransition(w.samples, i - 1, i) ? 1 : 0);
    }
  }

  @Override
  public int bytesPerFloat() {
    return Integer.BYTES;
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    out.set(step, w.histograms() == 0 ? floats(w) : merged(w));
  }

  private int floats(RangeWindow w) {
    return upTo[w.floatTo - 1] - upTo[w.floatFrom];
  }

  private boolean floatTransition(SampleBuffer s, int before, int i) {
    double a = s.floats[before];
    double b = s.floats[i];
    if (resets) {
      return b < a || (startTimestamps && before == i - 1 && StartTimes.floatReset(s, i));
    }
    return a != b && !(Double.isNaN(a) && Double.isNaN(b));
  }

  private boolean histogramTransition(RangeWindow w, int i) {
    NativeHistogram before = w.histogram(i - 1);
    NativeHistogram now = w.histogram(i);
    if (resets) {
      return HistogramResets.isReset(now, before)
          || (startTimestamps && StartTimes.histogramReset(w.samples, i));
    }
    return !HistogramMath.sameValue(now, before);
  }

  private int merged(RangeWindow w) {
    SampleBuffer s = w.samples;
    int count = 0;
    int f = w.floatFrom;
    int h = w.histogramFrom;
    int previous = 0;
    while (f < w.floatTo || h < w.histogramTo) {
      boolean takeFloat =
          h == w.histogramTo || (f < w.floatTo && s.floatTimes[f] < s.histogramTimes[h]);
      if (takeFloat) {
        count += previous == 2 || (previous == 1 && floatTransition(s, f - 1, f)) ? 1 : 0;
        f++;
        previous = 1;
      } else {
        count += previous == 1 || (previous == 2 && histogramTransition(w, h)) ? 1 : 0;
        h++;
        previous = 2;
      }
    }
    return count;
  }
}
