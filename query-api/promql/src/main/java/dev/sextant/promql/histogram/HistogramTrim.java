package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;
import java.util.Arrays;

/**
 * Cutting observations off a native histogram. The bucket that holds the bound is divided as a
 * quantile would divide it.
 */
public final class HistogramTrim {
  private HistogramTrim() {}

  /** What lies below a value. */
  public static NativeHistogram below(NativeHistogram h, double value) {
    return new Cut(h, value, true).result();
  }

  /** What lies above a value. */
  public static NativeHistogram above(NativeHistogram h, double value) {
    return new Cut(h, value, false).result();
  }

  private static final class Cut {
    private final NativeHistogram h;
    private final double at;
    private final boolean keepBelow;
    private double count;
    private double sum;
    private boolean changed;

    Cut(NativeHistogram h, double at, boolean keepBelow) {
      this.h = h;
      this.at = at;
      this.keepBelow = keepBelow;
    }

    NativeHistogram result() {
      if (Double.isNaN(at)) {
        return h;
      }
      double[] negative = cutSide(HistogramMath.negative(h), true);
      double zero = cutZero();
      double[] positive = cutSide(HistogramMath.positive(h), false);
      if (!changed) {
        return HistogramMath.compact(h);
      }
      return HistogramMath.compact(
          new NativeHistogram(
              h.schema(),
              h.zeroThreshold(),
              zero,
              count,
              sum,
              h.positiveSpans(),
              positive,
              h.negativeSpans(),
              negative,
              h.customBounds(),
              h.resetHint()));
    }

    private double cutZero() {
      if (h.zeroCount() == 0) {
        return 0;
      }
      double lower =
          h.negativeCounts().length == 0 && h.positiveCounts().length > 0 ? 0 : -h.zeroThreshold();
      double upper =
          h.positiveCounts().length == 0 && h.negativeCounts().length > 0 ? 0 : h.zeroThreshold();
      return cut(lower, upper, h.zeroCount(), true);
    }

    private double[] cutSide(Buckets buckets, boolean negative) {
      double[] kept = Arrays.copyOf(buckets.count(), buckets.size());
      boolean custom = Bounds.isCustom(h);
      for (int i = 0; i < kept.length; i++) {
        if (kept[i] == 0) {
          continue;
        }
        double near = Bounds.lower(h, buckets.index()[i]);
        double far = Bounds.upper(h, buckets.index()[i]);
        near = custom ? near : Math.max(near, h.zeroThreshold());
        kept[i] = negative ? cut(-far, -near, kept[i], false) : cut(near, far, kept[i], custom);
      }
      return kept;
    }

    private double cut(double lower, double upper, double n, boolean linear) {
      if (lower == Double.NEGATIVE_INFINITY) {
        return cutLowest(upper, n);
      }
      if (upper == Double.POSITIVE_INFINITY) {
        return cutHighest(lower, n);
      }
      if (keepBelow ? upper <= at : lower >= at) {
        return keep(n, lower, upper, n, linear);
      }
      if (keepBelow ? lower >= at : upper <= at) {
        return drop(n);
      }
      double share = share(lower, upper, linear);
      double kept = n * (keepBelow ? share : 1 - share);
      return keep(kept, keepBelow ? lower : at, keepBelow ? at : upper, n, linear);
    }

    /** How much of the bucket lies below the bound. */
    private double share(double lower, double upper, boolean linear) {
      if (linear) {
        return (at - lower) / (upper - lower);
      }
      double logLower = NativeQuantile.log2(Math.abs(lower));
      double logUpper = NativeQuantile.log2(Math.abs(upper));
      double logAt = NativeQuantile.log2(Math.abs(at));
      return lower > 0
          ? (logAt - logLower) / (logUpper - logLower)
          : 1 - (logAt - logUpper) / (logLower - logUpper);
    }

    private double cutLowest(double upper, double n) {
      if (upper == Double.POSITIVE_INFINITY) {
        boolean all = at == (keepBelow ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        return all ? keepAt(n, n, 0) : drop(n);
      }
      if (keepBelow) {
        if (upper <= at) {
          return keepAt(n, n, upper > 0 ? upper / 2 : upper);
        }
        if (at > 0) {
          return keepAt(n * at / upper, n, at / 2);
        }
        return upper <= 0 ? keepAt(n, n, at) : drop(n);
      }
      if (at == Double.NEGATIVE_INFINITY) {
        return keepAt(n, n, upper > 0 ? upper / 2 : upper);
      }
      if (at >= 0 && at < upper) {
        return keepAt(n * (upper - at) / upper, n, (at + upper) / 2);
      }
      return drop(n);
    }

    private double cutHighest(double lower, double n) {
      if (keepBelow) {
        return at == Double.POSITIVE_INFINITY ? keepAt(n, n, lower) : drop(n);
      }
      if (at == Double.POSITIVE_INFINITY) {
        return drop(n);
      }
      return keepAt(n, n, at >= lower ? at : lower);
    }

    private double drop(double n) {
      changed |= n != 0;
      return 0;
    }

    private double keep(double kept, double lower, double upper, double n, boolean linear) {
      double middle;
      if (linear) {
        middle = (lower + upper) / 2;
      } else {
        double geometric = Math.sqrt(Math.abs(lower) * Math.abs(upper));
        middle = lower < 0 ? -geometric : geometric;
      }
      return keepAt(kept, n, middle);
    }

    private double keepAt(double kept, double n, double middle) {
      changed |= kept != n;
      count += kept;
      sum += middle * kept;
      return kept;
    }
  }
}
