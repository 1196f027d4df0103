package dev.sextant.metrics;

import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.storage.Store;

/** Keeps series and lets query engines read them. */
public interface MetricsStore extends Store<MetricsBatch> {
  /** A source over a tenant's series; sees every applied sample. Thread-safe. */
  SeriesSource query(String tenant);

  MetricsCapabilities capabilities();
}
