package dev.sextant.collector.remotewrite;

import dev.sextant.collector.receive.EventTimes;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.collector.receive.Texts;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the {@code TimeSeries} of one request, one after the other: the labels of each are checked
 * as a whole, its samples one by one. Labels stand in a row in what senders write; where their
 * bytes are known, they are not decoded again. For one thread.
 */
final class TimeSeries {
  private final KnownBytes<SeriesName> known;
  private final KnownBytes.Probe probe = new KnownBytes.Probe();
  private final Texts texts;
  private final LabelSection section;
  private final ProtoReader scan;
  private final EventWindow window;
  private final EventTimes open;
  private final SeriesLimits limits;
  private final Rejections rejections;

  private final List<HistogramSample> histograms = new ArrayList<>();
  private final List<Exemplar> exemplars = new ArrayList<>();
  private long[] times = new long[4];
  private double[] values = new double[4];
  private int samples;
  private int labelsFrom;
  private int labelsTo;
  private boolean labelsInARow;

  /**
   * @param scan a second reader over the request's bytes
   */
  TimeSeries(
      KnownBytes<SeriesName> known,
      Texts texts,
      ProtoReader scan,
      EventWindow window,
      SeriesLimits limits,
      Rejections rejections) {
    this.known = known;
    this.texts = texts;
    this.section = new LabelSection(limits, texts);
    this.scan = scan;
    this.window = window;
    this.open = window.times();
    this.limits = limits;
    this.rejections = rejections;
  }

  /** Reads a message from its first field to its end, and adds what is good of it to a batch. */
  void take(ProtoReader reader, MetricsBatchBuilder batch) {
    int from = reader.position();
    int to = reader.end();
    read(reader);
    SeriesName name = name(reader.bytes(), from, to);
    if (name != null) {
      write(name, batch);
    }
  }

  private void read(ProtoReader reader) {
    samples = 0;
    histograms.clear();
    exemplars.clear();
    labelsFrom = labelsTo = reader.position();
    labelsInARow = true;
    for (int at = reader.position(); reader.next(); at = reader.position()) {
      switch (reader.field()) {
        case 1 -> {
          reader.delimited();
          labelsInARow &= at == labelsTo;
          labelsTo = reader.to();
        }
        case 2 -> sample(reader);
        case 3 -> exemplars.add(exemplar(reader));
        case 4 -> {
          int outer = reader.enter();
          histograms.add(new HistogramSample().read(reader));
          reader.leave(outer);
        }
        default -> reader.skip();
      }
    }
  }

  private void sample(ProtoReader reader) {
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
    if (samples == times.length) {
      times = Arrays.copyOf(times, 2 * samples);
      values = Arrays.copyOf(values, 2 * samples);
    }
    times[samples] = time;
    values[samples++] = value;
  }

  private Exemplar exemplar(ProtoReader reader) {
    TreeMap<String, String> named = new TreeMap<>();
    double value = 0;
    long time = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> LabelSection.label(reader, texts, named);
        case 2 -> value = reader.fixedDouble();
        case 3 -> time = reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Exemplar(Labels.of(named), value, time);
  }

  /** The series' name, or null where it is rejected. */
  private @Nullable SeriesName name(byte[] bytes, int from, int to) {
    if (labelsInARow) {
      SeriesName found = known.find(probe.set(bytes, labelsFrom, labelsTo));
      if (found != null) {
        return found;
      }
    }
    scan.reset(from, to);
    String objection = section.read(scan).objection();
    if (objection != null) {
      rejections.add(
          Math.max(1, samples + histograms.size()),
          "series " + Rejections.shortened(section.labels().toString()) + ": " + objection);
      return null;
    }
    SeriesName name = section.name();
    if (labelsInARow) {
      known.put(probe, name, Texts.bytes(name.labels()));
    }
    return name;
  }

  private void write(SeriesName name, MetricsBatchBuilder batch) {
    for (int i = 0; i < samples; i++) {
      if (accepts(name, times[i], null)) {
        batch.add(name.target(), name.labels(), times[i], values[i]);
      }
    }
    for (HistogramSample each : histograms) {
      if (accepts(name, each.timeMillis(), each.objection(limits))) {
        batch.add(name.target(), name.labels(), each.timeMillis(), each.histogram(), 0);
      }
    }
    for (Exemplar exemplar : exemplars) {
      if (timeObjection(exemplar.timestampMillis()) == null) {
        batch.exemplar(name.target(), name.labels(), exemplar);
      }
    }
  }

  private boolean accepts(SeriesName name, long timeMillis, @Nullable String objection) {
    String why = objection != null ? objection : timeObjection(timeMillis);
    if (why != null) {
      rejections.add(
          "a sample of " + Rejections.shortened(name.labels().toString()) + " is rejected: " + why);
    }
    return why == null;
  }

  private @Nullable String timeObjection(long timeMillis) {
    return open.contains(timeMillis) ? null : window.objection(timeMillis);
  }
}
