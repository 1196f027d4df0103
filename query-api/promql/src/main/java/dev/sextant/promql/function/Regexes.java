package dev.sextant.promql.function;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Regular expressions in label functions, and the replacement of their groups. */
final class Regexes {
  private Regexes() {}

  /** Matches whole values; a dot matches newlines too. */
  static Pattern compile(String regex) {
    return Pattern.compile(regex.replace("(?P<", "(?<"), Pattern.DOTALL);
  }

  /**
   * Replaces {@code $1}, {@code ${1}}, {@code $name} and {@code $$}; what names no group is empty.
   */
  static String expand(String template, Matcher match) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$' || at + 1 == template.length()) {
        out.append(c);
        at++;
        continue;
      }
      if (template.charAt(at + 1) == '$') {
        out.append('$');
        at += 2;
        continue;
      }
      boolean braced = template.charAt(at + 1) == '{';
      int from = at + (braced ? 2 : 1);
      int to = from;
      while (to < template.length()
          && (Character.isLetterOrDigit(template.charAt(to)) || template.charAt(to) == '_')) {
        to++;
      }
      boolean reference =
          to > from && (!braced || (to < template.length() && template.charAt(to) == '}'));
      if (reference) {
        out.append(group(template.substring(from, to), match));
        at = braced ? to + 1 : to;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private static String group(String name, Matcher match) {
    String value = null;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
      value = number <= match.groupCount() ? match.group(number) : null;
    } else if (match.namedGroups().containsKey(name)) {
      value = match.group(name);
    }
    return value == null ? "" : value;
  }
}
