package dev.sextant.promql.script;

import dev.sextant.metrics.model.InMemorySeriesBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramResets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the series of one {@code load} into the data. */
final class Loader {
  private final InMemorySeriesBuilder data;
  private final long stepMillis;
  private final boolean withCustomBuckets;
  private final Map<Labels, TreeMap<Long, ClassicHistogram>> classics = new TreeMap<>();
  private final Map<Labels, Loaded> loaded = new TreeMap<>();
  private List<Long> startOffsets;

  Loader(InMemorySeriesBuilder data, long stepMillis, boolean withCustomBuckets) {
    this.data = data;
    this.stepMillis = stepMillis;
    this.withCustomBuckets = withCustomBuckets;
  }

  void line(String line) {
    SeriesLine series = SeriesLine.parse(line);
    if (series.rest().startsWith("@st")) {
      startOffsets = new ArrayList<>();
      for (Point point : PointParser.parse(series.rest().substring(3))) {
        startOffsets.add(point.gap() ? null : Math.round(point.value() * 1000));
      }
      return;
    }
    loaded.put(series.labels(), new Loaded(PointParser.parse(series.rest()), startOffsets));
    startOffsets = null;
  }

  private record Loaded(List<Point> points, List<Long> startOffsets) {}

  private void put(Labels labels, List<Point> points, List<Long> starts) {
    NativeHistogram previous = null;
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      long time = i * stepMillis;
      Long offset = starts == null ? null : starts.get(i);
      long start = offset == null ? 0 : time + offset;
      if (!point.gap()) {
        NativeHistogram hinted =
            point.histogram() == null ? null : hinted(point.histogram(), previous);
        add(labels, time, hinted == null ? point : Point.of(hinted, false), start);
        previous = hinted;
      }
    }
  }

  /**
   * As a store hands histograms out: it knows of each that continues the one before; after a reset
   * it begins a new chunk, of whose first histogram nothing is known.
   */
  private static NativeHistogram hinted(NativeHistogram histogram, NativeHistogram previous) {
    boolean known = histogram.resetHint() == ResetHint.UNKNOWN && previous != null;
    return known && !HistogramResets.isReset(histogram, previous)
        ? HistogramMath.withHint(histogram, ResetHint.NO)
        : histogram;
  }

  private void add(Labels labels, long time, Point point, long start) {
    if (point.histogram() != null) {
      data.add(labels, time, point.histogram(), start);
      return;
    }
    data.add(labels, time, point.value(), start);
    if (!withCustomBuckets) {
      return;
    }
    String name = labels.metricName();
    for (String suffix : List.of("_bucket", "_count", "_sum")) {
      if (name.endsWith(suffix)) {
        Labels base =
            labels
                .with(Labels.NAME, name.substring(0, name.length() - suffix.length()))
                .without("le");
        classics
            .computeIfAbsent(base, key -> new TreeMap<>())
            .computeIfAbsent(time, key -> new ClassicHistogram())
            .add(suffix, labels.get("le"), point.value());
      }
    }
  }

  void finish() {
    loaded.forEach((labels, series) -> put(labels, series.points(), series.startOffsets()));
    classics.forEach(
        (labels, samples) ->
            samples.forEach((time, histogram) -> data.add(labels, time, histogram.convert())));
  }

  private static final class ClassicHistogram {
    private final TreeMap<Double, Double> buckets = new TreeMap<>();
    private double count = Double.NaN;
    private double sum;

    void add(String suffix, String bound, double value) {
      switch (suffix) {
        case "_count" -> count = value;
        case "_sum" -> sum = value;
        default -> {
          if (!bound.isEmpty()) {
            buckets.put(PointParser.number(bound), value);
          }
        }
      }
    }

    NativeHistogram convert() {
      List<Double> bounds = new ArrayList<>();
      List<Double> counts = new ArrayList<>();
      double before = 0;
      for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
        if (!Double.isInfinite(bucket.getKey())) {
          bounds.add(bucket.getKey());
        }
        counts.add(bucket.getValue() - before);
        before = bucket.getValue();
      }
      double total = Double.isNaN(count) ? before : count;
      if (!buckets.containsKey(Double.POSITIVE_INFINITY)) {
        counts.add(total - before);
      }
      return new NativeHistogram(
          NativeHistogram.CUSTOM_BUCKETS,
          0,
          0,
          total,
          sum,
          new int[] {0, counts.size()},
          counts.stream().mapToDouble(Double::doubleValue).toArray(),
          new int[0],
          new double[0],
          bounds.stream().mapToDouble(Double::doubleValue).toArray(),
          NativeHistogram.ResetHint.UNKNOWN);
    }
  }
}
