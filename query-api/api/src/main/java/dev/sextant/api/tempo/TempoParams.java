package dev.sextant.api.tempo;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parameters as Tempo reads them, with its words about wrong ones, which are Go's. */
final class TempoParams {
  private static final Pattern UNSIGNED = Pattern.compile("\\d{1,100}");
  private static final Pattern SIGNED = Pattern.compile("[+-]?\\d{1,100}");

  private TempoParams() {}

  /** A number of 32 bits that {@code strconv.ParseUint} reads. */
  static Optional<Long> uint32(Params params, String name) {
    return params
        .text(name)
        .map(text -> number(name, "ParseUint", text, UNSIGNED, 0, (1L << 32) - 1));
  }

  /**
   * A time in seconds that {@code strconv.ParseInt} reads with 32 bits; one before the epoch is
   * refused.
   */
  static Optional<Long> int32(Params params, String name) {
    return params
        .text(name)
        .map(text -> number(name, "ParseInt", text, SIGNED, 0, Integer.MAX_VALUE));
  }

  private static long number(
      String name, String function, String text, Pattern form, long min, long max) {
    if (!form.matcher(text).matches()) {
      throw invalid(name, function, text, "invalid syntax");
    }
    BigDecimal value = new BigDecimal(text);
    if (value.compareTo(BigDecimal.valueOf(min)) < 0
        || value.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw invalid(name, function, text, "value out of range");
    }
    return value.longValueExact();
  }

  private static ApiException invalid(String name, String function, String text, String reason) {
    return invalid(
        name,
        "strconv." + function + ": parsing " + GoText.quote(Params.shown(text)) + ": " + reason);
  }

  static ApiException invalid(String name, String reason) {
    return ApiException.badRequest("invalid " + name + ": " + reason);
  }

  /** A switch: {@code strconv.ParseBool}'s words; false where absent. */
  static boolean flag(Params params, String name) {
    return params
        .text(name)
        .map(
            text ->
                switch (text) {
                  case "1", "t", "T", "true", "TRUE", "True" -> true;
                  case "0", "f", "F", "false", "FALSE", "False" -> false;
                  default -> throw invalid(name, "ParseBool", text, "invalid syntax");
                })
        .orElse(false);
  }

  /** A whole number that may be negative; {@code absent} where it is. */
  static int whole(Params params, String name, int absent) {
    return params
        .text(name)
        .map(text -> (int) number(name, "Atoi", text, SIGNED, Integer.MIN_VALUE, Integer.MAX_VALUE))
        .orElse(absent);
  }

  /**
   * {@code start} and {@code end} in seconds, 0 where absent; where one is given, start is first.
   */
  record Seconds(long start, long end) {
    static Seconds checked(long start, long end) {
      if ((start != 0 || end != 0) && end <= start) {
        throw ApiException.badRequest(
            "http parameter start must be before end. received start=%d end=%d"
                .formatted(start, end));
      }
      return new Seconds(start, end);
    }
  }
}
