package dev.sextant.promql.parse;

import dev.sextant.promql.ast.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * String literals, both ways. Bytes that are no UTF-8 are kept as the lone surrogates U+DC80 to
 * U+DCFF, so that a name with such bytes is recognised as invalid and printed as it was written.
 */
public final class Quoting {
  private Quoting() {}

  /** In double quotes, with the escapes that the lexer reads back. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> appendEscaped(out, c));
    return out.append('"').toString();
  }

  private static void appendEscaped(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case 0x0b -> out.append("\\v");
      default -> {
        if (c >= 0xdc80 && c <= 0xdcff) {
          out.append(String.format("\\x%02x", c - 0xdc00));
        } else if (c < 0x20 || c == 0x7f) {
          out.append(String.format("\\x%02x", c));
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /** A character as Go's {@code %q} writes it: {@code 'x'}. */
  static String quoteChar(int c) {
    if (c == '\'') {
      return "'\\''";
    }
    if (c == '"') {
      return "'\"'";
    }
    String quoted = quote(Character.toString(c));
    return "'" + quoted.substring(1, quoted.length() - 1) + "'";
  }

  /**
   * What a literal, quotes included, means.
   *
   * @throws ParseException naming the escape that is wrong
   * @throws IllegalArgumentException where it is no literal
   */
  public static String unquote(String literal) {
    char quote = literal.length() < 2 ? 0 : literal.charAt(0);
    if ((quote != '"' && quote != '\'' && quote != '`')
        || literal.charAt(literal.length() - 1) != quote) {
      throw new IllegalArgumentException("no quoted string: " + literal);
    }
    return unquote(literal, new Span(0, literal.length()));
  }

  static String unquote(String query, Span span) {
    char quote = query.charAt(span.start());
    String body = query.substring(span.start() + 1, span.end() - 1);
    if (quote == '`' || body.indexOf('\\') < 0) {
      return body;
    }
    return new Unquoter(query, span, body, quote).read();
  }

  private static final class Unquoter {
    private final String query;
    private final Span span;
    private final String body;
    private final char quote;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at;

    Unquoter(String query, Span span, String body, char quote) {
      this.query = query;
      this.span = span;
      this.body = body;
      this.quote = quote;
    }

    String read() {
      while (at < body.length()) {
        int c = body.codePointAt(at);
        at += Character.charCount(c);
        if (c == '\\') {
          escape();
        } else {
          bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        }
      }
      return decode(bytes.toByteArray());
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
        case '\\' -> bytes.write('\\');
        case 'x' -> bytes.write(digits(2, 16, 0));
        case 'u' -> codePoint(digits(4, 16, 0));
        case 'U' -> codePoint(digits(8, 16, 0));
        case '0', '1', '2', '3', '4', '5', '6', '7' -> bytes.write(digits(2, 8, c - '0'));
        default -> {
          if (c != quote) {
            throw error(String.format("unknown escape sequence %s", unicode(c)));
          }
          bytes.write(c);
        }
      }
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
          throw error(String.format("illegal character %s in escape sequence", unicode(c)));
        }
        value = value * base + digit;
        at++;
      }
      return value;
    }

    private ParseException error(String detail) {
      return new ParseException(query, span, detail);
    }

    private static String unicode(int c) {
      return String.format("U+%04X '%s'", c, Character.toString(c));
    }
  }

  private static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < bytes.length) {
      int length = sequenceLength(bytes, i);
      if (length == 0) {
        out.append((char) (0xdc00 + (bytes[i++] & 0xff)));
      } else {
        out.append(new String(bytes, i, length, StandardCharsets.UTF_8));
        i += length;
      }
    }
    return out.toString();
  }

  /** Bytes of the well-formed character at {@code i}, 0 where it is malformed. */
  private static int sequenceLength(byte[] bytes, int i) {
    int lead = bytes[i] & 0xff;
    int length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (i + length > bytes.length) {
      return 0;
    }
    String one = new String(bytes, i, length, StandardCharsets.UTF_8);
    boolean replacement =
        length == 3
            && lead == 0xef
            && (bytes[i + 1] & 0xff) == 0xbf
            && (bytes[i + 2] & 0xff) == 0xbd;
    return one.indexOf('\ufffd') >= 0 && !replacement ? 0 : length;
  }
}
