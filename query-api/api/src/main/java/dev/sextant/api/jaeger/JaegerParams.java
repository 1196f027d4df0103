package dev.sextant.api.jaeger;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.tempo.GoDuration;
import dev.sextant.storage.otlp.TraceId;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Parameters as Jaeger reads them. One that is not known is refused, never passed over. */
final class JaegerParams {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

  private JaegerParams() {}

  /** Refuses every parameter but these. */
  static void only(Params params, Set<String> known) {
    for (String name : params.names()) {
      if (!known.contains(name)) {
        throw ApiException.badRequest(
            "parameter '" + Params.shown(name) + "' is not known here; known are " + sorted(known));
      }
    }
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  /** A whole number of units, not below 0. */
  static Optional<Long> whole(Params params, String name, String what) {
    return params
        .text(name)
        .map(
            text -> {
              if (!WHOLE.matcher(text).matches()) {
                throw Params.bad(name, text, what);
              }
              return Long.parseLong(text);
            });
  }

  /** A time in microseconds since the epoch, as nanoseconds. */
  static Optional<Long> micros(Params params, String name) {
    String what = "microseconds since the epoch, before the year 2262";
    return whole(params, name, what)
        .map(
            micros -> {
              if (micros > Long.MAX_VALUE / 1000) {
                throw Params.bad(name, Long.toString(micros), what);
              }
              return micros * 1000;
            });
  }

  /** A time as RFC 3339, as nanoseconds since the epoch. */
  static Optional<Long> instant(Params params, String name) {
    return params
        .text(name)
        .map(
            text -> {
              try {
                // Clients send the plus sign of an offset without encoding it.
                var time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
                return Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
              } catch (DateTimeException | ArithmeticException e) {
                throw Params.bad(
                    name, text, "a time such as 2026-01-31T12:00:00.5Z, before the year 2262");
              }
            });
  }

  /** A length of time such as {@code 1.5s} or {@code 250us}, in nanoseconds. */
  static Optional<Long> duration(Params params, String name) {
    return params
        .text(name)
        .map(
            text -> {
              try {
                return GoDuration.parse(text);
              } catch (IllegalArgumentException e) {
                throw Params.bad(name, text, "a length of time such as 1.5s or 250us");
              }
            });
  }

  static TraceId traceId(String name, String text) {
    try {
      return TraceId.parse(text);
    } catch (IllegalArgumentException e) {
      throw Params.bad(name, text, "1 to 32 hexadecimal digits");
    }
  }
}
