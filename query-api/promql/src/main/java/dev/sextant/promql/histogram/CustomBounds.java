package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;
import java.util.Arrays;

/** Bringing histograms with different custom bounds to those they have in common. */
final class CustomBounds {
  private CustomBounds() {}

  /** The bounds that stand in both. */
  static double[] shared(double[] a, double[] b) {
    double[] out = new double[Math.min(a.length, b.length)];
    int n = 0;
    int j = 0;
    for (double bound : a) {
      while (j < b.length && b[j] < bound) {
        j++;
      }
      if (j < b.length && b[j] == bound) {
        out[n++] = bound;
      }
    }
    return Arrays.copyOf(out, n);
  }

  /**
   * Each bucket moved to the first bound at or above its own, else to +Inf; {@code bounds} is part
   * of the own bounds.
   */
  static NativeHistogram moved(NativeHistogram h, double[] bounds) {
    Buckets from = HistogramMath.positive(h);
    int[] index = new int[from.size()];
    double[] count = new double[from.size()];
    int n = 0;
    int target = 0;
    for (int i = 0; i < from.size(); i++) {
      double upper = Bounds.custom(from.index()[i], h.customBounds());
      while (target < bounds.length && bounds[target] < upper) {
        target++;
      }
      if (n > 0 && index[n - 1] == target) {
        count[n - 1] += from.count()[i];
      } else {
        index[n] = target;
        count[n++] = from.count()[i];
      }
    }
    Buckets buckets = new Buckets(index, count, n);
    return new NativeHistogram(
        h.schema(),
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        buckets.spans(),
        buckets.counts(),
        h.negativeSpans(),
        h.negativeCounts(),
        bounds,
        h.resetHint());
  }
}
