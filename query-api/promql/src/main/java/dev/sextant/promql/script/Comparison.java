package dev.sextant.promql.script;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.histogram.HistogramMath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** When a value is the one a script expects. */
final class Comparison {
  private static final double TOLERANCE = 1e-6;

  private Comparison() {}

  /** Equal within a millionth of their sum; a stale marker equals only itself. */
  static boolean almostEqual(double a, double b) {
    if (isStale(a) || isStale(b)) {
      return isStale(a) && isStale(b);
    }
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b);
    }
    if (a == b) {
      return true;
    }
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < TOLERANCE * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
  }

  private static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == NativeHistogram.STALE_BITS;
  }

  /** What a query gave as a point. */
  static Point point(@Nullable Double value, @Nullable NativeHistogram histogram) {
    if (histogram != null) {
      return new Point.Histogram(histogram, true);
    }
    return value == null ? Point.GAP : new Point.Number(value);
  }

  static boolean matches(Point wanted, Point actual) {
    return switch (wanted) {
      case Point.Gap gap -> actual instanceof Point.Gap;
      case Point.Number number ->
          actual instanceof Point.Number other && almostEqual(number.value(), other.value());
      case Point.Histogram histogram ->
          actual instanceof Point.Histogram other
              && almostEqual(histogram.histogram(), other.histogram())
              && (!histogram.hinted()
                  || histogram.histogram().resetHint() == other.histogram().resetHint());
    };
  }

  /** Compared without empty buckets. */
  private static boolean almostEqual(NativeHistogram wanted, NativeHistogram actual) {
    NativeHistogram a = HistogramMath.compact(wanted);
    NativeHistogram b = HistogramMath.compact(actual);
    return a.schema() == b.schema()
        && almostEqual(a.count(), b.count())
        && almostEqual(a.sum(), b.sum())
        && almostEqual(a.zeroCount(), b.zeroCount())
        && a.zeroThreshold() == b.zeroThreshold()
        && Arrays.equals(a.positiveSpans(), b.positiveSpans())
        && Arrays.equals(a.negativeSpans(), b.negativeSpans())
        && almostEqual(a.positiveCounts(), b.positiveCounts())
        && almostEqual(a.negativeCounts(), b.negativeCounts())
        && Arrays.equals(a.customBounds(), b.customBounds());
  }

  private static boolean almostEqual(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (!almostEqual(a[i], b[i])) {
        return false;
      }
    }
    return true;
  }
}
