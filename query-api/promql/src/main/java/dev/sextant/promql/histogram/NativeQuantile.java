package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.step.CompensatedSum;

/** Quantiles, fractions and moments estimated from a native histogram's buckets. */
public final class NativeQuantile {
  private static final double INVERSE_LN2 = 1 / Math.log(2);

  private NativeQuantile() {}

  /** What observations of NaN, which count but stand in no bucket, did to a result. */
  public enum NanEffect {
    NONE,
    /** The rank lies among them. */
    RESULT_NAN,
    /** The result is skewed higher. */
    SKEWED
  }

  /** A quantile and what is to be said about it. */
  public record Quantile(double value, NanEffect effect) {}

  /** The value below which a share {@code q} of the observations lies; NaN where there are none. */
  public static Quantile quantile(double q, NativeHistogram h) {
    if (q < 0) {
      return plain(Double.NEGATIVE_INFINITY);
    }
    if (q > 1) {
      return plain(Double.POSITIVE_INFINITY);
    }
    if (h.count() == 0 || Double.isNaN(q)) {
      return plain(Double.NaN);
    }
    boolean nan = Double.isNaN(h.sum());
    boolean upwards = nan || q < 0.5;
    double rank = (upwards ? q : 1 - q) * h.count();
    BucketList buckets = BucketList.of(h);
    int at = -1;
    double count = 0;
    for (int n = 0; n < buckets.size(); n++) {
      int i = upwards ? n : buckets.size() - 1 - n;
      at = i;
      count += buckets.count(i);
      if (buckets.count(i) != 0 && count >= rank) {
        break;
      }
    }
    double bucketCount = at < 0 ? 0 : buckets.count(at);
    count = Math.min(count, h.count());
    boolean reached = count >= rank;
    NanEffect effect =
        nan && count < h.count() && !reached ? NanEffect.RESULT_NAN : nanEffect(nan, buckets, h);
    double within = upwards ? rank - (count - bucketCount) : count - rank;
    return new Quantile(
        at < 0 ? (nan ? Double.NaN : 0) : value(h, buckets, at, within / bucketCount, reached, nan),
        effect);
  }

  private static NanEffect nanEffect(boolean nan, BucketList buckets, NativeHistogram h) {
    return nan && total(buckets) < h.count() ? NanEffect.SKEWED : NanEffect.NONE;
  }

  static double total(BucketList buckets) {
    double total = 0;
    for (int i = 0; i < buckets.size(); i++) {
      total += buckets.count(i);
    }
    return total;
  }

  private static Quantile plain(double value) {
    return new Quantile(value, NanEffect.NONE);
  }

  private static double value(
      NativeHistogram h,
      BucketList buckets,
      int at,
      double fraction,
      boolean reached,
      boolean nan) {
    double lower = buckets.lower(at);
    double upper = buckets.upper(at);
    boolean custom = Bounds.isCustom(h);
    if (custom && lower == Double.NEGATIVE_INFINITY) {
      if (upper <= 0) {
        return upper;
      }
      lower = 0;
    } else if (custom && upper == Double.POSITIVE_INFINITY) {
      return lower;
    } else if (!custom && lower < 0 && upper > 0) {
      lower = !buckets.hasNegative() && buckets.hasPositive() ? 0 : lower;
      upper = !buckets.hasPositive() && buckets.hasNegative() ? 0 : upper;
    }
    if (!reached) {
      return nan ? Double.NaN : upper;
    }
    return custom || (lower <= 0 && upper >= 0)
        ? lower + (upper - lower) * fraction
        : exponential(lower, upper, fraction);
  }

  private static double exponential(double lower, double upper, double fraction) {
    double logLower = log2(Math.abs(lower));
    double logUpper = log2(Math.abs(upper));
    return lower > 0
        ? Math.pow(2, logLower + (logUpper - logLower) * fraction)
        : -Math.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
  }

  /** The share of observations between two values; NaN where there are none or a bound is NaN. */
  public static double fraction(double low, double high, NativeHistogram h) {
    if (h.count() == 0 || Double.isNaN(low) || Double.isNaN(high)) {
      return Double.NaN;
    }
    if (low >= high) {
      return 0;
    }
    BucketList buckets = BucketList.of(h);
    return (rank(high, h, buckets) - rank(low, h, buckets)) / h.count();
  }

  /** Whether observations of NaN are left out of a fraction. */
  public static boolean excludesNan(NativeHistogram h) {
    return Double.isNaN(h.sum()) && total(BucketList.of(h)) < h.count();
  }

  private static double rank(double value, NativeHistogram h, BucketList buckets) {
    double rank = 0;
    for (int i = 0; i < buckets.size(); i++) {
      double lower = buckets.lower(i);
      double upper = buckets.upper(i);
      boolean aroundZero = lower <= 0 && upper >= 0;
      if (aroundZero) {
        lower = !buckets.hasNegative() && buckets.hasPositive() ? 0 : lower;
        upper = !buckets.hasPositive() && buckets.hasNegative() ? 0 : upper;
      }
      if (lower >= value) {
        return Math.min(rank, h.count());
      }
      if (upper > value) {
        boolean linear = aroundZero || Bounds.isCustom(h);
        return Math.min(rank + below(value, lower, upper, buckets.count(i), linear), h.count());
      }
      rank += buckets.count(i);
    }
    return Math.min(rank, h.count());
  }

  private static double below(
      double value, double lower, double upper, double count, boolean linear) {
    if (lower == Double.NEGATIVE_INFINITY) {
      return count;
    }
    if (upper == Double.POSITIVE_INFINITY) {
      return 0;
    }
    if (linear) {
      return count * (value - lower) / (upper - lower);
    }
    double logLower = log2(Math.abs(lower));
    double logUpper = log2(Math.abs(upper));
    double logValue = log2(Math.abs(value));
    double fraction =
        lower > 0
            ? (logValue - logLower) / (logUpper - logLower)
            : 1 - (logValue - logUpper) / (logLower - logUpper);
    return count * fraction;
  }

  /** The variance estimated from the middles of buckets. */
  public static double variance(NativeHistogram h) {
    double mean = h.sum() / h.count();
    double squares = 0;
    double compensation = 0;
    BucketList buckets = BucketList.of(h);
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) == 0) {
        continue;
      }
      double delta = middle(h, buckets.lower(i), buckets.upper(i)) - mean;
      double term = buckets.count(i) * delta * delta;
      compensation = CompensatedSum.compensation(squares, term, compensation);
      squares += term;
    }
    return (squares + compensation) / h.count();
  }

  private static double middle(NativeHistogram h, double lower, double upper) {
    if (Bounds.isCustom(h)) {
      return (lower + upper) / 2;
    }
    if (lower <= 0 && upper >= 0) {
      return 0;
    }
    double middle = Math.sqrt(Math.abs(lower) * Math.abs(upper));
    return upper < 0 || lower < 0 ? -middle : middle;
  }

  /** Exact on powers of two. */
  public static double log2(double x) {
    if (!(x > 0) || Double.isInfinite(x)) {
      return Math.log(x);
    }
    int exponent = Math.getExponent(x);
    if (exponent < Double.MIN_EXPONENT) {
      return Math.log(x) * INVERSE_LN2;
    }
    double fraction = Math.scalb(x, -exponent);
    return fraction == 1 ? exponent : exponent + Math.log(fraction) * INVERSE_LN2;
  }
}
