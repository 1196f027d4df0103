package dev.sextant.collector.zipkin;

import java.io.IOException;

/** Ids in JSON: 1 to 16 hexadecimal digits, a trace's up to 32. */
final class JsonIds {
  private static final int DIGITS = 16;

  private JsonIds() {}

  static void trace(JsonInput in, ZipkinSpan span) throws IOException {
    String text = read(in, 2 * DIGITS);
    int split = Math.max(0, text.length() - DIGITS);
    span.traceHigh = number(text, 0, split);
    span.traceLow = number(text, split, text.length());
  }

  /** 0 where there is none, and where a problem was noted. */
  static long span(JsonInput in) throws IOException {
    String text = read(in, DIGITS);
    return number(text, 0, text.length());
  }

  /** Nothing but digits; empty where a problem was noted. */
  private static String read(JsonInput in, int longest) throws IOException {
    String text = in.text();
    if (text.length() <= longest && isHex(text)) {
      return text;
    }
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    in.problem("'" + shown + "' is not 1 to " + longest + " hexadecimal digits");
    return "";
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
        return false;
      }
    }
    return true;
  }

  private static long number(String text, int from, int to) {
    return from == to ? 0 : Long.parseUnsignedLong(text, from, to, 16);
  }
}
