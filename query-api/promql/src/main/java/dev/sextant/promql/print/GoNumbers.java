package dev.sextant.promql.print;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as Go prints them, which is what users of PromQL see. All forms are the shortest that
 * read back the same.
 */
public final class GoNumbers {
  private GoNumbers() {}

  /** Without an exponent: Go's {@code %f} with the shortest precision. */
  public static String plain(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return decimal(value).toPlainString();
  }

  /** Go's {@code %g}: an exponent below −4 and from 6 on. */
  public static String general(double value) {
    return scientific(value, 6);
  }

  /** Go's {@code %.2g}: two significant digits. */
  public static String twoDigits(double value) {
    boolean finite = !Double.isNaN(value) && !Double.isInfinite(value) && value != 0;
    return finite
        ? scientific(new BigDecimal(value).round(new MathContext(2)).doubleValue(), 2)
        : plain(value);
  }

  /** As {@link #general} with the exponent from {@code limit} on. */
  static String scientific(double value, int limit) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return plain(value);
    }
    BigDecimal decimal = decimal(value);
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < limit) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String power =
        (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return (value < 0 ? "-" : "") + mantissa + "e" + power;
  }

  private static BigDecimal decimal(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    return decimal.scale() < 0 && decimal.precision() == 0 ? BigDecimal.ZERO : decimal;
  }
}
