package dev.sextant.server.cli.query;

import dev.sextant.server.config.Span;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Times and lengths of time as people type them. */
final class Moment {
  private static final long[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400
  };

  private Moment() {}

  /**
   * Milliseconds since the epoch.
   *
   * @param text RFC 3339, seconds since the epoch, a length of time before now, or empty
   * @throws IllegalArgumentException naming the option
   */
  static long millis(String option, String text, long now, long absent) {
    if (text.isEmpty()) {
      return absent;
    }
    try {
      if (text.equals("now")) {
        return now;
      }
      if (text.matches("-?\\d{1,12}(\\.\\d{1,9})?")) {
        return Math.round(Double.parseDouble(text) * 1000);
      }
      return text.matches("-?\\d+[a-z].*")
          ? now - Span.parse(text.replaceFirst("^-", "")).millis()
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          option
              + " is '"
              + text
              + "'; write it as 2026-01-31T12:00:00Z, as seconds since the epoch, or as a length of"
              + " time before now such as 5m",
          e);
    }
  }

  /**
   * A length of time in milliseconds: a number of seconds, or such as {@code 1m30s}.
   *
   * @throws IllegalArgumentException naming the option
   */
  static long length(String option, String text) {
    try {
      long millis =
          text.matches("\\d{1,9}(\\.\\d{1,3})?")
              ? Math.round(Double.parseDouble(text) * 1000)
              : Span.parse(text).millis();
      if (millis > 0) {
        return millis;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          option + " is '" + text + "'; write it like 15s or 1m30s", e);
    }
    throw new IllegalArgumentException(option + " is '" + text + "'; it must be above 0");
  }

  /** A round step that gives about a hundred points, in milliseconds. */
  static long step(long spanMillis) {
    for (long step : STEPS) {
      if (spanMillis / (step * 1000) <= 120) {
        return step * 1000;
      }
    }
    return Math.ceilDiv(spanMillis, 120L);
  }
}
