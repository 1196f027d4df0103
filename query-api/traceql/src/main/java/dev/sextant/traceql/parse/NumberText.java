package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Static;

/** Whole and decimal numbers as queries write them, without a sign. */
final class NumberText {
  private NumberText() {}

  /** Where the number that begins at {@code from} ends; it may have a form that is refused. */
  static int end(String query, int from) {
    int at = digits(query, from);
    boolean prefixed =
        at == from + 1
            && query.charAt(from) == '0'
            && at < query.length()
            && "xXbBoO".indexOf(query.charAt(at)) >= 0;
    if (prefixed) {
      return alphanumerics(query, at);
    }
    if (at < query.length() && query.charAt(at) == '.') {
      at = digits(query, at + 1);
    }
    if (at < query.length() && (query.charAt(at) == 'e' || query.charAt(at) == 'E')) {
      int exponent = at + 1;
      if (exponent < query.length() && "+-".indexOf(query.charAt(exponent)) >= 0) {
        exponent++;
      }
      int end = digits(query, exponent);
      at = end > exponent ? end : at;
    }
    if (at < query.length() && query.charAt(at) == '_') {
      return alphanumerics(query, at);
    }
    return at;
  }

  private static int digits(String query, int from) {
    int at = from;
    while (at < query.length() && isDigit(query.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int alphanumerics(String query, int from) {
    int at = from;
    while (at < query.length()
        && (query.charAt(at) == '_' || Character.isLetterOrDigit(query.charAt(at)))) {
      at++;
    }
    return at;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  static Static parse(String text) {
    boolean whole = text.chars().allMatch(c -> isDigit((char) c));
    if (whole) {
      return integer(text);
    }
    if (!text.chars().allMatch(c -> isDigit((char) c) || ".eE+-".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "number " + text + " is not decimal digits, a point and an exponent");
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("number " + text + " is out of range");
    }
    return new Static.Float(value);
  }

  private static Static integer(String text) {
    if (text.length() > 1 && text.charAt(0) == '0') {
      throw new IllegalArgumentException("number " + text + " begins with a zero");
    }
    try {
      return new Static.Int(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "number " + text + " is out of range; minInt and maxInt are the least and the greatest",
          e);
    }
  }
}
