package dev.sextant.api.prometheus;

import dev.sextant.metrics.model.Labels;
import java.util.List;
import java.util.Map;

/** Scrape targets as they stand now; the server implements it over the scraper. Thread-safe. */
public interface TargetSource {
  /** Without any target. */
  TargetSource NONE =
      new TargetSource() {
        @Override
        public List<String> pools() {
          return List.of();
        }

        @Override
        public List<Active> active() {
          return List.of();
        }

        @Override
        public List<Dropped> dropped() {
          return List.of();
        }
      };

  /** Names of all scrape configurations, also of those without targets. */
  List<String> pools();

  /**
   * A target.
   *
   * @param labels after relabeling
   * @param discovered labels before relabeling
   * @param health {@code up}, {@code down} or {@code unknown}
   * @param lastError empty after a good scrape
   * @param lastScrapeMillis since the epoch; 0 before the first
   */
  record Active(
      String pool,
      String url,
      Labels labels,
      Map<String, String> discovered,
      String health,
      String lastError,
      long lastScrapeMillis,
      double lastDurationSeconds,
      long intervalMillis,
      long timeoutMillis) {}

  /** By pool, then by URL. */
  List<Active> active();

  /** What relabeling dropped. */
  record Dropped(String pool, Map<String, String> discovered) {}

  List<Dropped> dropped();
}
