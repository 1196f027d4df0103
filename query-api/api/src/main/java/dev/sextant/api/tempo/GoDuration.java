package dev.sextant.api.tempo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as Go reads and prints them; all of them nanoseconds. */
public final class GoDuration {
  private static final Pattern PART =
      Pattern.compile("(\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30})([^0-9.]*)");
  private static final Pattern PROMETHEUS =
      Pattern.compile(
          "(?:(\\d{1,18})y)?(?:(\\d{1,18})w)?(?:(\\d{1,18})d)?(?:(\\d{1,18})h)?"
              + "(?:(\\d{1,18})m)?(?:(\\d{1,18})s)?(?:(\\d{1,18})ms)?");
  private static final long[] PROMETHEUS_MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private GoDuration() {}

  /**
   * Reads such as {@code 1.5h}, {@code -20ms} or {@code 1m30s}.
   *
   * @throws IllegalArgumentException in Go's words
   */
  public static long parse(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return 0;
    }
    if (rest.isEmpty()) {
      throw invalid(text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(rest);
    for (int at = 0; at < rest.length(); at = part.end()) {
      if (!part.find(at) || part.start() != at) {
        throw invalid(text);
      }
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2), text)));
    }
    if (nanos.compareTo(LONGEST) > 0) {
      throw invalid(text);
    }
    long value = nanos.setScale(0, RoundingMode.DOWN).longValueExact();
    return negative ? -value : value;
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("time: invalid duration " + GoText.quote(text));
  }

  private static BigDecimal unit(String unit, String text) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "us", "\u00b5s", "\u03bcs" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          case "" ->
              throw new IllegalArgumentException(
                  "time: missing unit in duration " + GoText.quote(text));
          default ->
              throw new IllegalArgumentException(
                  "time: unknown unit "
                      + GoText.quote(unit)
                      + " in duration "
                      + GoText.quote(text));
        });
  }

  /** Reads Prometheus' form, such as {@code 1d12h}; empty where it is none. */
  static Optional<Long> parsePrometheus(String text) {
    Matcher parts = PROMETHEUS.matcher(text);
    if (text.equals("0")) {
      return Optional.of(0L);
    }
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    BigDecimal millis = BigDecimal.ZERO;
    for (int i = 0; i < PROMETHEUS_MILLIS.length; i++) {
      if (parts.group(i + 1) != null) {
        BigDecimal part = new BigDecimal(parts.group(i + 1));
        millis = millis.add(part.multiply(BigDecimal.valueOf(PROMETHEUS_MILLIS[i])));
      }
    }
    BigDecimal nanos = millis.movePointRight(6);
    return nanos.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(nanos.longValueExact());
  }

  /** Such as {@code 168h0m0s}, {@code 1.5s} or {@code 1ms}. */
  static String print(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    BigDecimal length = BigDecimal.valueOf(nanos).abs();
    if (length.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0) {
      return sign + belowSecond(length);
    }
    BigDecimal[] minutes = length.divideAndRemainder(BigDecimal.valueOf(60_000_000_000L));
    long whole = minutes[0].longValueExact();
    StringBuilder out = new StringBuilder(sign);
    if (whole >= 60) {
      out.append(whole / 60).append('h');
    }
    if (whole > 0) {
      out.append(whole % 60).append('m');
    }
    return out.append(plain(minutes[1].movePointLeft(9))).append('s').toString();
  }

  private static String belowSecond(BigDecimal nanos) {
    if (nanos.compareTo(BigDecimal.valueOf(1_000)) < 0) {
      return nanos + "ns";
    }
    return nanos.compareTo(BigDecimal.valueOf(1_000_000)) < 0
        ? plain(nanos.movePointLeft(3)) + "\u00b5s"
        : plain(nanos.movePointLeft(6)) + "ms";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
