package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Checkpoint checkpoint = new Checkpoint(hints.checkpoint());
    Snapshot snapshot = snapshot(List.of(matchers), minMillis, maxMillis, checkpoint);
    List<SeriesEntry> entries = new ArrayList<>(snapshot.entries());
    if (hints.sorted()) {
      sort(entries, snapshot, checkpoint);
    }
    return new SelectedSeries(entries, minMillis, maxMillis, hints.limit(), snapshot::close);
  }

  private static void sort(List<SeriesEntry> entries, Snapshot snapshot, Checkpoint checkpoint) {
    try {
      entries.sort(
          (a, b) -> {
            checkpoint.step();
            return a.labels().compareTo(b.labels());
          });
    } catch (RuntimeException ended) {
      snapshot.close();
      throw ended;
    }
  }

  @Override
  public List<Labels> series(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    Least<Labels> found = new Least<>(limit);
    forEach(
        matchers,
        minMillis,
        maxMillis,
        entry -> {
          if (found.wants(entry.labels()) && entry.hasSamples(minMillis, maxMillis)) {
            found.add(entry.labels());
          }
        });
    return found.list();
  }

  @Override
  public List<String> labelNames(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    Least<String> found = new Least<>(limit);
    forEach(
        matchers,
        minMillis,
        maxMillis,
        entry -> {
          Labels labels = entry.labels();
          boolean wanted = false;
          for (int i = 0; i < labels.size(); i++) {
            wanted |= found.wants(labels.name(i));
          }
          if (wanted && entry.hasSamples(minMillis, maxMillis)) {
            labels.forEach((name, value) -> found.add(name));
          }
        });
    return found.list();
  }

  @Override
  public List<String> labelValues(
      String name, long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    Least<String> found = new Least<>(limit);
    forEach(
        matchers,
        minMillis,
        maxMillis,
        entry -> {
          String value = entry.labels().get(name);
          if (!value.isEmpty() && found.wants(value) && entry.hasSamples(minMillis, maxMillis)) {
            found.add(value);
          }
        });
    return found.list();
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

  private Snapshot snapshot(
      List<List<Matcher>> matchers, long minMillis, long maxMillis, Checkpoint checkpoint) {
    TenantSeries known = tenant.get();
    return known == null
        ? Snapshot.EMPTY
        : new SnapshotQuery(matchers, minMillis, maxMillis, checkpoint).run(known, view);
  }

  private void forEach(
      List<List<Matcher>> matchers, long minMillis, long maxMillis, Consumer<SeriesEntry> action) {
    List<List<Matcher>> lists = matchers.isEmpty() ? List.of(List.of()) : matchers;
    try (Snapshot snapshot = snapshot(lists, minMillis, maxMillis, Checkpoint.none())) {
      snapshot.entries().forEach(action);
    }
  }
}
