package dev.sextant.api.tempo;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code key=value key="value with spaces" key}, with the errors of go-logfmt: they count
 * bytes of a line from 1. For one text.
 *
 * @see <a href="https://pkg.go.dev/github.com/go-logfmt/logfmt">go-logfmt</a>
 */
final class Logfmt {
  private final byte[] line;
  private final Map<String, String> pairs;
  private int at;

  private Logfmt(String line, Map<String, String> pairs) {
    this.line = line.getBytes(StandardCharsets.UTF_8);
    this.pairs = pairs;
  }

  /**
   * The pairs in their order; the value of a key alone is empty.
   *
   * @throws IllegalArgumentException saying what is wrong, and where
   */
  static Map<String, String> read(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    text.lines().forEach(line -> new Logfmt(line, pairs).readLine());
    return pairs;
  }

  private void readLine() {
    for (skipBlanks(); at < line.length; skipBlanks()) {
      String key = key();
      String value = "";
      if (at < line.length && line[at] == '=') {
        at++;
        value = at < line.length && line[at] == '"' ? quoted() : plain();
      }
      if (pairs.putIfAbsent(key, value) != null) {
        throw new IllegalArgumentException("tag " + key + " has been set twice");
      }
    }
  }

  private void skipBlanks() {
    while (at < line.length && isBlank(line[at])) {
      at++;
    }
  }

  private static boolean isBlank(byte c) {
    return c >= 0 && c <= ' ';
  }

  private String key() {
    int from = at;
    while (at < line.length && !isBlank(line[at]) && (line[at] != '=' || at == from)) {
      if (line[at] == '"' || line[at] == '=') {
        throw unexpected();
      }
      at++;
    }
    return text(from, at);
  }

  private String plain() {
    int from = at;
    while (at < line.length && !isBlank(line[at])) {
      if (line[at] == '"' || line[at] == '=') {
        throw unexpected();
      }
      at++;
    }
    return text(from, at);
  }

  private String quoted() {
    int from = ++at;
    while (at < line.length && line[at] != '"') {
      at += line[at] == '\\' ? 2 : 1;
    }
    if (at >= line.length) {
      at = line.length;
      throw error("unterminated quoted value");
    }
    String value = unescaped(text(from, at));
    at++;
    return value;
  }

  /** Resolves JSON's escapes. */
  private String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      switch (text.charAt(i)) {
        case '"', '\\', '/', '\'' -> out.append(text.charAt(i));
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append(hex(text, i + 1));
          i += 4;
        }
        default -> throw error("invalid quoted value");
      }
    }
    return out.toString();
  }

  private char hex(String text, int from) {
    try {
      return (char) Integer.parseUnsignedInt(text.substring(from, from + 4), 16);
    } catch (StringIndexOutOfBoundsException | NumberFormatException e) {
      throw error("invalid quoted value");
    }
  }

  private String text(int from, int to) {
    return new String(line, from, to - from, StandardCharsets.UTF_8);
  }

  private IllegalArgumentException unexpected() {
    return error("unexpected '" + (char) line[at] + "'");
  }

  private IllegalArgumentException error(String reason) {
    return new IllegalArgumentException(reason + " at pos " + (at + 1));
  }
}
