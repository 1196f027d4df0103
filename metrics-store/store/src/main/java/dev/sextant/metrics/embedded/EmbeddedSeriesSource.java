package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads one tenant of the embedded store. Each call sees what was applied when it began, whole
 * batches only.
 */
final class EmbeddedSeriesSource implements SeriesSource {
  private final String tenant;
  private final EmbeddedMetricsStore store;

  EmbeddedSeriesSource(String tenant, EmbeddedMetricsStore store) {
    this.tenant = tenant;
    this.store = store;
  }

  @Override
  public SeriesSet select(long minMillis, long maxMillis, List<Matcher> matchers, Hints hints) {
    Snapshot snapshot = store.snapshot(tenant, List.of(matchers), minMillis, maxMillis);
    List<SeriesEntry> entries = snapshot.entries();
    if (hints.sorted()) {
      entries.sort(Comparator.comparing(SeriesEntry::labels));
    }
    return new SelectedSeries(entries, minMillis, maxMillis, snapshot::close);
  }

  @Override
  public List<Labels> series(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    TreeSet<Labels> found = new TreeSet<>();
    forEach(minMillis, maxMillis, matchers, found::add);
    return limited(found, limit);
  }

  @Override
  public List<String> labelNames(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    TreeSet<String> found = new TreeSet<>();
    forEach(
        minMillis, maxMillis, matchers, labels -> labels.forEach((name, value) -> found.add(name)));
    return limited(found, limit);
  }

  @Override
  public List<String> labelValues(
      String name, long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    TreeSet<String> found = new TreeSet<>();
    forEach(
        minMillis,
        maxMillis,
        matchers,
        labels -> {
          if (labels.has(name)) {
            found.add(labels.get(name));
          }
        });
    return limited(found, limit);
  }

  @Override
  public Map<Labels, List<Exemplar>> exemplars(
      long minMillis, long maxMillis, List<List<Matcher>> matchers) {
    return store.exemplars(tenant, minMillis, maxMillis, matchers);
  }

  @Override
  public Map<String, List<Metadata>> metadata(String family, int limit) {
    return store.metadata(tenant, family, limit);
  }

  private void forEach(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, Consumer<Labels> action) {
    List<List<Matcher>> lists = matchers.isEmpty() ? List.of(List.of()) : matchers;
    try (Snapshot snapshot = store.snapshot(tenant, lists, minMillis, maxMillis)) {
      for (SeriesEntry entry : snapshot.entries()) {
        if (entry.hasSamples(minMillis, maxMillis)) {
          action.accept(entry.labels());
        }
      }
    }
  }

  private static <T> List<T> limited(Collection<T> all, int limit) {
    return all.stream().limit(limit == 0 ? Long.MAX_VALUE : limit).toList();
  }
}
