package dev.sextant.server;

import dev.sextant.api.prometheus.TargetSource;
import dev.sextant.collector.scrape.Targets;
import java.util.List;
import java.util.Locale;

/** The collector's scrape targets as Prometheus' API asks for them. */
record ScrapeTargets(List<String> pools, Targets targets) implements TargetSource {
  @Override
  public List<Active> active() {
    return targets.active().stream()
        .map(
            target ->
                new Active(
                    target.pool(),
                    target.url(),
                    target.labels(),
                    target.discovered(),
                    target.health().name().toLowerCase(Locale.ROOT),
                    target.lastError(),
                    target.lastScrapeMillis(),
                    target.lastDurationSeconds(),
                    target.intervalMillis(),
                    target.timeoutMillis()))
        .toList();
  }

  @Override
  public List<Dropped> dropped() {
    return targets.dropped().stream()
        .map(target -> new Dropped(target.pool(), target.discovered()))
        .toList();
  }
}
