package dev.sextant.collector.scrape;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and sizes as Prometheus writes them. */
final class Units {
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?"
              + "(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final long[] MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1
  };
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KMGTP]?)I?B");

  private Units() {}

  /** Null where the text is none. */
  static @Nullable Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return text.equals("0") ? Duration.ZERO : null;
    }
    long millis = 0;
    for (int i = 0; i < MILLIS.length; i++) {
      if (matcher.group(i + 1) != null) {
        millis += Long.parseLong(matcher.group(i + 1)) * MILLIS[i];
      }
    }
    return Duration.ofMillis(millis);
  }

  /** In bytes, units being powers of 1024; −1 where the text is none. */
  static long size(String text) {
    if (text.equals("0")) {
      return 0;
    }
    Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      return -1;
    }
    int power = matcher.group(2).isEmpty() ? 0 : "KMGTP".indexOf(matcher.group(2)) + 1;
    long factor = 1L << (10 * power);
    long number = Long.parseLong(matcher.group(1));
    return number > Long.MAX_VALUE / factor ? -1 : number * factor;
  }
}
