package dev.sextant.api.http;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.storage.TimeRange;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request's parameters, from the path, the query string and a form body; every error names
 * parameter and value.
 */
public final class Params {
  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?)(ns|us|µs|ms|s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int LONGEST_SHOWN = 100;
  private static final long HOUR_MILLIS = 3_600_000;

  private final QueryParams query;
  private final Map<String, String> path;
  private final RequestHeaders headers;
  private final InstantSource clock;
  private final long beganNanos = System.nanoTime();

  Params(ServiceRequestContext ctx, QueryParams query, InstantSource clock) {
    this.query = query;
    this.path = ctx.pathParams();
    this.headers = ctx.request().headers();
    this.clock = clock;
  }

  /** A part of the path that the route names, percent-decoded. */
  public String path(String name) {
    return Optional.ofNullable(path.get(name))
        .orElseThrow(() -> new IllegalStateException("no path parameter " + name));
  }

  /** A header's first value; empty where it was not sent. */
  public String header(String name) {
    return headers.get(name, "");
  }

  /** The names of all parameters of the query string and the form body. */
  public Set<String> names() {
    return query.names();
  }

  /** The first value; empty where the parameter is absent or blank. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }

  public String required(String name) {
    return text(name)
        .orElseThrow(() -> ApiException.badRequest("parameter '" + name + "' is missing"));
  }

  /** All values that are not blank, in order. */
  public List<String> all(String name) {
    return query.getAll(name).stream().filter(value -> !value.isBlank()).toList();
  }

  public int integer(String name, int min, int max, int absent) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return absent;
    }
    if (WHOLE.matcher(text.get()).matches()) {
      long value = Long.parseLong(text.get());
      if (value >= min && value <= max) {
        return (int) value;
      }
    }
    throw bad(name, text.get(), "a whole number from " + min + " to " + max);
  }

  public Optional<Boolean> bool(String name) {
    return text(name)
        .map(
            value ->
                switch (value.toLowerCase(Locale.ROOT)) {
                  case "true", "1" -> true;
                  case "false", "0" -> false;
                  default -> throw bad(name, value, "true or false");
                });
  }

  /** A length of time such as {@code 250ms} or {@code 1.5s}, in nanoseconds. */
  public Optional<Long> durationNanos(String name) {
    return text(name)
        .map(
            value -> {
              Matcher form = DURATION.matcher(value);
              if (!form.matches()) {
                throw bad(name, value, "a length of time such as 250ms or 1.5s");
              }
              long unit =
                  switch (form.group(2)) {
                    case "ns" -> 1L;
                    case "us", "µs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 86_400_000_000_000L;
                  };
              BigDecimal nanos = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
              return nanos.min(LONGEST).longValue();
            });
  }

  /** {@code from} and {@code to}: by default the hour before now. */
  public TimeRange range() {
    long to = time("to").orElse(clock.millis());
    long from = time("from").orElse(to - HOUR_MILLIS);
    if (from > to) {
      throw ApiException.badRequest("'from' (" + from + ") lies after 'to' (" + to + ")");
    }
    try {
      return TimeRange.ofMillis(from, to);
    } catch (ArithmeticException e) {
      throw ApiException.badRequest("'from' and 'to' must lie between the years 1678 and 2262");
    }
  }

  /** An instant in milliseconds since the epoch, given so or as RFC 3339. */
  public Optional<Long> time(String name) {
    return text(name)
        .map(
            value -> {
              try {
                return value.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Long.parseLong(value)
                    : OffsetDateTime.parse(value).toInstant().toEpochMilli();
              } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
                throw bad(
                    name,
                    value,
                    "milliseconds since the epoch or RFC 3339 such as " + Instant.EPOCH);
              }
            });
  }

  /** How long ago the request was read, in milliseconds. */
  public long elapsedMillis() {
    return (System.nanoTime() - beganNanos) / 1_000_000;
  }

  public long nowMillis() {
    return clock.millis();
  }

  /**
   * The answer to what a store refused about a search: its only complaint about values is a page's
   * token. Without one it is a defect, and thrown on.
   */
  public ApiException badPage(IllegalArgumentException refused) {
    if (text("page").isEmpty()) {
      throw refused;
    }
    return ApiException.badRequest("parameter 'page': " + refused.getMessage());
  }

  /** A value as an error shows it, cut where it is long. */
  public static String shown(String value) {
    return value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…";
  }

  /** The error for a value that does not read as what is wanted. */
  public static ApiException bad(String name, String value, String wanted) {
    return ApiException.badRequest(
        "parameter '" + name + "' is '" + shown(value) + "'; it must be " + wanted);
  }
}
