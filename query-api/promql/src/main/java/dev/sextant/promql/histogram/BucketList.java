package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;

/**
 * All buckets of a histogram by ascending value, the zero bucket in its place. Bounds of buckets
 * that reach into the zero bucket are clipped to its threshold.
 */
public final class BucketList {
  private final double[] lower;
  private final double[] upper;
  private final double[] count;
  private int size;
  private int zero = -1;
  private final boolean hasNegative;
  private final boolean hasPositive;

  private BucketList(int capacity, boolean hasNegative, boolean hasPositive) {
    lower = new double[capacity];
    upper = new double[capacity];
    count = new double[capacity];
    this.hasNegative = hasNegative;
    this.hasPositive = hasPositive;
  }

  /**
   * Of a histogram; empty buckets that its spans cover are among them, an empty zero bucket is not.
   */
  public static BucketList of(NativeHistogram h) {
    Buckets positive = HistogramMath.positive(h);
    Buckets negative = HistogramMath.negative(h);
    BucketList list =
        new BucketList(
            positive.size() + negative.size() + 1, negative.size() > 0, positive.size() > 0);
    double threshold = h.zeroThreshold();
    for (int i = negative.size() - 1; i >= 0; i--) {
      double near = -Bounds.lower(h, negative.index()[i]);
      list.add(
          -Bounds.upper(h, negative.index()[i]),
          near > -threshold ? -threshold : near,
          negative.count()[i]);
    }
    if (h.zeroCount() != 0) {
      list.zero = list.size;
      list.add(-threshold, threshold, h.zeroCount());
    }
    for (int i = 0; i < positive.size(); i++) {
      double near = Bounds.lower(h, positive.index()[i]);
      boolean clipped = !Bounds.isCustom(h) && near < threshold;
      list.add(
          clipped ? threshold : near, Bounds.upper(h, positive.index()[i]), positive.count()[i]);
    }
    return list;
  }

  private void add(double from, double to, double n) {
    lower[size] = from;
    upper[size] = to;
    count[size++] = n;
  }

  public int size() {
    return size;
  }

  public double lower(int i) {
    return lower[i];
  }

  public double upper(int i) {
    return upper[i];
  }

  public double count(int i) {
    return count[i];
  }

  public boolean isZero(int i) {
    return i == zero;
  }

  /** Whether the layout has negative buckets, populated or not. */
  public boolean hasNegative() {
    return hasNegative;
  }

  /** Whether the layout has positive buckets, populated or not. */
  public boolean hasPositive() {
    return hasPositive;
  }
}
