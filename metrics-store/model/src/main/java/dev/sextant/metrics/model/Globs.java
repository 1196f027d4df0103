package dev.sextant.metrics.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that is no more than alternatives of literals with {@code .*} or {@code .+}
 * between, before or after them; matched without running an expression.
 */
final class Globs {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  private final Set<String> literals = new HashSet<>();
  private final List<Glob> globs = new ArrayList<>();

  private Globs() {}

  /**
   * Literals and the gaps around them.
   *
   * @param parts one literal more than there are gaps; empty at an end that is a gap
   * @param gaps the least number of characters of each
   */
  private record Glob(List<String> parts, List<Integer> gaps) {
    boolean match(String value) {
      String first = parts.getFirst();
      String last = parts.getLast();
      if (!value.startsWith(first)) {
        return false;
      }
      int at = first.length();
      for (int i = 1; i < parts.size() - 1; i++) {
        int from = at + gaps.get(i - 1);
        int found = from > value.length() ? -1 : value.indexOf(parts.get(i), from);
        if (found < 0) {
          return false;
        }
        at = found + parts.get(i).length();
      }
      return value.length() - last.length() >= at + gaps.getLast() && value.endsWith(last);
    }
  }

  /** Null where the expression is more than that. */
  static @Nullable Globs parse(String source) {
    Globs globs = new Globs();
    String alternatives = withoutGroup(source);
    int from = 0;
    for (int i = 0; i <= alternatives.length(); i++) {
      if (i == alternatives.length() || alternatives.charAt(i) == '|') {
        if (!globs.add(alternatives.substring(from, i))) {
          return null;
        }
        from = i + 1;
      } else if (alternatives.charAt(i) == '\\' && i + 1 < alternatives.length()) {
        i++;
      }
    }
    return globs;
  }

  /** Without one group around everything. */
  private static String withoutGroup(String source) {
    int open = source.startsWith("(?:") ? 3 : source.startsWith("(") ? 1 : 0;
    return open > 0
            && source.endsWith(")")
            && source.indexOf('(', 1) < 0
            && source.indexOf(')') == source.length() - 1
            && !(open == 1 && source.startsWith("(?"))
        ? source.substring(open, source.length() - 1)
        : source;
  }

  private boolean add(String alternative) {
    List<String> parts = new ArrayList<>();
    List<Integer> gaps = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = alternative.startsWith("^") ? 1 : 0;
    int end = alternative.length();
    if (end > at && alternative.charAt(end - 1) == '$' && !isEscaped(alternative, end - 1)) {
      end--;
    }
    while (at < end) {
      char c = alternative.charAt(at++);
      if (c == '.' && at < end && isGap(alternative.charAt(at))) {
        parts.add(literal.toString());
        literal.setLength(0);
        gaps.add(alternative.charAt(at++) == '+' ? 1 : 0);
      } else if (c == '\\' && at < end && isPunctuation(alternative.charAt(at))) {
        literal.append(alternative.charAt(at++));
      } else if (SPECIAL.indexOf(c) < 0) {
        literal.append(c);
      } else {
        return false;
      }
      if (at < end && "*+?{".indexOf(alternative.charAt(at)) >= 0) {
        return false;
      }
    }
    parts.add(literal.toString());
    if (gaps.isEmpty()) {
      literals.add(parts.getFirst());
    } else {
      globs.add(new Glob(parts, gaps));
    }
    return true;
  }

  private static boolean isGap(char c) {
    return c == '*' || c == '+';
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
  }

  private static boolean isEscaped(String text, int at) {
    int slashes = 0;
    while (at - slashes > 0 && text.charAt(at - slashes - 1) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  boolean match(String value) {
    if (literals.contains(value)) {
      return true;
    }
    for (Glob glob : globs) {
      if (glob.match(value)) {
        return true;
      }
    }
    return false;
  }
}
