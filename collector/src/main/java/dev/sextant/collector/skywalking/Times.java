package dev.sextant.collector.skywalking;

/** Milliseconds since 1970, which SkyWalking's times are, as OTLP's nanoseconds. */
final class Times {
  private static final long LAST = Long.MAX_VALUE / 1_000_000;

  private Times() {}

  /** What no time can be becomes 1970 or 2262, which no receiver takes. */
  static long nanos(long millis) {
    return Math.clamp(millis, 0, LAST) * 1_000_000;
  }
}
