package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.script.ScriptStore.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Classic histograms as native ones with custom buckets. */
final class ClassicHistograms {
  private static final List<String> SUFFIXES = List.of("_bucket", "_count", "_sum");

  private ClassicHistograms() {}

  /** Of all {@code _bucket}, {@code _count} and {@code _sum} series, one under the base name. */
  static Map<Labels, List<Sample>> convert(Map<Labels, List<Sample>> series) {
    Map<Labels, TreeMap<Long, Parts>> found = new TreeMap<>();
    series.forEach(
        (labels, samples) -> {
          String name = labels.metricName();
          for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix)) {
              String base = name.substring(0, name.length() - suffix.length());
              Map<Long, Parts> parts =
                  found.computeIfAbsent(
                      labels.with(Labels.NAME, base).without("le"), key -> new TreeMap<>());
              for (Sample sample : samples) {
                parts
                    .computeIfAbsent(sample.timeMillis(), key -> new Parts())
                    .add(suffix, labels.get("le"), sample.value());
              }
            }
          }
        });
    Map<Labels, List<Sample>> converted = new TreeMap<>();
    found.forEach(
        (labels, parts) -> {
          List<Sample> samples = new ArrayList<>();
          parts.forEach((time, part) -> samples.add(new Sample(time, 0, part.histogram(), 0)));
          converted.put(labels, samples);
        });
    return converted;
  }

  private static final class Parts {
    private final TreeMap<Double, Double> buckets = new TreeMap<>();
    private double count = Double.NaN;
    private double sum;

    void add(String suffix, String bound, double value) {
      switch (suffix) {
        case "_count" -> count = value;
        case "_sum" -> sum = value;
        default -> {
          if (!bound.isEmpty()) {
            buckets.put(ScriptNumbers.number(bound), value);
          }
        }
      }
    }

    NativeHistogram histogram() {
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
          array(counts),
          new int[0],
          new double[0],
          array(bounds),
          NativeHistogram.ResetHint.UNKNOWN);
    }

    private static double[] array(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
