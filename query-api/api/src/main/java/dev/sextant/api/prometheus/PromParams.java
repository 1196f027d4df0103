package dev.sextant.api.prometheus;

import com.linecorp.armeria.common.HttpStatus;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times, durations and limits as Prometheus' API takes them, with its words about wrong ones. */
final class PromParams {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d{1,18})y)?(?:(\\d{1,18})w)?(?:(\\d{1,18})d)?(?:(\\d{1,18})h)?"
              + "(?:(\\d{1,18})m)?(?:(\\d{1,18})s)?(?:(\\d{1,18})ms)?");
  private static final long[] UNITS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  /** The instants that clients send for "from the beginning" and "to the end". */
  private static final String FIRST = "-292273086-05-16T16:47:06Z";

  private static final String LAST = "292277025-08-18T07:12:54.999999999Z";

  /** Times are cut to these, 285,000 years on either side, so that sums of them do not overflow. */
  static final long MAX_TIME = 9_000_000_000_000_000L;

  static final long MIN_TIME = -MAX_TIME;

  private static final long MAX_DURATION = Long.MAX_VALUE / 1_000_000;

  private PromParams() {}

  static ApiException badData(String message) {
    return new ApiException(HttpStatus.BAD_REQUEST, "bad_data", message);
  }

  static ApiException invalid(String name, String reason) {
    return badData("invalid parameter \"" + name + "\": " + reason);
  }

  /** An instant in milliseconds, empty where the parameter is absent. */
  static Optional<Long> time(Params params, String name) {
    return params
        .text(name)
        .map(text -> parseTime(name, text, "invalid time value for '" + name + "': "));
  }

  static long requiredTime(Params params, String name) {
    return parseTime(name, params.text(name).orElse(""), "");
  }

  private static long parseTime(String name, String text, String prefix) {
    try {
      if (NUMBER.matcher(text).matches()) {
        return cut(new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.HALF_UP));
      }
      return switch (text) {
        case FIRST -> MIN_TIME;
        case LAST -> MAX_TIME;
        default -> cut(BigDecimal.valueOf(OffsetDateTime.parse(text).toInstant().toEpochMilli()));
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid(
          name, prefix + "cannot parse \"" + Params.shown(text) + "\" to a valid timestamp");
    }
  }

  private static long cut(BigDecimal millis) {
    return millis
        .min(BigDecimal.valueOf(MAX_TIME))
        .max(BigDecimal.valueOf(MIN_TIME))
        .longValueExact();
  }

  /** A length of time in milliseconds: seconds as a number, or such as {@code 1m30s}. */
  static Optional<Long> duration(Params params, String name) {
    return params.text(name).map(text -> parseDuration(name, text));
  }

  static long requiredDuration(Params params, String name) {
    return parseDuration(name, params.text(name).orElse(""));
  }

  private static long parseDuration(String name, String text) {
    BigDecimal millis = null;
    Matcher parts = DURATION.matcher(text);
    if (NUMBER.matcher(text).matches()) {
      millis = new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.HALF_UP);
    } else if (!text.isEmpty() && parts.matches()) {
      millis = BigDecimal.ZERO;
      for (int i = 0; i < UNITS.length; i++) {
        if (parts.group(i + 1) != null) {
          BigDecimal part = new BigDecimal(parts.group(i + 1));
          millis = millis.add(part.multiply(BigDecimal.valueOf(UNITS[i])));
        }
      }
    }
    if (millis == null || millis.abs().compareTo(BigDecimal.valueOf(MAX_DURATION)) > 0) {
      throw invalid(name, "cannot parse \"" + Params.shown(text) + "\" to a valid duration");
    }
    return millis.longValueExact();
  }

  /** How far instant selectors look back, in milliseconds; empty where the parameter is absent. */
  static Optional<Long> lookback(Params params) {
    try {
      return duration(params, "lookback_delta");
    } catch (ApiException e) {
      String reason = String.valueOf(e.getMessage()).replaceFirst("^[^:]*: ", "");
      throw badData("error parsing lookback delta duration: " + reason);
    }
  }

  /** How long a query may take: as asked for, never above what is configured. */
  static Duration timeout(Params params, Duration configured) {
    return duration(params, "timeout")
        .map(Duration::ofMillis)
        .filter(asked -> asked.compareTo(configured) < 0)
        .orElse(configured);
  }

  /** How many entries an answer may have; {@code absent} where the parameter is. */
  static int limit(Params params, String name, int absent) {
    Optional<String> text = params.text(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      int limit = Integer.parseInt(text.get());
      if (limit >= 0) {
        return limit;
      }
      throw invalid(name, "limit must be non-negative");
    } catch (NumberFormatException e) {
      throw invalid(name, "cannot parse \"" + Params.shown(text.get()) + "\" to a valid limit");
    }
  }
}
