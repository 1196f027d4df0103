package dev.sextant.traceql.parse;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of time as Prometheus writes them ({@code 1d12h}: whole numbers, each unit once, the
 * greatest first, a day 24 hours, a week 7 days, a year 365), else as Go does ({@code 1.5h}, {@code
 * 1m1.5s}).
 */
final class DurationParser {
  private static final Pattern PROMETHEUS =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final long[] PROMETHEUS_MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };
  private static final Pattern GO_PART =
      Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");

  private DurationParser() {}

  /** Where the digits, points and letters of units end that begin at {@code from}. */
  static int end(String query, int from) {
    int at = from;
    while (at < query.length() && "0123456789.nsumhµμdwy".indexOf(query.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /** Nanoseconds; null where it is no length of time or one beyond 292 years. */
  static @Nullable Long parse(String text) {
    Long nanos = prometheus(text);
    return nanos != null ? nanos : go(text);
  }

  private static @Nullable Long prometheus(String text) {
    Matcher matcher = PROMETHEUS.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return null;
    }
    BigDecimal millis = BigDecimal.ZERO;
    for (int i = 0; i < PROMETHEUS_MILLIS.length; i++) {
      String number = matcher.group(i + 1);
      if (number != null) {
        millis =
            millis.add(new BigDecimal(number).multiply(BigDecimal.valueOf(PROMETHEUS_MILLIS[i])));
      }
    }
    return exact(millis.movePointRight(6));
  }

  private static @Nullable Long go(String text) {
    Matcher matcher = GO_PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find() || matcher.start() != at) {
        return null;
      }
      BigDecimal unit = BigDecimal.valueOf(goNanos(matcher.group(2)));
      nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(unit));
      at = matcher.end();
    }
    return exact(nanos);
  }

  private static long goNanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> throw new IllegalArgumentException("no unit: " + unit);
    };
  }

  private static @Nullable Long exact(BigDecimal nanos) {
    return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0 ? null : nanos.longValue();
  }
}
