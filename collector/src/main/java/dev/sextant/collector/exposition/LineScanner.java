package dev.sextant.collector.exposition;

import dev.sextant.collector.exposition.ExpositionHandler.Violation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes a line apart, from left to right. */
final class LineScanner {
  private final String line;
  private int at;

  LineScanner(String line) {
    this.line = line;
  }

  boolean atEnd() {
    return at == line.length();
  }

  char peek() {
    return at < line.length() ? line.charAt(at) : '\0';
  }

  String rest() {
    String rest = line.substring(at);
    at = line.length();
    return rest;
  }

  boolean skip(String expected) {
    boolean found = line.startsWith(expected, at);
    at += found ? expected.length() : 0;
    return found;
  }

  /** Skips spaces and tabs; returns how many. */
  int skipBlanks() {
    int start = at;
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
    return at - start;
  }

  /** Up to the next space or tab, or the end. */
  String token() {
    int start = at;
    while (at < line.length() && peek() != ' ' && peek() != '\t') {
      at++;
    }
    return line.substring(start, at);
  }

  /** A metric's or label's name; empty where none begins here. */
  String name(boolean colons) {
    int start = at;
    while (at < line.length() && inName(line.charAt(at), colons, at > start)) {
      at++;
    }
    return line.substring(start, at);
  }

  private static boolean inName(char c, boolean colons, boolean digits) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '_'
        || colons && c == ':'
        || digits && c >= '0' && c <= '9';
  }

  /**
   * Labels in braces; none where no brace stands here.
   *
   * @param blanks whether blanks may stand between and a comma may stand last, as the classic text
   *     allows
   */
  Map<String, String> labels(boolean blanks) throws Violation {
    Map<String, String> labels = new LinkedHashMap<>();
    if (!skip("{")) {
      return labels;
    }
    blanks(blanks);
    while (!skip("}")) {
      String name = name(false);
      if (name.isEmpty()) {
        throw new Violation("expected a label's name at column " + (at + 1));
      }
      blanks(blanks);
      if (!skip("=")) {
        throw new Violation("expected '=' after label " + name);
      }
      blanks(blanks);
      if (labels.put(name, quoted(name)) != null) {
        throw new Violation("label " + name + " stands twice");
      }
      blanks(blanks);
      if (skip(",")) {
        blanks(blanks);
        if (peek() == '}' && !blanks) {
          throw new Violation("a comma stands before the closing brace");
        }
      } else if (peek() != '}') {
        throw new Violation("expected ',' or '}' after label " + name);
      }
    }
    return labels;
  }

  private void blanks(boolean allowed) {
    if (allowed) {
      skipBlanks();
    }
  }

  private String quoted(String name) throws Violation {
    if (!skip("\"")) {
      throw new Violation("the value of label " + name + " is not quoted");
    }
    int start = at;
    boolean escaped = false;
    while (at < line.length() && line.charAt(at) != '"') {
      if (line.charAt(at) == '\\') {
        escaped = true;
        at++;
      }
      at++;
    }
    if (at >= line.length()) {
      throw new Violation("the value of label " + name + " has no closing quote");
    }
    String raw = line.substring(start, at++);
    return escaped ? unescaped(raw, true) : raw;
  }

  /** Backslash, newline and, in labels, quotes; any other backslash stays as it is. */
  static String unescaped(String raw, boolean quotes) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char next = raw.charAt(i) == '\\' && i + 1 < raw.length() ? raw.charAt(i + 1) : 0;
      if (next == 'n') {
        out.append('\n');
        i++;
      } else if (next == '\\' || next == '"' && quotes) {
        out.append(next);
        i++;
      } else {
        out.append(raw.charAt(i));
      }
    }
    return out.toString();
  }
}
