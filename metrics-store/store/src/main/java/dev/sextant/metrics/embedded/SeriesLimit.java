package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts samples of new series that a tenant's limit turned away, and tells of them at most once a
 * minute. Guarded by the store's lock.
 */
final class SeriesLimit {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesLimit.class);
  private static final long PAUSE_MILLIS = 60_000;

  /** Metric names counted apart between two messages. */
  private static final int MAX_NAMES = 1000;

  private final String tenant;
  private final int limit;
  private final Map<String, Integer> byMetric = new HashMap<>();
  private Labels lastDropped = Labels.EMPTY;
  private long untold;
  private long dropped;
  private long toldAt = Long.MIN_VALUE;
  private String message = "";

  SeriesLimit(String tenant, int limit) {
    this.tenant = tenant;
    this.limit = limit;
  }

  boolean reached(Head head) {
    return head.size() >= limit;
  }

  void drop(Labels series, int samples) {
    dropped += samples;
    untold += samples;
    lastDropped = series;
    if (byMetric.size() < MAX_NAMES || byMetric.containsKey(series.metricName())) {
      byMetric.merge(series.metricName(), samples, Integer::sum);
    }
  }

  /** Samples dropped since the store was opened. */
  long dropped() {
    return dropped;
  }

  /** The last message; empty where nothing was dropped. */
  String message() {
    return message;
  }

  void tell(Head head, long nowMillis) {
    if (untold == 0 || (toldAt != Long.MIN_VALUE && nowMillis - toldAt < PAUSE_MILLIS)) {
      return;
    }
    String metric =
        byMetric.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    message =
        "limit max-series ("
            + limit
            + ") reached for tenant "
            + tenant
            + ": "
            + untold
            + " samples of new series dropped, most of "
            + metric
            + "; raise metrics.limits.max-series or drop label "
            + widestLabel(head);
    LOG.warn(message);
    byMetric.clear();
    untold = 0;
    toldAt = nowMillis;
  }

  /** Of the last dropped series' labels the one with most values. */
  private String widestLabel(Head head) {
    String widest = "";
    for (int i = 0; i < lastDropped.size(); i++) {
      String name = lastDropped.name(i);
      if (!name.equals(Labels.NAME)
          && (widest.isEmpty() || head.valueCount(name) > head.valueCount(widest))) {
        widest = name;
      }
    }
    return widest;
  }
}
