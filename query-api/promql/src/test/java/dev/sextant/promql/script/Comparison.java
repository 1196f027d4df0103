package dev.sextant.promql.script;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramText;
import java.util.Arrays;

/** When a value is the one a script expects. */
final class Comparison {
  private static final double TOLERANCE = 1e-6;

  private Comparison() {}

  static boolean almostEqual(double a, double b) {
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

  /** Null where the point is as expected, else what differs. */
  static String difference(Point wanted, Double value, NativeHistogram histogram) {
    if (wanted.histogram() == null) {
      return value != null && almostEqual(wanted.value(), value)
          ? null
          : "expected "
              + wanted.value()
              + " but got "
              + (histogram == null ? value : HistogramText.of(histogram));
    }
    return histogram != null && almostEqual(wanted, histogram)
        ? null
        : "expected "
            + describe(wanted.histogram())
            + " but got "
            + (histogram == null ? value : describe(histogram));
  }

  private static String describe(NativeHistogram h) {
    return HistogramText.of(h)
        + " schema "
        + h.schema()
        + " hint "
        + h.resetHint()
        + " w "
        + h.zeroThreshold();
  }

  private static boolean almostEqual(Point wanted, NativeHistogram actual) {
    NativeHistogram a = HistogramMath.compact(wanted.histogram());
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
        && Arrays.equals(a.customBounds(), b.customBounds())
        && (!wanted.hinted() || a.resetHint() == b.resetHint());
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
