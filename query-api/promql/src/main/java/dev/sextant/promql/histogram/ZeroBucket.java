package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;

/** Widening the zero bucket. */
final class ZeroBucket {
  private ZeroBucket() {}

  /**
   * The threshold at which two can be added: at least both their own, and past any populated bucket
   * that it would cut in the one with the narrower zero bucket.
   */
  static double common(NativeHistogram a, NativeHistogram b) {
    double left = a.zeroThreshold();
    double right = b.zeroThreshold();
    while (left != right) {
      if (left < right) {
        left = past(a, right);
      } else {
        right = past(b, left);
      }
    }
    return left;
  }

  /**
   * With a zero bucket of at least this threshold, grown past any populated bucket it would cut.
   */
  static NativeHistogram widened(NativeHistogram h, double threshold) {
    return swallowing(h, past(h, threshold));
  }

  private static double past(NativeHistogram h, double threshold) {
    Buckets positive = HistogramMath.positive(h);
    Buckets negative = HistogramMath.negative(h);
    double wider = threshold;
    double before;
    do {
      before = wider;
      wider = pastCut(h, positive, wider);
      wider = pastCut(h, negative, wider);
    } while (wider != before);
    return wider;
  }

  /** With a zero bucket widened to this threshold, which takes in the buckets inside it. */
  static NativeHistogram swallowing(NativeHistogram h, double wider) {
    if (h.zeroThreshold() >= wider) {
      return h;
    }
    Buckets positive = HistogramMath.positive(h);
    Buckets negative = HistogramMath.negative(h);
    int positiveGone = covered(h, positive, wider);
    int negativeGone = covered(h, negative, wider);
    double zeroCount =
        h.zeroCount() + total(positive, positiveGone) + total(negative, negativeGone);
    Buckets keptPositive = positive.from(positiveGone);
    Buckets keptNegative = negative.from(negativeGone);
    return new NativeHistogram(
        h.schema(),
        wider,
        zeroCount,
        h.count(),
        h.sum(),
        keptPositive.spans(),
        keptPositive.counts(),
        keptNegative.spans(),
        keptNegative.counts(),
        h.customBounds(),
        h.resetHint());
  }

  private static double pastCut(NativeHistogram h, Buckets buckets, double threshold) {
    for (int i = 0; i < buckets.size() && Bounds.lower(h, buckets.index()[i]) < threshold; i++) {
      double upper = Bounds.upper(h, buckets.index()[i]);
      if (upper > threshold && buckets.count()[i] != 0) {
        return upper;
      }
    }
    return threshold;
  }

  /** How many buckets begin below the threshold; none of those that reach over it is populated. */
  private static int covered(NativeHistogram h, Buckets buckets, double threshold) {
    int n = 0;
    while (n < buckets.size() && Bounds.lower(h, buckets.index()[n]) < threshold) {
      n++;
    }
    return n;
  }

  private static double total(Buckets buckets, int n) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += buckets.count()[i];
    }
    return total;
  }
}
