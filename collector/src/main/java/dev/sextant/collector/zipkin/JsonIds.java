package dev.sextant.collector.zipkin;

import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Ids in JSON: 1 to 16 hexadecimal digits, a trace's up to 32. */
final class JsonIds {
  private static final int DIGITS = 16;

  private JsonIds() {}

  static void trace(JsonInput in, ZipkinSpan span) throws IOException {
    BigInteger id = read(in, 2 * DIGITS);
    if (id != null) {
      span.traceHigh = id.shiftRight(64).longValue();
      span.traceLow = id.longValue();
    }
  }

  /** 0 where there is none, and where a problem was noted. */
  static long span(JsonInput in) throws IOException {
    BigInteger id = read(in, DIGITS);
    return id == null ? 0 : id.longValue();
  }

  private static @Nullable BigInteger read(JsonInput in, int longest) throws IOException {
    String text = in.text();
    if (text.isEmpty()) {
      return null;
    }
    boolean hex =
        text.length() <= longest
            && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    if (!hex) {
      String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
      in.problem("'" + shown + "' is not 1 to " + longest + " hexadecimal digits");
      return null;
    }
    return new BigInteger(text, 16);
  }
}
