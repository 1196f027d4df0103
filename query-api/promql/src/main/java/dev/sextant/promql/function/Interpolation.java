package dev.sextant.promql.function;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramResets;

/**
 * Values between two samples, on the straight line through them. A counter that began anew counts
 * from 0.
 */
final class Interpolation {
  private Interpolation() {}

  static double floats(SampleBuffer s, int left, long millis, boolean counter) {
    double to = s.floats[left + 1];
    double from = counter && to < s.floats[left] ? 0 : s.floats[left];
    return from + (to - from) * share(s.floatTimes, left, millis);
  }

  /** The two must be compatible. */
  static NativeHistogram histograms(RangeWindow w, int left, long millis, boolean counter) {
    NativeHistogram from = w.histogram(left);
    NativeHistogram to = w.histogram(left + 1);
    double share = share(w.samples.histogramTimes, left, millis);
    if (counter && HistogramResets.isReset(to, from)) {
      return HistogramMath.withHint(HistogramMath.multiply(to, share), ResetHint.UNKNOWN);
    }
    NativeHistogram change = HistogramMath.subtract(to, from).histogram();
    return HistogramMath.add(from, HistogramMath.multiply(change, share)).histogram();
  }

  private static double share(long[] times, int left, long millis) {
    return (double) (millis - times[left]) / (times[left + 1] - times[left]);
  }
}
