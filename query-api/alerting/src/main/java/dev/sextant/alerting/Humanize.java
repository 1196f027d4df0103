package dev.sextant.alerting;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as Prometheus' template functions write them. */
final class Humanize {
  private static final String[] LARGE = {"", "k", "M", "G", "T", "P", "E", "Z", "Y"};
  private static final String[] SMALL = {"", "m", "u", "n", "p", "f", "a", "z", "y"};
  private static final String[] BINARY = {"", "ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};

  private Humanize() {}

  /** As Go's {@code %.4g} with an SI prefix. */
  static String decimal(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return shortest(value, ".4");
    }
    double scaled = value;
    int step = 0;
    if (Math.abs(value) >= 1) {
      while (Math.abs(scaled) >= 1000 && step < LARGE.length - 1) {
        scaled /= 1000;
        step++;
      }
      return shortest(scaled, ".4") + LARGE[step];
    }
    while (Math.abs(scaled) < 1 && step < SMALL.length - 1) {
      scaled *= 1000;
      step++;
    }
    return shortest(scaled, ".4") + SMALL[step];
  }

  static String binary(double value) {
    double scaled = value;
    int step = 0;
    while (Math.abs(scaled) >= 1024 && Double.isFinite(scaled) && step < BINARY.length - 1) {
      scaled /= 1024;
      step++;
    }
    return shortest(scaled, ".4") + BINARY[step];
  }

  static String percentage(double ratio) {
    return shortest(ratio * 100, ".4") + "%";
  }

  /** Seconds as days, hours, minutes and seconds. */
  static String duration(double seconds) {
    if (!Double.isFinite(seconds) || seconds == 0) {
      return shortest(seconds, ".4") + (seconds == 0 ? "s" : "");
    }
    String sign = seconds < 0 ? "-" : "";
    double magnitude = Math.abs(seconds);
    if (magnitude < 1) {
      return sign + decimal(magnitude) + "s";
    }
    long whole = (long) magnitude;
    long days = whole / 86_400;
    long hours = whole / 3_600 % 24;
    long minutes = whole / 60 % 60;
    if (days > 0) {
      return sign + days + "d " + hours + "h " + minutes + "m " + whole % 60 + "s";
    }
    if (hours > 0) {
      return sign + hours + "h " + minutes + "m " + whole % 60 + "s";
    }
    return minutes > 0
        ? sign + minutes + "m " + whole % 60 + "s"
        : sign + shortest(magnitude, ".4") + "s";
  }

  /**
   * As Go's {@code %g} writes it, with {@code precision} ({@code .4}) significant digits, or the
   * shortest exact form.
   */
  static String shortest(double value, String precision) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(value));
    if (!precision.isEmpty()) {
      exact = exact.round(new MathContext(Integer.parseInt(precision.substring(1))));
    }
    exact = exact.stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    int digits = precision.isEmpty() ? 21 : Integer.parseInt(precision.substring(1));
    if (exponent < -4 || exponent >= digits) {
      String mantissa = exact.movePointLeft(exponent).stripTrailingZeros().toPlainString();
      return String.format(
          Locale.ROOT, "%se%s%02d", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
    return exact.toPlainString();
  }
}
