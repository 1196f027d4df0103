package dev.sextant.promql.script;

import dev.sextant.promql.parse.NumberText;
import java.util.regex.Pattern;

/** Numbers and times as scripts write them. */
final class ScriptNumbers {
  private static final Pattern DURATION = Pattern.compile("(\\d+(ms|[smhdwy]))+");
  private static final Pattern DECIMAL =
      Pattern.compile("(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
  private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");

  private ScriptNumbers() {}

  /**
   * A decimal or hexadecimal number, {@code Inf}, {@code NaN} or a duration as its seconds, perhaps
   * with a sign.
   */
  static double number(String text) {
    String unsigned = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    double sign = text.startsWith("-") ? -1 : 1;
    if (unsigned.equalsIgnoreCase("inf")) {
      return sign * Double.POSITIVE_INFINITY;
    }
    if (unsigned.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (HEX.matcher(unsigned).matches()) {
      return sign * Long.parseLong(unsigned.substring(2), 16);
    }
    if (DURATION.matcher(unsigned).matches()) {
      return sign * NumberText.parseDurationMillis(unsigned) / 1000.0;
    }
    if (DECIMAL.matcher(unsigned).matches()) {
      return sign * Double.parseDouble(unsigned);
    }
    throw new IllegalArgumentException("expected a number, but found " + text);
  }

  static boolean isNumber(String text) {
    try {
      number(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A duration such as {@code 5m}, or a number of seconds, perhaps with a sign. */
  static long millis(String text) {
    return Math.round(number(text) * 1000);
  }
}
