package dev.sextant.promql.histogram;

import java.util.Arrays;

/**
 * Quantiles and fractions over the cumulative buckets of a classic histogram: pairs of upper bound
 * and count, gathered for one step and reused for the next. For one thread.
 */
public final class ClassicQuantile {
  private static final double SMALL_DELTA = 1e-12;

  private double[] upper = new double[16];
  private double[] count = new double[16];
  private int size;
  private boolean fixed;
  private double fixedFrom;
  private double fixedTo;
  private double fixedMax;

  public void clear() {
    size = 0;
    fixed = false;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public void add(double upperBound, double cumulativeCount) {
    if (size == upper.length) {
      upper = Arrays.copyOf(upper, size * 2);
      count = Arrays.copyOf(count, size * 2);
    }
    upper[size] = upperBound;
    count[size++] = cumulativeCount;
  }

  /** Whether the last quantile needed counts raised by more than rounding explains. */
  public boolean wasFixed() {
    return fixed;
  }

  public double fixedFrom() {
    return fixedFrom;
  }

  public double fixedTo() {
    return fixedTo;
  }

  public double fixedMax() {
    return fixedMax;
  }

  /** The quantile; NaN without a +Inf bucket, with fewer than two, or without observations. */
  public double quantile(double q) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    sort();
    if (size == 0 || upper[size - 1] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    coalesce();
    ensureMonotonic();
    if (size < 2) {
      return Double.NaN;
    }
    double observations = count[size - 1];
    if (observations == 0) {
      return Double.NaN;
    }
    double rank = q * observations;
    int b = 0;
    while (b < size - 1 && !(count[b] >= rank)) {
      b++;
    }
    if (b == size - 1) {
      return upper[size - 2];
    }
    if (b == 0 && upper[0] <= 0) {
      return upper[0];
    }
    double start = b == 0 ? 0 : upper[b - 1];
    double before = b == 0 ? 0 : count[b - 1];
    return start + (upper[b] - start) * ((rank - before) / (count[b] - before));
  }

  /** The share of observations between two values. */
  public double fraction(double low, double high) {
    sort();
    if (size == 0 || upper[size - 1] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    coalesce();
    double observations = count[size - 1];
    if (observations == 0 || Double.isNaN(low) || Double.isNaN(high)) {
      return Double.NaN;
    }
    return low >= high ? 0 : (rank(high) - rank(low)) / observations;
  }

  private double rank(double value) {
    double before = 0;
    for (int i = 0; i < size; i++) {
      double lower = i > 0 ? upper[i - 1] : upper[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
      if (lower >= value) {
        return before;
      }
      if (upper[i] > value) {
        if (lower == Double.NEGATIVE_INFINITY) {
          return count[i];
        }
        if (upper[i] == Double.POSITIVE_INFINITY) {
          return before;
        }
        return before + (count[i] - before) * (value - lower) / (upper[i] - lower);
      }
      before = count[i];
    }
    return count[size - 1];
  }

  /** Insertion sort: buckets mostly arrive in order of their label's text and are few. */
  private void sort() {
    for (int i = 1; i < size; i++) {
      double u = upper[i];
      double c = count[i];
      int j = i - 1;
      while (j >= 0 && upper[j] > u) {
        upper[j + 1] = upper[j];
        count[j + 1] = count[j];
        j--;
      }
      upper[j + 1] = u;
      count[j + 1] = c;
    }
  }

  private void coalesce() {
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (n > 0 && upper[n - 1] == upper[i]) {
        count[n - 1] += count[i];
      } else {
        upper[n] = upper[i];
        count[n++] = count[i];
      }
    }
    size = n;
  }

  private void ensureMonotonic() {
    double previous = count[0];
    for (int i = 1; i < size; i++) {
      double current = count[i];
      if (current == previous) {
        continue;
      }
      if (almostEqual(current, previous)) {
        count[i] = previous;
      } else if (current < previous) {
        noteFix(upper[i], previous - current);
        count[i] = previous;
      } else {
        previous = current;
      }
    }
  }

  private void noteFix(double bound, double difference) {
    if (!fixed) {
      fixed = true;
      fixedFrom = bound;
      fixedMax = 0;
    }
    fixedTo = bound;
    fixedMax = Math.max(fixedMax, difference);
  }

  private static boolean almostEqual(double a, double b) {
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    return difference / Math.min(sum, Double.MAX_VALUE) < SMALL_DELTA;
  }
}
