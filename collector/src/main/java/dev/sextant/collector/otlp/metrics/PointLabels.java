package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.collector.receive.Texts;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the attributes of one data point stand, and what labels they become. They stand in a row in
 * what senders write. Set again for each point; for one thread.
 */
final class PointLabels {
  private final TreeMap<String, String> labels = new TreeMap<>();
  private int field;
  private int messageFrom;
  private int messageTo;
  private int from;
  private int to;
  private boolean inARow;

  /**
   * @param reader before the point's first field
   * @param attributes number of the field that holds attributes
   */
  void begin(ProtoReader reader, int attributes) {
    field = attributes;
    messageFrom = reader.position();
    messageTo = reader.end();
    from = to = messageFrom;
    inARow = true;
  }

  /**
   * Passes over the {@code KeyValue} that the reader stands on.
   *
   * @param start first byte of its field
   */
  void pass(ProtoReader reader, int start) {
    reader.delimited();
    if (from == to) {
      from = start;
    } else {
      inARow &= start == to;
    }
    to = reader.to();
  }

  /** Whether the attributes are the bytes {@link #from} to {@link #to}. */
  boolean inARow() {
    return inARow;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Decodes the attributes of the point that was passed over last. */
  void decode(ProtoReader scan) {
    labels.clear();
    scan.reset(messageFrom, messageTo);
    while (scan.next()) {
      if (scan.field() != field) {
        scan.skip();
        continue;
      }
      Attributes.Entry entry = OtlpDecoder.keyValue(scan);
      String name = LabelNames.of(entry.key());
      if (!name.equals(Labels.NAME) && !name.isEmpty()) {
        put(labels, name, entry.value().asText());
      }
    }
  }

  /** Keys that become one name share its label, their values joined by semicolons. */
  static void put(Map<String, String> labels, String name, String value) {
    labels.merge(name, value, (before, after) -> before + ";" + after);
  }

  /** Why the decoded labels are not taken, or null. */
  @Nullable String objection(SeriesLimits limits) {
    return limits.objection(labels);
  }

  /**
   * A series' labels: the decoded ones, the target's, the name, and one more where {@code extra} is
   * one.
   */
  Labels series(Labels target, String name, String extra, String extraValue, Texts texts) {
    TreeMap<String, String> all = new TreeMap<>();
    labels.forEach((key, value) -> all.put(texts.shared(key), texts.shared(value)));
    target.forEach(all::put);
    all.put(Labels.NAME, texts.shared(name));
    if (!extra.isEmpty()) {
      all.put(extra, extraValue);
    }
    return Labels.of(all);
  }
}
