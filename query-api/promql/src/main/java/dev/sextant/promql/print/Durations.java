package dev.sextant.promql.print;

/** Durations as Prometheus prints them. */
public final class Durations {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };

  private Durations() {}

  /** Such as {@code 1h30m}; years and weeks only where nothing remains. */
  public static String text(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder(millis < 0 ? "-" : "");
    long rest = Math.abs(millis);
    for (int i = 0; i < UNITS.length; i++) {
      boolean exactOnly = i < 2;
      if (exactOnly && rest % MILLIS[i] != 0) {
        continue;
      }
      long count = rest / MILLIS[i];
      if (count > 0) {
        out.append(count).append(UNITS[i]);
        rest -= count * MILLIS[i];
      }
    }
    return out.toString();
  }
}
