package dev.sextant.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.api.access.Access;
import dev.sextant.api.metric.MetricQueries;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.Annotation;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which names and labels have the most series among those of the last hours: what {@code
 * status/tsdb} shows. Counted over at most {@value #MOST} series; chunks are not counted, and 0.
 */
final class SeriesStatistics {
  /** Entries in each list unless asked for otherwise. */
  static final int SHOWN = 10;

  private static final int MOST = 200_000;
  private static final long SPAN_MILLIS = 2 * 3_600_000;

  private final long fromMillis;
  private final long toMillis;
  private final List<Labels> series;
  private final boolean cut;
  private final Map<String, Long> byMetric = new HashMap<>();
  private final Map<String, Set<String>> values = new HashMap<>();
  private final Map<String, Long> byPair = new HashMap<>();

  private SeriesStatistics(long fromMillis, long toMillis, List<Labels> found) {
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    this.cut = found.size() > MOST;
    this.series = cut ? found.subList(0, MOST) : found;
    for (Labels labels : series) {
      byMetric.merge(labels.get(Labels.NAME), 1L, Long::sum);
      for (int i = 0; i < labels.size(); i++) {
        values.computeIfAbsent(labels.name(i), name -> new HashSet<>()).add(labels.value(i));
        byPair.merge(labels.name(i) + "=" + labels.value(i), 1L, Long::sum);
      }
    }
  }

  static SeriesStatistics of(MetricQueries queries, Access access, long now) {
    List<Matcher> all = List.of(new Matcher(Matcher.Type.REGEX, Labels.NAME, ".+"));
    long from = now - SPAN_MILLIS;
    return new SeriesStatistics(
        from, now, queries.series(access, from, now, List.of(all), MOST + 1));
  }

  List<Annotation> warnings() {
    return cut
        ? List.of(new Annotation(true, "counted over the first " + MOST + " series only"))
        : List.of();
  }

  /** Lists hold at most {@code limit} entries, the greatest first. */
  void write(JsonGenerator json, int limit) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("headStats");
    json.writeNumberField("numSeries", series.size());
    json.writeNumberField("numLabelPairs", byPair.size());
    json.writeNumberField("chunkCount", 0);
    json.writeNumberField("minTime", fromMillis);
    json.writeNumberField("maxTime", toMillis);
    json.writeEndObject();
    top(json, "seriesCountByMetricName", byMetric, limit);
    Map<String, Long> counts = new TreeMap<>();
    Map<String, Long> bytes = new TreeMap<>();
    values.forEach(
        (name, set) -> {
          counts.put(name, (long) set.size());
          bytes.put(name, set.stream().mapToLong(String::length).sum());
        });
    top(json, "labelValueCountByLabelName", counts, limit);
    top(json, "memoryInBytesByLabelName", bytes, limit);
    top(json, "seriesCountByLabelValuePair", byPair, limit);
    json.writeEndObject();
  }

  private static void top(JsonGenerator json, String field, Map<String, Long> counts, int limit)
      throws IOException {
    json.writeArrayFieldStart(field);
    List<Map.Entry<String, Long>> sorted =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(limit)
            .toList();
    for (Map.Entry<String, Long> entry : sorted) {
      json.writeStartObject();
      json.writeStringField("name", entry.getKey());
      json.writeNumberField("value", entry.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
