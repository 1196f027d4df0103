package dev.sextant.metrics;

import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.MetricsBatch.TargetSamples;
import dev.sextant.metrics.column.ByteWriter;
import dev.sextant.metrics.column.DoubleColumn;
import dev.sextant.metrics.column.LongColumn;
import dev.sextant.metrics.column.MixedColumn;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes one batch; the symbols it meets on the way are written in front of what refers to them.
 */
final class MetricsBatchWriter {
  /** Every time of the target is used, in order. */
  static final int ALL_TIMES = 1;

  static final int HISTOGRAMS = 2;
  static final int STARTS = 4;
  static final int EXEMPLARS = 8;

  private static final byte[] NO_BYTES = {};

  private final Map<String, Integer> symbols = new HashMap<>();
  private final List<String> inOrder = new ArrayList<>();
  private final ByteWriter body = new ByteWriter(1024);

  byte[] write(MetricsBatch batch) {
    body.varint(batch.targets().size());
    batch.targets().forEach(this::target);
    body.varint(batch.metadata().size());
    batch.metadata().forEach(this::metadata);

    ByteWriter out = new ByteWriter(body.size() + 64 + 24 * inOrder.size());
    out.u8(MetricsBatchCodec.VERSION);
    MetricsBatch.Derived derived = batch.derived();
    out.u8(derived == null ? 0 : 1);
    if (derived != null) {
      out.varint(derived.spanRow());
      out.varint(derived.oldestNeededRow());
      out.zigzag(derived.tickMillis());
    }
    out.varint(inOrder.size());
    inOrder.forEach(out::text);
    out.bytes(body.array(), 0, body.size());
    out.u32(out.crc32c(0));
    return out.toByteArray();
  }

  private void target(TargetSamples target) {
    labels(target.target());
    long[] times = target.times();
    for (int i = 1; i < times.length; i++) {
      if (times[i] <= times[i - 1]) {
        throw new IllegalArgumentException(
            "times of target " + target.target() + " are not ascending at " + i + ": " + times[i]);
      }
    }
    body.varint(times.length);
    LongColumn.write(body, times, times.length);
    body.varint(target.series().size());
    byte[] names = target.names() == null ? NO_BYTES : target.names().block();
    body.varint(names.length);
    body.bytes(names, 0, names.length);
    for (SeriesSamples series : target.series()) {
      if (names.length == 0) {
        labels(series.labels());
      }
      series(series, times.length);
    }
  }

  private void series(SeriesSamples series, int times) {
    int count = series.timeIndex().length;
    checkIndex(series, times);
    boolean mixed = hasHistograms(series);
    body.u8(
        (count == times ? ALL_TIMES : 0)
            | (mixed ? HISTOGRAMS : 0)
            | (series.startTimestamps() != null ? STARTS : 0)
            | (series.exemplars().isEmpty() ? 0 : EXEMPLARS));
    if (count != times) {
      body.varint(count);
      long[] index = new long[count];
      for (int i = 0; i < count; i++) {
        index[i] = series.timeIndex()[i];
      }
      LongColumn.write(body, index, count);
    }
    if (mixed && series.histograms() != null) {
      MixedColumn.write(body, series.values(), series.histograms(), count);
    } else {
      DoubleColumn.write(body, series.values(), count);
    }
    if (series.startTimestamps() != null) {
      LongColumn.write(body, series.startTimestamps(), count);
    }
    if (!series.exemplars().isEmpty()) {
      body.varint(series.exemplars().size());
      series.exemplars().forEach(this::exemplar);
    }
  }

  private static void checkIndex(SeriesSamples series, int times) {
    int last = -1;
    for (int index : series.timeIndex()) {
      if (index <= last || index >= times) {
        throw new IllegalArgumentException(
            "times of series "
                + series.labels()
                + " are not ascending or not among the target's "
                + times);
      }
      last = index;
    }
    if (series.values().length != series.timeIndex().length) {
      throw new IllegalArgumentException(
          "series "
              + series.labels()
              + " has "
              + series.timeIndex().length
              + " times for "
              + series.values().length
              + " values");
    }
  }

  private static boolean hasHistograms(SeriesSamples series) {
    return series.histograms() != null
        && Arrays.stream(series.histograms()).anyMatch(Objects::nonNull);
  }

  private void exemplar(Exemplar exemplar) {
    labels(exemplar.labels());
    body.f64(exemplar.value());
    body.zigzag(exemplar.timestampMillis());
  }

  private void metadata(Metadata metadata) {
    symbol(metadata.family());
    symbol(metadata.type());
    symbol(metadata.help());
    symbol(metadata.unit());
  }

  private void labels(Labels labels) {
    body.varint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      symbol(labels.name(i));
      symbol(labels.value(i));
    }
  }

  private void symbol(String text) {
    Integer known = symbols.get(text);
    if (known == null) {
      known = inOrder.size();
      symbols.put(text, known);
      inOrder.add(text);
    }
    body.varint(known);
  }
}
