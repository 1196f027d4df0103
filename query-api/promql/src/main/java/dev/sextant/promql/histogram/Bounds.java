package dev.sextant.promql.histogram;

import dev.sextant.metrics.model.NativeHistogram;

/** Bounds of buckets, as the native histogram specification of Prometheus defines them. */
public final class Bounds {
  private static final int MIN_SCHEMA = -4;
  private static final int MAX_SCHEMA = 8;

  /** By schema and fraction: 2^(fraction / 2^schema) / 2. */
  private static final double[][] FRACTIONS = new double[MAX_SCHEMA + 1][];

  static {
    for (int schema = 0; schema <= MAX_SCHEMA; schema++) {
      int size = 1 << schema;
      FRACTIONS[schema] = new double[size];
      for (int i = 0; i < size; i++) {
        FRACTIONS[schema][i] = StrictMath.pow(2, (double) i / size) / 2;
      }
    }
  }

  private Bounds() {}

  /**
   * The upper bound of the positive bucket {@code index}; 2^1024 is the greatest finite number,
   * what lies above it infinite.
   *
   * @throws IllegalArgumentException where the schema is none of −4 to 8
   */
  public static double exponential(int index, int schema) {
    if (schema < MIN_SCHEMA || schema > MAX_SCHEMA) {
      throw new IllegalArgumentException(
          "histogram schema " + schema + " is not one of -4 to 8, or -53");
    }
    if (schema < 0) {
      long exponent = (long) index << -schema;
      return exponent == 1024 ? Double.MAX_VALUE : Math.scalb(1.0, clamp(exponent));
    }
    double fraction = FRACTIONS[schema][index & ((1 << schema) - 1)];
    int exponent = (index >> schema) + 1;
    return fraction == 0.5 && exponent == 1025 ? Double.MAX_VALUE : scale(fraction, exponent);
  }

  /**
   * The upper bound of a custom bucket: bucket i ends at value i, the one after the last at +Inf.
   */
  public static double custom(int index, double[] values) {
    return index < 0
        ? Double.NEGATIVE_INFINITY
        : index < values.length ? values[index] : Double.POSITIVE_INFINITY;
  }

  static double upper(NativeHistogram h, int index) {
    return isCustom(h) ? custom(index, h.customBounds()) : exponential(index, h.schema());
  }

  static double lower(NativeHistogram h, int index) {
    return upper(h, index - 1);
  }

  public static boolean isCustom(NativeHistogram h) {
    return h.schema() == NativeHistogram.CUSTOM_BUCKETS;
  }

  private static int clamp(long exponent) {
    return (int) Math.max(-2000, Math.min(2000, exponent));
  }

  private static double scale(double fraction, int exponent) {
    return exponent > 1024 ? Double.POSITIVE_INFINITY : Math.scalb(fraction, clamp(exponent));
  }
}
