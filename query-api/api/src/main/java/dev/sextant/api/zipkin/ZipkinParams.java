package dev.sextant.api.zipkin;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.tempo.TempoLimits;
import java.util.Optional;
import java.util.Set;

/** Parameters as Zipkin reads them; what it does not know is refused. */
final class ZipkinParams {
  static final int DEFAULT_LIMIT = 10;
  private static final long DAY_MILLIS = 86_400_000;
  private static final long NANOS = 1_000_000;

  /** The latest millisecond that nanoseconds of 64 bits can say: in the year 2262. */
  private static final long LATEST = Long.MAX_VALUE / NANOS - 1;

  private ZipkinParams() {}

  /** Refuses parameters that have no meaning here: a filter that is ignored gives wrong answers. */
  static void only(Params params, Set<String> known) {
    for (String name : params.names()) {
      if (!known.contains(name)) {
        throw ApiException.badRequest(
            "parameter '" + Params.shown(name) + "' is unknown; known are " + sorted(known));
      }
    }
  }

  private static String sorted(Set<String> known) {
    return String.join(", ", known.stream().sorted().toList());
  }

  /** A whole number above 0; empty where absent. */
  static Optional<Long> positive(Params params, String name) {
    return params
        .text(name)
        .map(
            text -> {
              if (text.matches("\\d{1,19}")) {
                try {
                  long value = Long.parseLong(text);
                  if (value > 0) {
                    return value;
                  }
                } catch (NumberFormatException e) {
                  throw bad(name, text);
                }
              }
              throw bad(name, text);
            });
  }

  private static ApiException bad(String name, String text) {
    return Params.bad(name, text, "a whole number above 0");
  }

  /** How many traces, at most. */
  static int limit(Params params, TempoLimits limits) {
    long limit = positive(params, "limit").orElse((long) DEFAULT_LIMIT);
    if (limit > limits.maxTraces()) {
      throw Params.bad(
          "limit",
          Long.toString(limit),
          "at most " + limits.maxTraces() + "; raise traces.query.max-traces");
    }
    return (int) limit;
  }

  /**
   * The time that {@code endTs} and {@code lookback} name in milliseconds: the day before now where
   * they are absent.
   *
   * @param fromNanos since the epoch, inclusive, and {@code toNanos} so too
   */
  record Range(long fromNanos, long toNanos) {
    /** Everything that is kept. */
    static final Range ALL = new Range(0, Long.MAX_VALUE);

    static Range of(Params params, TempoLimits limits) {
      long end = positive(params, "endTs").orElseGet(params::nowMillis);
      long lookback = positive(params, "lookback").orElse(DAY_MILLIS);
      if (end > LATEST) {
        throw Params.bad("endTs", Long.toString(end), "milliseconds before the year 2262");
      }
      long from = Math.max(0, end - lookback);
      if (end - from > limits.maxSearchRange().toMillis() && from > 0) {
        throw Params.bad(
            "lookback",
            Long.toString(lookback),
            "at most "
                + limits.maxSearchRange().toMillis()
                + " milliseconds; raise traces.query.max-search-range");
      }
      return new Range(from * NANOS, end * NANOS + NANOS - 1);
    }
  }
}
