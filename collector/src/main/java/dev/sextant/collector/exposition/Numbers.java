package dev.sextant.collector.exposition;

import java.math.BigDecimal;

/** Numbers as labels and expositions write them. */
public final class Numbers {
  private Numbers() {}

  /**
   * The shortest digits that read back as the same number, without an exponent, as {@code le} and
   * {@code quantile} want them: {@code 0.005}, {@code 10}, {@code +Inf}.
   */
  public static String plain(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return "+Inf";
    }
    if (value == Double.NEGATIVE_INFINITY) {
      return "-Inf";
    }
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
