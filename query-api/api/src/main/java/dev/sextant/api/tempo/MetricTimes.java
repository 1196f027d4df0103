package dev.sextant.api.tempo;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The range and the step that a metrics request asks for.
 *
 * @param startNanos since the epoch, and {@code endNanos} so too, as asked for
 */
record MetricTimes(long startNanos, long endNanos) {
  private static final long HOUR = 3_600_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,30}\\.\\d{0,30}|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");

  /** {@code start}, {@code end} and {@code since}: by default the hour before now. */
  static MetricTimes of(Params params) {
    long now = params.nowMillis() * 1_000_000;
    long since =
        params
            .text("since")
            .map(
                text ->
                    GoDuration.parsePrometheus(text)
                        .orElseThrow(
                            () ->
                                unparsed("since", "not a valid duration string: " + quoted(text))))
            .orElse(HOUR);
    long end = time(params, "end").orElse(now);
    long start = time(params, "start").orElse(Math.min(end, now) - since);
    return new MetricTimes(start, end);
  }

  long rangeNanos() {
    return endNanos - startNanos;
  }

  private static ApiException unparsed(String name, String reason) {
    return ApiException.badRequest("could not parse '" + name + "' parameter: " + reason);
  }

  private static String quoted(String text) {
    return GoText.quote(Params.shown(text));
  }

  /** Seconds of at most ten digits or with a point, nanoseconds, or RFC 3339. */
  private static Optional<Long> time(Params params, String name) {
    return params
        .text(name)
        .map(
            text -> {
              try {
                return nanos(text);
              } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
                throw unparsed(
                    name, "strconv.ParseInt: parsing " + quoted(text) + ": invalid syntax");
              }
            });
  }

  private static long nanos(String text) {
    if (DECIMAL.matcher(text).matches()) {
      BigDecimal millis = new BigDecimal(text).setScale(3, RoundingMode.HALF_UP);
      return millis.movePointRight(9).longValueExact();
    }
    if (WHOLE.matcher(text).matches()) {
      long number = Long.parseLong(text);
      return text.length() <= 10 ? Math.multiplyExact(number, SECOND) : number;
    }
    Instant instant = OffsetDateTime.parse(text).toInstant();
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
  }

  /** {@code step} in nanoseconds, a number of seconds or a duration; empty where absent. */
  static Optional<Long> step(Params params) {
    return params.text("step").map(MetricTimes::step);
  }

  private static long step(String text) {
    if (NUMBER.matcher(text).matches()) {
      BigDecimal nanos = new BigDecimal(text).movePointRight(9);
      if (nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
        throw TempoParams.invalid(
            "step", "cannot parse " + quoted(text) + " to a valid duration. It overflows int64");
      }
      return nanos.longValue();
    }
    try {
      return GoDuration.parsePrometheus(text).orElseGet(() -> GoDuration.parse(text));
    } catch (IllegalArgumentException e) {
      throw TempoParams.invalid("step", "cannot parse " + quoted(text) + " to a valid duration");
    }
  }
}
