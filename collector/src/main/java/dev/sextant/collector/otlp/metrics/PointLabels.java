package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers the attributes of one data point as labels. */
final class PointLabels {
  private final TreeMap<String, String> labels = new TreeMap<>();

  /** Takes the {@code KeyValue} that the reader stands on. */
  void read(ProtoReader reader) {
    Attributes.Entry entry = OtlpDecoder.keyValue(reader);
    String name = LabelNames.of(entry.key());
    if (!name.equals(Labels.NAME) && !name.isEmpty()) {
      put(labels, name, entry.value().asText());
    }
  }

  /** Keys that become one name share its label, their values joined by semicolons. */
  static void put(Map<String, String> labels, String name, String value) {
    labels.merge(name, value, (before, after) -> before + ";" + after);
  }

  /** Why these labels are not taken, or null. */
  @Nullable String objection(SeriesLimits limits) {
    return limits.objection(labels);
  }

  /** A series' labels: these, the target's, the name, and one more where {@code extra} is one. */
  Labels series(Labels target, String name, String extra, String extraValue) {
    TreeMap<String, String> all = new TreeMap<>(labels);
    target.forEach(all::put);
    all.put(Labels.NAME, name);
    if (!extra.isEmpty()) {
      all.put(extra, extraValue);
    }
    return Labels.of(all);
  }
}
