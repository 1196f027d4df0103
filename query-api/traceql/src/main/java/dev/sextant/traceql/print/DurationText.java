package dev.sextant.traceql.print;

import java.math.BigDecimal;

/** Lengths of time as Go and so Tempo writes them: {@code 1h2m3.5s}, {@code 1.5ms}. */
public final class DurationText {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private DurationText() {}

  /** The text of a length in nanoseconds; {@code 0s} for none. */
  public static String of(long nanos) {
    if (nanos < 0) {
      // The least number has no opposite; its text differs from the next in the last digit only.
      return nanos == Long.MIN_VALUE ? "-2562047h47m16.854775808s" : "-" + of(-nanos);
    }
    if (nanos < SECOND) {
      return nanos == 0
          ? "0s"
          : nanos < MICRO
              ? nanos + "ns"
              : nanos < MILLI ? scaled(nanos, 3) + "µs" : scaled(nanos, 6) + "ms";
    }
    long minutes = nanos / (60 * SECOND);
    String seconds = scaled(nanos % (60 * SECOND), 9) + "s";
    if (minutes == 0) {
      return seconds;
    }
    return minutes < 60
        ? minutes + "m" + seconds
        : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
  }

  private static String scaled(long nanos, int digits) {
    BigDecimal value = BigDecimal.valueOf(nanos, digits).stripTrailingZeros();
    return value.toPlainString();
  }
}
