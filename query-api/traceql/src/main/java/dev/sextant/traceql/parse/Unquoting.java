package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Place;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads a string in double quotes with Go's escapes. Bytes that are no UTF-8 become U+FFFD. */
final class Unquoting {
  private final String query;
  private final Place place;
  private final String body;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int at;

  /**
   * @param place of the literal, for errors
   * @param body what stands between the quotes
   */
  Unquoting(String query, Place place, String body) {
    this.query = query;
    this.place = place;
    this.body = body;
  }

  /**
   * @throws ParseException naming the escape that is wrong
   */
  String read() {
    if (body.indexOf('\\') < 0) {
      return body;
    }
    while (at < body.length()) {
      int c = body.codePointAt(at);
      at += Character.charCount(c);
      if (c == '\\') {
        escape();
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void escape() {
    int c = at < body.length() ? body.codePointAt(at) : -1;
    if (c < 0) {
      throw error("escape sequence not terminated");
    }
    at += Character.charCount(c);
    switch (c) {
      case 'a' -> bytes.write(0x07);
      case 'b' -> bytes.write('\b');
      case 'f' -> bytes.write('\f');
      case 'n' -> bytes.write('\n');
      case 'r' -> bytes.write('\r');
      case 't' -> bytes.write('\t');
      case 'v' -> bytes.write(0x0b);
      case '\\', '"' -> bytes.write(c);
      case 'x' -> bytes.write(digits(2, 16, 0));
      case 'u' -> codePoint(digits(4, 16, 0));
      case 'U' -> codePoint(digits(8, 16, 0));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(digits(2, 8, c - '0'));
      default -> throw error("unknown escape sequence \\" + Character.toString(c));
    }
  }

  private void octal(int value) {
    if (value > 0xff) {
      throw error("octal escape sequence above \\377");
    }
    bytes.write(value);
  }

  private void codePoint(int c) {
    if (c < 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
      throw error("escape sequence is an invalid Unicode code point");
    }
    bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
  }

  private int digits(int count, int base, int first) {
    int value = first;
    for (int i = 0; i < count; i++) {
      if (at >= body.length()) {
        throw error("escape sequence not terminated");
      }
      int c = body.codePointAt(at);
      int digit = c < 128 ? Character.digit(c, base) : -1;
      if (digit < 0) {
        throw error("illegal character " + character(c) + " in escape sequence");
      }
      value = value * base + digit;
      at++;
    }
    return value;
  }

  private ParseException error(String detail) {
    return new ParseException(query, place, detail);
  }

  /** A character in single quotes, with its number where it may not be seen. */
  static String character(int c) {
    return c > 0x20 && c < 0x7f
        ? "'" + Character.toString(c) + "'"
        : String.format("'%s' (U+%04X)", Character.isISOControl(c) ? "" : Character.toString(c), c);
  }
}
