package dev.sextant.collector.scrape;

import dev.sextant.metrics.model.Labels;
import java.util.List;
import java.util.Map;

/** What others may see of the scraper: its targets as they stand now. Thread-safe. */
public interface Targets {
  /** By pool, then by URL. */
  List<Status> active();

  /** Discovered labels of targets that relabeling dropped, by pool. */
  List<Dropped> dropped();

  /** In Prometheus' words, in lower case. */
  enum Health {
    UNKNOWN,
    UP,
    DOWN
  }

  /**
   * A target.
   *
   * @param pool the {@code job_name} of its configuration
   * @param labels after relabeling
   * @param discovered labels before relabeling
   * @param lastError empty after a good scrape
   * @param lastScrapeMillis start of the last scrape, since the epoch; 0 before the first
   */
  record Status(
      String pool,
      String url,
      Labels labels,
      Map<String, String> discovered,
      Health health,
      String lastError,
      long lastScrapeMillis,
      double lastDurationSeconds,
      long intervalMillis,
      long timeoutMillis) {}

  record Dropped(String pool, Map<String, String> discovered) {}
}
