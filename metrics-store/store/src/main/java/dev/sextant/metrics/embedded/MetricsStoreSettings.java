package dev.sextant.metrics.embedded;

import java.time.Duration;

/**
 * Bounds of the embedded store, for each tenant unless said otherwise.
 *
 * @param maxSeries series that have samples since the last block was written ({@code
 *     metrics.limits.max-series})
 * @param maxExemplars exemplars kept, the oldest leave first ({@code metrics.limits.max-exemplars})
 * @param maxMetadata metric families whose metadata is kept ({@code metrics.limits.max-metadata})
 * @param retention age at which a day of samples is dropped ({@code metrics.retention})
 * @param headBytes heap of all tenants' heads above which their samples go to blocks ({@code
 *     metrics.head.bytes})
 * @param headSpan time between two such moments at most ({@code metrics.head.span})
 * @param maxBlockBytes size above which no blocks are merged, at most 1 GiB ({@code
 *     metrics.blocks.max-bytes})
 */
public record MetricsStoreSettings(
    int maxSeries,
    int maxExemplars,
    int maxMetadata,
    Duration retention,
    long headBytes,
    Duration headSpan,
    long maxBlockBytes) {

  public static final MetricsStoreSettings DEFAULT =
      new MetricsStoreSettings(
          1_000_000,
          100_000,
          20_000,
          Duration.ofDays(15),
          256L << 20,
          Duration.ofHours(2),
          128L << 20);

  public MetricsStoreSettings {
    positive(maxSeries, "metrics.limits.max-series");
    positive(maxMetadata, "metrics.limits.max-metadata");
    positive(retention.toMillis(), "metrics.retention");
    positive(headBytes, "metrics.head.bytes");
    positive(headSpan.toMillis(), "metrics.head.span");
    if (maxExemplars < 0) {
      throw new IllegalArgumentException(
          "metrics.limits.max-exemplars is " + maxExemplars + ", less than 0");
    }
    if (maxBlockBytes <= 0 || maxBlockBytes > 1L << 30) {
      throw new IllegalArgumentException(
          "metrics.blocks.max-bytes is " + maxBlockBytes + ", not between 1 and " + (1L << 30));
    }
  }

  private static void positive(long value, String setting) {
    if (value <= 0) {
      throw new IllegalArgumentException(setting + " is " + value + ", it must be positive");
    }
  }

  public MetricsStoreSettings withMaxSeries(int limit) {
    return new MetricsStoreSettings(
        limit, maxExemplars, maxMetadata, retention, headBytes, headSpan, maxBlockBytes);
  }

  public MetricsStoreSettings withMaxExemplars(int limit) {
    return new MetricsStoreSettings(
        maxSeries, limit, maxMetadata, retention, headBytes, headSpan, maxBlockBytes);
  }

  public MetricsStoreSettings withRetention(Duration age) {
    return new MetricsStoreSettings(
        maxSeries, maxExemplars, maxMetadata, age, headBytes, headSpan, maxBlockBytes);
  }

  public MetricsStoreSettings withHead(long bytes, Duration span) {
    return new MetricsStoreSettings(
        maxSeries, maxExemplars, maxMetadata, retention, bytes, span, maxBlockBytes);
  }
}
