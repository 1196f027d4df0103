package dev.sextant.metrics.embedded;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be known of a regular expression without running it. Where in doubt, it claims nothing.
 */
final class RegexShape {
  private static final String META = "\\.+*?()[]{}^$|";

  private RegexShape() {}

  /**
   * The only texts the expression matches, where it is a list of plain texts such as {@code
   * GET|POST}.
   */
  static Optional<List<String>> literals(String regex) {
    for (int i = 0; i < regex.length(); i++) {
      if (regex.charAt(i) != '|' && META.indexOf(regex.charAt(i)) >= 0) {
        return Optional.empty();
      }
    }
    return Optional.of(Stream.of(regex.split("\\|", -1)).distinct().toList());
  }

  /** A text that everything the expression matches begins with; empty where none is known. */
  static String prefix(String regex) {
    if (regex.indexOf('|') >= 0) {
      return "";
    }
    int end = 0;
    while (end < regex.length() && META.indexOf(regex.charAt(end)) < 0) {
      end++;
    }
    boolean lastIsOptional = end < regex.length() && "*?{".indexOf(regex.charAt(end)) >= 0;
    int taken = lastIsOptional && end > 0 ? regex.offsetByCodePoints(end, -1) : end;
    return regex.substring(0, taken);
  }
}
