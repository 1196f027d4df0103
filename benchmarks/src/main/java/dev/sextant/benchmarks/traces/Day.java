package dev.sextant.benchmarks.traces;

import java.time.Instant;

/**
 * When traces begin: ten million spans take a day from midnight on but for its last ten minutes,
 * fewer as much less, so that traffic is always as dense. It swells and ebbs once over that time.
 *
 * @param startMillis midnight UTC, since the epoch
 * @param traces how many there are
 */
record Day(long startMillis, long traces) {
  static final long SPANS_A_DAY = 10_000_000;

  /** The mean of spans in a trace. */
  static final int MEAN = 10;

  private static final long DAY_MILLIS = 86_400_000;
  private static final long LAST_MILLIS = 600_000;

  static Day of(long spans) {
    return new Day(Instant.parse("2026-03-10T00:00:00Z").toEpochMilli(), Math.max(1, spans / MEAN));
  }

  /** How long traces go on beginning. */
  long nanos() {
    double part = traces * (double) MEAN / SPANS_A_DAY;
    return (long) ((DAY_MILLIS - LAST_MILLIS) * 1e6 * part);
  }

  /**
   * When a trace begins, in nanoseconds since the epoch; grows with its number. Those that are
   * numbered on from the last begin after midnight, ten minutes apart.
   */
  long startNanos(long trace, double jitter) {
    if (trace >= traces) {
      return (midnightMillis() + (trace - traces + 1) * LAST_MILLIS) * 1_000_000;
    }
    double part = (trace + jitter) / traces;
    double at = part - 0.08 * Math.sin(2 * Math.PI * part);
    return startMillis * 1_000_000 + (long) (nanos() * at);
  }

  /** What part of the day has gone at a time, 0 to 1 and a little more. */
  double part(long atNanos) {
    return (atNanos - startMillis * 1_000_000) / (double) nanos();
  }

  /** Midnight after it, in milliseconds since the epoch. */
  long midnightMillis() {
    return startMillis + DAY_MILLIS;
  }
}
