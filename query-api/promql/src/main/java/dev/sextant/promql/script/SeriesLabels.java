package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.parse.Names;
import dev.sextant.promql.parse.Quoting;
import java.util.TreeMap;

/** Reads {@code name{label="value", "quoted.label"="value"}} and {@code {"quoted.name"}}. */
final class SeriesLabels {
  private final String text;
  private final TreeMap<String, String> labels = new TreeMap<>();
  private int at;

  private SeriesLabels(String text) {
    this.text = text;
  }

  static Labels parse(String series) {
    return new SeriesLabels(series.strip()).read();
  }

  /** Where the series that begins a line ends. */
  static int end(String line) {
    int at = 0;
    while (at < line.length() && isNamePart(line.charAt(at))) {
      at++;
    }
    int brace = at;
    while (brace < line.length() && Character.isWhitespace(line.charAt(brace))) {
      brace++;
    }
    boolean braces =
        brace < line.length() && line.charAt(brace) == '{' && !line.startsWith("{{", brace);
    return braces ? closing(line, brace) + 1 : at;
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c == ':' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private static int closing(String line, int open) {
    char quote = 0;
    for (int i = open; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '}') {
        return i;
      }
    }
    throw new IllegalArgumentException("no closing brace in series " + line);
  }

  private Labels read() {
    String name = word();
    if (!name.isEmpty()) {
      labels.put(Labels.NAME, name);
    }
    skipBlanks();
    if (at < text.length()) {
      expect('{');
      braces();
    }
    if (at < text.length()) {
      throw wrong("unexpected text after the series");
    }
    return Labels.of(labels);
  }

  private void braces() {
    skipBlanks();
    while (peek() != '}') {
      boolean quoted = isQuote(peek());
      String name = quoted ? string() : word();
      if (!Names.isValid(name)) {
        throw wrong("expected a label's name");
      }
      skipBlanks();
      if (quoted && peek() != '=') {
        put(Labels.NAME, name);
      } else {
        expect('=');
        skipBlanks();
        put(name, string());
      }
      skipBlanks();
      if (peek() != '}') {
        expect(',');
        skipBlanks();
      }
    }
    expect('}');
  }

  private void put(String name, String value) {
    if (labels.put(name, value) != null) {
      throw wrong("label " + name + " is set twice");
    }
  }

  private String word() {
    int from = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private String string() {
    char quote = peek();
    if (!isQuote(quote)) {
      throw wrong("expected a quoted string");
    }
    int from = at++;
    while (peek() != quote) {
      at += peek() == '\\' && quote != '`' ? 2 : 1;
    }
    return Quoting.unquote(text.substring(from, ++at));
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("expected '" + c + "'");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("unexpected end");
    }
    return text.charAt(at);
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + " at character " + (at + 1) + " of series " + text);
  }
}
