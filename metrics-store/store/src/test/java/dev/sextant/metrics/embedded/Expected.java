package dev.sextant.metrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.SampleText;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.storage.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a store must hold, in plain maps, and the journal it must be able to catch up from. */
final class Expected {
  record Journaled(MetricsBatch batch, Position position) {}

  private final List<Journaled> journal = new ArrayList<>();
  private final Map<String, TreeMap<Labels, TreeMap<Long, String>>> tenants = new TreeMap<>();
  private final Map<String, TreeMap<Labels, TreeSet<String>>> exemplars = new TreeMap<>();
  private long end;

  Journaled append(MetricsBatch batch, long stampMillis) {
    Journaled record = new Journaled(batch, new Position(end, stampMillis));
    end += batch.rows();
    journal.add(record);
    take(batch);
    return record;
  }

  private void take(MetricsBatch batch) {
    TreeMap<Labels, TreeMap<Long, String>> series =
        tenants.computeIfAbsent(batch.tenant(), key -> new TreeMap<>());
    for (MetricsBatch.TargetSamples target : batch.targets()) {
      for (MetricsBatch.SeriesSamples each : target.series()) {
        for (int i = 0; i < each.timeIndex().length; i++) {
          series
              .computeIfAbsent(each.labels(), key -> new TreeMap<>())
              .putIfAbsent(target.times()[each.timeIndex()[i]], SampleText.of(each, i));
        }
        for (Exemplar exemplar : each.exemplars()) {
          exemplars
              .computeIfAbsent(batch.tenant(), key -> new TreeMap<>())
              .computeIfAbsent(each.labels(), key -> new TreeSet<>())
              .add(exemplar.toString());
        }
      }
    }
  }

  long end() {
    return end;
  }

  /** Brings a store everything from a row on, as a journal would after a start. */
  void replay(EmbeddedMetricsStore store, long fromRow) {
    for (Journaled record : journal) {
      if (record.position().row() + record.batch().rows() > fromRow) {
        store.apply(record.batch(), record.position());
      }
    }
  }

  /** Compares everything. */
  void check(EmbeddedMetricsStore store, String when) {
    tenants.forEach(
        (tenant, series) -> {
          SeriesSource source = store.query(tenant);
          assertThat(read(source, Long.MIN_VALUE, Long.MAX_VALUE, List.of()))
              .as(when)
              .isEqualTo(series);
          TreeMap<Labels, TreeSet<String>> found = new TreeMap<>();
          source
              .exemplars(Long.MIN_VALUE, Long.MAX_VALUE, List.of())
              .forEach(
                  (labels, list) ->
                      list.forEach(
                          each ->
                              found
                                  .computeIfAbsent(labels, key -> new TreeSet<>())
                                  .add(each.toString())));
          assertThat(found).as(when).isEqualTo(exemplars.getOrDefault(tenant, new TreeMap<>()));
        });
  }

  /** Compares one query with a walk over the maps. */
  void check(
      EmbeddedMetricsStore store, String tenant, long min, long max, List<Matcher> matchers) {
    TreeMap<Labels, TreeMap<Long, String>> wanted = new TreeMap<>();
    tenants
        .getOrDefault(tenant, new TreeMap<>())
        .forEach(
            (labels, samples) -> {
              TreeMap<Long, String> inside = new TreeMap<>(samples.subMap(min, true, max, true));
              if (!inside.isEmpty()
                  && matchers.stream().allMatch(matcher -> matcher.matches(labels))) {
                wanted.put(labels, inside);
              }
            });
    SeriesSource source = store.query(tenant);
    assertThat(read(source, min, max, matchers))
        .as("%d to %d of %s", min, max, matchers)
        .isEqualTo(wanted);
    assertThat(source.series(min, max, List.of(matchers), 0))
        .containsExactlyElementsOf(wanted.keySet());
    TreeSet<String> values = new TreeSet<>();
    wanted.keySet().forEach(labels -> values.add(labels.get("job")));
    values.remove("");
    assertThat(source.labelValues("job", min, max, List.of(matchers), 0))
        .containsExactlyElementsOf(values);
  }

  private static TreeMap<Labels, TreeMap<Long, String>> read(
      SeriesSource source, long min, long max, List<Matcher> matchers) {
    TreeMap<Labels, TreeMap<Long, String>> found = new TreeMap<>();
    SeriesSource.Hints sorted = new SeriesSource.Hints(0, 0, "", List.of(), false, true, 0);
    try (SeriesSet set = source.select(min, max, matchers, sorted)) {
      while (set.next()) {
        assertThat(found.isEmpty() || found.lastKey().compareTo(set.labels()) < 0).isTrue();
        TreeMap<Long, String> samples = new TreeMap<>();
        SampleCursor cursor = set.samples();
        for (var type = cursor.next(); type != SampleCursor.Type.NONE; type = cursor.next()) {
          assertThat(samples.isEmpty() || samples.lastKey() < cursor.timestampMillis()).isTrue();
          samples.put(cursor.timestampMillis(), SampleText.of(cursor, type));
        }
        found.put(set.labels(), samples);
      }
    }
    return found;
  }
}
