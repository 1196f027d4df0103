package dev.sextant.benchmarks.ingest;

/**
 * Samples of 40 targets with 500 series each, every 15 seconds: half counters that go up by whole
 * numbers, a quarter gauges of bytes, a quarter ratios with few decimals. Times begin 23 hours ago,
 * so that a run may be faster than the clock. Senders that share the requests evenly keep a
 * target's requests to one of them.
 */
final class TargetSamples {
  static final int TARGETS = 40;
  static final int SERIES = 500;
  private static final long STEP_MILLIS = 15_000;
  private static final long BEFORE_MILLIS = 23 * 3_600_000L;

  private final long startMillis = System.currentTimeMillis() - BEFORE_MILLIS;

  /** When the request with this number was scraped, in milliseconds since the epoch. */
  long timeMillis(long request) {
    long time = startMillis + request / TARGETS * STEP_MILLIS;
    if (time > System.currentTimeMillis()) {
      throw new IllegalStateException(
          "all samples of 23 hours are sent: measure for a shorter time");
    }
    return time;
  }

  int target(long request) {
    return (int) (request % TARGETS);
  }

  boolean counter(int series) {
    return series % 2 == 0;
  }

  double value(long request, int series) {
    long round = request / TARGETS;
    long noise = SpanTraffic.mix(round * SERIES + series + ((long) target(request) << 40)) >>> 40;
    if (counter(series)) {
      return round * (series + 10.0) + noise % (series + 10);
    }
    return series % 4 == 1 ? (1 << 28) + (noise & 0xfffff) * 512 : noise % 1000 / 1000.0;
  }

  String metric(int series) {
    String kind = counter(series) ? "_events_total" : series % 4 == 1 ? "_used_bytes" : "_ratio";
    return "shop_part" + series / 10 + kind;
  }

  String pool(int series) {
    return "pool-" + series % 10;
  }
}
