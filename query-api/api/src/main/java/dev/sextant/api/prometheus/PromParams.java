package dev.sextant.api.prometheus;

import com.linecorp.armeria.common.HttpStatus;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as Prometheus' API takes them. */
final class PromParams {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final long[] UNITS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  /** Beyond these no block of ours can hold a sample; "all of time" in a request is cut to them. */
  static final long MIN_TIME = 0;

  static final long MAX_TIME = Long.MAX_VALUE / 2_000_000;

  private PromParams() {}

  static ApiException badData(String message) {
    return new ApiException(HttpStatus.BAD_REQUEST, "bad_data", message);
  }

  /** An instant in milliseconds. */
  static Optional<Long> time(Params params, String name) {
    return params.text(name).map(text -> parseTime(name, text));
  }

  static long requiredTime(Params params, String name) {
    return parseTime(name, params.text(name).orElse(""));
  }

  private static long parseTime(String name, String text) {
    try {
      if (NUMBER.matcher(text).matches()) {
        BigDecimal millis = new BigDecimal(text).movePointRight(3);
        return Math.clamp(
            millis.setScale(0, java.math.RoundingMode.HALF_UP).doubleValue() > MAX_TIME
                ? MAX_TIME
                : millis.setScale(0, java.math.RoundingMode.HALF_UP).longValue(),
            MIN_TIME,
            MAX_TIME);
      }
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw badData(
          "invalid parameter \"" + name + "\": cannot parse \"" + text + "\" to a valid timestamp");
    }
  }

  /** A length of time in milliseconds: seconds as a number, or such as {@code 1m30s}. */
  static Optional<Long> duration(Params params, String name) {
    return params.text(name).map(text -> parseDuration(name, text));
  }

  private static long parseDuration(String name, String text) {
    if (NUMBER.matcher(text).matches()) {
      double millis = Double.parseDouble(text) * 1000;
      if (Math.abs(millis) < Long.MAX_VALUE / 1_000_000.0) {
        return Math.round(millis);
      }
    }
    Matcher parts = DURATION.matcher(text);
    if (!text.isEmpty() && parts.matches()) {
      long sum = 0;
      for (int i = 0; i < UNITS.length; i++) {
        if (parts.group(i + 1) != null) {
          sum += Long.parseLong(parts.group(i + 1)) * UNITS[i];
        }
      }
      return sum;
    }
    throw badData(
        "invalid parameter \"" + name + "\": cannot parse \"" + text + "\" to a valid duration");
  }
}
