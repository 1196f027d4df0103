package dev.sextant.collector.exposition;

import dev.sextant.collector.exposition.ExpositionHandler.Violation;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as labels and expositions write them. */
public final class Numbers {
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern HEX =
      Pattern.compile("[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)([pP][+-]?[0-9]+)?");

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

  /** OpenMetrics' {@code number}: decimal, or infinity and NaN in any case. */
  static double strict(String token) throws Violation {
    if (REAL.matcher(token).matches()) {
      return Double.parseDouble(token);
    }
    return switch (token.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new Violation("'" + token + "' is no number");
    };
  }

  /** What Go's ParseFloat takes, as the classic text format asks. */
  static double lenient(String token) throws Violation {
    if (HEX.matcher(token).matches()) {
      boolean exponent = token.indexOf('p') >= 0 || token.indexOf('P') >= 0;
      return Double.parseDouble(exponent ? token : token + "p0");
    }
    return strict(token);
  }
}
