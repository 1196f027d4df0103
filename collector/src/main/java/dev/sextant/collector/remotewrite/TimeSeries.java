package dev.sextant.collector.remotewrite;

import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Names;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One {@code TimeSeries}: its labels are checked as a whole, its samples one by one. */
final class TimeSeries {
  private final EventWindow window;
  private final SeriesLimits limits;
  private final Rejections rejections;
  private final TreeMap<String, String> labels = new TreeMap<>();
  private final List<Value> samples = new ArrayList<>();
  private final List<HistogramSample> histograms = new ArrayList<>();
  private final List<Exemplar> exemplars = new ArrayList<>();
  private String lastName = "";
  private @Nullable String objection;

  private record Value(long timeMillis, double value) {}

  private record Label(String name, String value) {}

  TimeSeries(EventWindow window, SeriesLimits limits, Rejections rejections) {
    this.window = window;
    this.limits = limits;
    this.rejections = rejections;
  }

  /** Reads from the message's first field to its end. */
  TimeSeries read(ProtoReader reader) {
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> add(label(reader));
        case 2 -> samples.add(sample(reader));
        case 3 -> exemplars.add(exemplar(reader));
        case 4 -> {
          int outer = reader.enter();
          histograms.add(new HistogramSample().read(reader));
          reader.leave(outer);
        }
        default -> reader.skip();
      }
    }
    return this;
  }

  private static Label label(ProtoReader reader) {
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
    return new Label(name, value);
  }

  private void add(Label label) {
    String name = label.name();
    if (!Names.isLabelName(name)) {
      object("label name '" + shortened(name) + "' is not letters, digits and underscores");
    } else if (!lastName.isEmpty() && name.compareTo(lastName) <= 0) {
      object(
          name.equals(lastName)
              ? "label '" + name + "' stands twice"
              : "labels are not sorted: '" + shortened(name) + "' after '" + lastName + "'");
    }
    lastName = name;
    labels.put(name, label.value());
  }

  private static Value sample(ProtoReader reader) {
    double value = 0;
    long time = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> value = reader.fixedDouble();
        case 2 -> time = reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Value(time, value);
  }

  private static Exemplar exemplar(ProtoReader reader) {
    TreeMap<String, String> named = new TreeMap<>();
    double value = 0;
    long time = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> {
          Label label = label(reader);
          named.put(label.name(), label.value());
        }
        case 2 -> value = reader.fixedDouble();
        case 3 -> time = reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Exemplar(Labels.of(named), value, time);
  }

  void write(MetricsBatchBuilder batch) {
    checkLabels();
    Labels series = Labels.of(labels);
    if (objection != null) {
      rejections.add(
          Math.max(1, samples.size() + histograms.size()),
          "series " + shortened(series.toString()) + ": " + objection);
      return;
    }
    Labels target = Labels.of("job", series.get("job"), "instance", series.get("instance"));
    for (Value sample : samples) {
      if (accepts(series, window.objection(sample.timeMillis()))) {
        batch.add(target, series, sample.timeMillis(), sample.value());
      }
    }
    for (HistogramSample each : histograms) {
      String why = each.objection(limits);
      if (accepts(series, why != null ? why : window.objection(each.timeMillis()))) {
        batch.add(target, series, each.timeMillis(), each.histogram(), 0);
      }
    }
    for (Exemplar exemplar : exemplars) {
      if (window.objection(exemplar.timestampMillis()) == null) {
        batch.exemplar(target, series, exemplar);
      }
    }
  }

  private void checkLabels() {
    if (!Names.isMetricName(labels.getOrDefault(Labels.NAME, ""))) {
      object("its metric name '" + shortened(labels.getOrDefault(Labels.NAME, "")) + "' is none");
    }
    String limit = limits.objection(labels);
    if (limit != null) {
      object(limit);
    }
  }

  private boolean accepts(Labels series, @Nullable String why) {
    if (why != null) {
      rejections.add("a sample of " + shortened(series.toString()) + " is rejected: " + why);
    }
    return why == null;
  }

  private void object(String why) {
    if (objection == null) {
      objection = why;
    }
  }

  private static String shortened(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
