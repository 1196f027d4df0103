package dev.sextant.alerting.yaml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as Prometheus' files write them: {@code 1h30m}, units y w d h m s ms. */
public final class PromDuration {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?"
              + "(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };

  private PromDuration() {}

  /** Null where the text is none. */
  public static @Nullable Duration parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (text.isEmpty() || !parts.matches()) {
      return null;
    }
    long millis = 0;
    for (int i = 0; i < UNITS.length; i++) {
      if (parts.group(i + 1) != null) {
        millis += Long.parseLong(parts.group(i + 1)) * MILLIS[i];
      }
    }
    return Duration.ofMillis(millis);
  }

  /** Such as {@code 1h30m}; years and weeks only where nothing remains. */
  public static String text(Duration duration) {
    long rest = duration.toMillis();
    if (rest == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < UNITS.length; i++) {
      if (rest >= MILLIS[i] && (i > 1 || rest % MILLIS[i] == 0)) {
        out.append(rest / MILLIS[i]).append(UNITS[i]);
        rest %= MILLIS[i];
      }
    }
    return out.toString();
  }
}
