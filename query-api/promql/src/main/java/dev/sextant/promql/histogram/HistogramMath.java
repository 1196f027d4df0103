package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import java.util.Arrays;

/** Arithmetic on native histograms. Inputs are never changed. */
public final class HistogramMath {
  private static final int[] NO_SPANS = {};
  private static final double[] NO_COUNTS = {};

  private HistogramMath() {}

  /**
   * A sum or difference.
   *
   * @param collision one side is known to be a reset, the other known to be none
   * @param reconciled custom bounds differed and were brought to those they share
   */
  public record Combined(NativeHistogram histogram, boolean collision, boolean reconciled) {}

  /** Whether two can be added at all: both exponential, or both with custom bounds. */
  public static boolean compatible(NativeHistogram a, NativeHistogram b) {
    return Bounds.isCustom(a) == Bounds.isCustom(b);
  }

  /** a + b; they must be {@linkplain #compatible compatible}. */
  public static Combined add(NativeHistogram a, NativeHistogram b) {
    return combine(a, b, 1);
  }

  /** a − b; they must be {@linkplain #compatible compatible}. */
  public static Combined subtract(NativeHistogram a, NativeHistogram b) {
    return combine(a, b, -1);
  }

  private static Combined combine(NativeHistogram a, NativeHistogram b, double sign) {
    boolean collision =
        (a.resetHint() == ResetHint.YES && b.resetHint() == ResetHint.NO)
            || (a.resetHint() == ResetHint.NO && b.resetHint() == ResetHint.YES);
    ResetHint hint = hint(a.resetHint(), b.resetHint());
    if (Bounds.isCustom(a)) {
      boolean reconciled = !Arrays.equals(a.customBounds(), b.customBounds());
      double[] bounds =
          reconciled ? CustomBounds.shared(a.customBounds(), b.customBounds()) : a.customBounds();
      NativeHistogram left = reconciled ? CustomBounds.moved(a, bounds) : a;
      NativeHistogram right = reconciled ? CustomBounds.moved(b, bounds) : b;
      return new Combined(sum(left, right, sign, hint), collision, reconciled);
    }
    int schema = Math.min(a.schema(), b.schema());
    NativeHistogram left = reduced(a, schema);
    NativeHistogram right = reduced(b, schema);
    double zero = ZeroBucket.common(left, right);
    left = ZeroBucket.swallowing(left, zero);
    right = ZeroBucket.swallowing(right, zero);
    return new Combined(sum(left, right, sign, hint), collision, false);
  }

  private static NativeHistogram sum(
      NativeHistogram a, NativeHistogram b, double sign, ResetHint hint) {
    Buckets positive = positive(a).plus(positive(b), sign);
    Buckets negative = negative(a).plus(negative(b), sign);
    return new NativeHistogram(
        a.schema(),
        a.zeroThreshold(),
        a.zeroCount() + sign * b.zeroCount(),
        a.count() + sign * b.count(),
        a.sum() + sign * b.sum(),
        positive.spans(),
        positive.counts(),
        negative.spans(),
        negative.counts(),
        a.customBounds(),
        hint);
  }

  static ResetHint hint(ResetHint a, ResetHint b) {
    if (a == b) {
      return a;
    }
    return a == ResetHint.GAUGE || b == ResetHint.GAUGE ? ResetHint.GAUGE : ResetHint.UNKNOWN;
  }

  /** All counts and the sum times a factor; a negative factor makes a gauge. */
  public static NativeHistogram multiply(NativeHistogram h, double factor) {
    return scaled(h, factor, false);
  }

  /** All counts and the sum divided; by zero, the buckets vanish. */
  public static NativeHistogram divide(NativeHistogram h, double divisor) {
    NativeHistogram scaled = scaled(h, divisor, true);
    return divisor == 0 ? withBuckets(scaled, Buckets.NONE, Buckets.NONE) : scaled;
  }

  private static NativeHistogram scaled(NativeHistogram h, double by, boolean divide) {
    ResetHint hint = by < 0 ? ResetHint.GAUGE : h.resetHint();
    return new NativeHistogram(
        h.schema(),
        h.zeroThreshold(),
        divide ? h.zeroCount() / by : h.zeroCount() * by,
        divide ? h.count() / by : h.count() * by,
        divide ? h.sum() / by : h.sum() * by,
        h.positiveSpans(),
        scaled(h.positiveCounts(), by, divide),
        h.negativeSpans(),
        scaled(h.negativeCounts(), by, divide),
        h.customBounds(),
        hint);
  }

  private static double[] scaled(double[] counts, double by, boolean divide) {
    double[] out = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      out[i] = divide ? counts[i] / by : counts[i] * by;
    }
    return out;
  }

  /** At an exponential schema not above its own. */
  public static NativeHistogram reduced(NativeHistogram h, int schema) {
    if (schema >= h.schema()) {
      return h;
    }
    int steps = h.schema() - schema;
    Buckets positive = positive(h).reduced(steps);
    Buckets negative = negative(h).reduced(steps);
    return new NativeHistogram(
        schema,
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        positive.spans(),
        positive.counts(),
        negative.spans(),
        negative.counts(),
        h.customBounds(),
        h.resetHint());
  }

  /** Without empty buckets. */
  public static NativeHistogram compact(NativeHistogram h) {
    return withBuckets(h, positive(h).withoutEmpty(), negative(h).withoutEmpty());
  }

  public static NativeHistogram withHint(NativeHistogram h, ResetHint hint) {
    return h.resetHint() == hint
        ? h
        : new NativeHistogram(
            h.schema(),
            h.zeroThreshold(),
            h.zeroCount(),
            h.count(),
            h.sum(),
            h.positiveSpans(),
            h.positiveCounts(),
            h.negativeSpans(),
            h.negativeCounts(),
            h.customBounds(),
            hint);
  }

  /** Empty, in the layout of another. */
  public static NativeHistogram emptyLike(NativeHistogram h) {
    return new NativeHistogram(
        h.schema(),
        0,
        0,
        0,
        0,
        NO_SPANS,
        NO_COUNTS,
        NO_SPANS,
        NO_COUNTS,
        h.customBounds(),
        ResetHint.UNKNOWN);
  }

  /**
   * Same layout and, once compacted, the same figures bit by bit; what is known of resets does not
   * matter.
   */
  public static boolean sameValue(NativeHistogram a, NativeHistogram b) {
    return withHint(compact(a), ResetHint.UNKNOWN).equals(withHint(compact(b), ResetHint.UNKNOWN));
  }

  static NativeHistogram withBuckets(NativeHistogram h, Buckets positive, Buckets negative) {
    return new NativeHistogram(
        h.schema(),
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        positive.spans(),
        positive.counts(),
        negative.spans(),
        negative.counts(),
        h.customBounds(),
        h.resetHint());
  }

  static Buckets positive(NativeHistogram h) {
    return Buckets.of(h.positiveSpans(), h.positiveCounts());
  }

  static Buckets negative(NativeHistogram h) {
    return Buckets.of(h.negativeSpans(), h.negativeCounts());
  }
}
