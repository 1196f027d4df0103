package dev.sextant.trace.elasticsearch;

import java.util.List;

/**
 * What can be told of the texts that an RE2 expression matches as a whole, without another engine
 * for expressions: they are one of a few, or they begin alike.
 *
 * @param texts all texts that match; empty where they are not few
 * @param prefix what every match begins with
 */
record LiteralRegex(List<String> texts, String prefix) {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  static LiteralRegex of(String expression) {
    List<String> alternatives = List.of(expression.split("\\|", -1));
    if (alternatives.stream().allMatch(LiteralRegex::isLiteral)) {
      return new LiteralRegex(alternatives, "");
    }
    return new LiteralRegex(
        List.of(), alternatives.size() == 1 ? literalBeginning(expression) : "");
  }

  private static boolean isLiteral(String text) {
    return text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  private static String literalBeginning(String expression) {
    int end = 0;
    while (end < expression.length() && SPECIAL.indexOf(expression.charAt(end)) < 0) {
      end++;
    }
    boolean repeats = end < expression.length() && "*?{".indexOf(expression.charAt(end)) >= 0;
    return repeats && end > 0
        ? expression.substring(0, expression.offsetByCodePoints(end, -1))
        : expression.substring(0, end);
  }
}
