package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one tenant of the embedded store. Each call sees what was applied when it began, whole
 * batches only.
 */
final class EmbeddedSeriesSource implements SeriesSource {
  private final Supplier<@Nullable TenantSeries> tenant;
  private final ReentrantLock view;

  /**
   * @param tenant what is known of it when it is asked, null before its first sample
   * @param view guards what the tenant holds
   */
  EmbeddedSeriesSource(Supplier<@Nullable TenantSeries> tenant, ReentrantLock view) {
    this.tenant = tenant;
    this.view = view;
  }

  @Override
  public SeriesSet select(long minMillis, long maxMillis, List<Matcher> matchers, Hints hints) {
    Snapshot snapshot = snapshot(List.of(matchers), minMillis, maxMillis);
    List<SeriesEntry> entries = new ArrayList<>(snapshot.entries());
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
    TenantSeries known = tenant.get();
    view.lock();
    try {
      return known == null ? Map.of() : known.exemplars().select(minMillis, maxMillis, matchers);
    } finally {
      view.unlock();
    }
  }

  @Override
  public Map<String, List<Metadata>> metadata(String family, int limit) {
    TenantSeries known = tenant.get();
    view.lock();
    try {
      return known == null ? Map.of() : known.metadata().select(family, limit);
    } finally {
      view.unlock();
    }
  }

  private Snapshot snapshot(List<List<Matcher>> matchers, long minMillis, long maxMillis) {
    TenantSeries known = tenant.get();
    return known == null
        ? Snapshot.EMPTY
        : new SnapshotQuery(matchers, minMillis, maxMillis).run(known, view);
  }

  private void forEach(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, Consumer<Labels> action) {
    List<List<Matcher>> lists = matchers.isEmpty() ? List.of(List.of()) : matchers;
    try (Snapshot snapshot = snapshot(lists, minMillis, maxMillis)) {
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
