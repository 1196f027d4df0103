package dev.sextant.collector.otlp.metrics;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.HexFormat;
import java.util.TreeMap;

/** Reads OTLP's {@code Exemplar}; trace and span id become the labels Grafana looks for. */
final class Exemplars {
  private Exemplars() {}

  /** The exemplar that the reader stands on. */
  static Exemplar read(ProtoReader reader) {
    TreeMap<String, String> labels = new TreeMap<>();
    double value = 0;
    long nanos = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 2 -> nanos = reader.fixed64();
        case 3 -> value = reader.fixedDouble();
        case 4 -> id(reader, labels, "span_id");
        case 5 -> id(reader, labels, "trace_id");
        case 6 -> value = reader.fixed64();
        case 7 -> {
          Attributes.Entry entry = OtlpDecoder.keyValue(reader);
          PointLabels.put(labels, LabelNames.of(entry.key()), entry.value().asText());
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Exemplar(Labels.of(labels), value, Math.floorDiv(nanos, 1_000_000L));
  }

  private static void id(ProtoReader reader, TreeMap<String, String> labels, String name) {
    reader.delimited();
    if (reader.to() > reader.from()) {
      labels.put(name, HexFormat.of().formatHex(reader.bytes(), reader.from(), reader.to()));
    }
  }
}
