package dev.sextant.collector.remotewrite;

import dev.sextant.collector.receive.Names;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.collector.receive.Texts;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the labels of one {@code TimeSeries} and says what is wrong with them. For one thread.
 */
final class LabelSection {
  private final SeriesLimits limits;
  private final Texts texts;
  private final TreeMap<String, String> labels = new TreeMap<>();
  private Labels target = Labels.EMPTY;
  private String lastName = "";
  private @Nullable String objection;

  LabelSection(SeriesLimits limits, Texts texts) {
    this.limits = limits;
    this.texts = texts;
  }

  /** Reads the labels among a message's fields, to its end. */
  LabelSection read(ProtoReader reader) {
    labels.clear();
    lastName = "";
    objection = null;
    while (reader.next()) {
      if (reader.field() == 1) {
        add(reader);
      } else {
        reader.skip();
      }
    }
    checkAll();
    return this;
  }

  /** The {@code Label} that a reader stands on, put into {@code into}; returns its name. */
  static String label(ProtoReader reader, Texts texts, TreeMap<String, String> into) {
    String name = "";
    String value = "";
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> name = reader.string();
        case 2 -> value = reader.string();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    into.put(texts.shared(name), texts.shared(value));
    return name;
  }

  private void add(ProtoReader reader) {
    String name = label(reader, texts, labels);
    if (!Names.isLabelName(name)) {
      object(
          "label name '" + Rejections.shortened(name) + "' is not letters, digits and underscores");
    } else if (!lastName.isEmpty() && name.compareTo(lastName) <= 0) {
      object(
          name.equals(lastName)
              ? "label '" + name + "' stands twice"
              : "labels are not sorted: '"
                  + Rejections.shortened(name)
                  + "' after '"
                  + lastName
                  + "'");
    }
    lastName = name;
  }

  private void checkAll() {
    String name = labels.getOrDefault(Labels.NAME, "");
    if (!Names.isMetricName(name)) {
      object("its metric name '" + Rejections.shortened(name) + "' is none");
    }
    String limit = limits.objection(labels);
    if (limit != null) {
      object(limit);
    }
  }

  private void object(String why) {
    if (objection == null) {
      objection = why;
    }
  }

  /** Why the labels are not taken, or null. */
  @Nullable String objection() {
    return objection;
  }

  Labels labels() {
    return Labels.of(labels);
  }

  /** What {@link #objection} found nothing against; neighbours share their target. */
  SeriesName name() {
    Labels series = labels();
    if (!target.get("job").equals(series.get("job"))
        || !target.get("instance").equals(series.get("instance"))) {
      target = Labels.of("job", series.get("job"), "instance", series.get("instance"));
    }
    return new SeriesName(target, series);
  }
}
