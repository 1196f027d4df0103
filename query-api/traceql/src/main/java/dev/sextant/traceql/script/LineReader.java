package dev.sextant.traceql.script;

import java.util.ArrayList;
import java.util.List;

/** Words of a line. A word ends at a blank outside of quotes and brackets; nothing is unescaped. */
final class LineReader {
  private final String line;
  private int at;

  LineReader(String line) {
    this.line = line;
    skipBlanks();
  }

  boolean hasMore() {
    return at < line.length();
  }

  /** What is left. */
  String rest() {
    return line.substring(at);
  }

  /** The next word, which stays there; empty at the end. */
  String peek() {
    return line.substring(at, end());
  }

  /**
   * @throws IllegalArgumentException where the line ends
   */
  String next(String what) {
    if (!hasMore()) {
      throw new IllegalArgumentException("expected " + what + " at the end of: " + line);
    }
    String word = peek();
    at += word.length();
    skipBlanks();
    return word;
  }

  /** Takes a word if it stands next. */
  boolean take(String word) {
    if (!peek().equals(word)) {
      return false;
    }
    next(word);
    return true;
  }

  private void skipBlanks() {
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
  }

  private int end() {
    return end(line, at, ' ');
  }

  /** Where a character stands outside of quotes and brackets, or the end. */
  private static int end(String text, int from, char wanted) {
    int depth = 0;
    int at = from;
    while (at < text.length() && !(depth <= 0 && text.charAt(at) == wanted)) {
      char c = text.charAt(at);
      if (c == '"' || c == '`') {
        at = quoted(text, at);
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      }
      at++;
    }
    return Math.min(at, text.length());
  }

  /** The closing quote of the one at {@code open}. */
  private static int quoted(String text, int open) {
    int at = open + 1;
    while (at < text.length() && text.charAt(at) != text.charAt(open)) {
      at += text.charAt(at) == '\\' && text.charAt(open) == '"' ? 2 : 1;
    }
    return at;
  }

  /** Parts between a character outside of quotes and brackets, without blanks around them. */
  static List<String> split(String text, char by) {
    List<String> parts = new ArrayList<>();
    for (int at = 0; at <= text.length(); ) {
      int end = end(text, at, by);
      String part = text.substring(at, end).strip();
      if (!part.isEmpty() || !parts.isEmpty() || end < text.length()) {
        parts.add(part);
      }
      at = end + 1;
    }
    return parts;
  }

  /** Where the first {@code =} outside of quotes and brackets stands; -1 for none. */
  static int equalsSign(String word) {
    int end = end(word, 0, '=');
    return end < word.length() ? end : -1;
  }
}
