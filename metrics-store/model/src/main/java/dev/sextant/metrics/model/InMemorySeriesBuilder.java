package dev.sextant.metrics.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an {@link InMemorySeries} holds, in any order. Of two samples of a series at one
 * time the first stays. May build several times, with more added in between.
 */
public final class InMemorySeriesBuilder {
  private record Sample(double value, @Nullable NativeHistogram histogram, long startMillis) {}

  private final TreeMap<Labels, TreeMap<Long, Sample>> series = new TreeMap<>();
  private final TreeMap<Labels, List<Exemplar>> exemplars = new TreeMap<>();
  private final TreeMap<String, List<Metadata>> metadata = new TreeMap<>();

  InMemorySeriesBuilder() {}

  /**
   * @param timestampMillis since the epoch
   */
  public InMemorySeriesBuilder add(Labels labels, long timestampMillis, double value) {
    return add(labels, timestampMillis, new Sample(value, null, 0));
  }

  /**
   * @param startMillis when the series began counting, in milliseconds since the epoch; 0 where
   *     unknown
   */
  public InMemorySeriesBuilder add(
      Labels labels, long timestampMillis, double value, long startMillis) {
    return add(labels, timestampMillis, new Sample(value, null, startMillis));
  }

  public InMemorySeriesBuilder add(Labels labels, long timestampMillis, NativeHistogram histogram) {
    return add(labels, timestampMillis, new Sample(0, histogram, 0));
  }

  public InMemorySeriesBuilder add(
      Labels labels, long timestampMillis, NativeHistogram histogram, long startMillis) {
    return add(labels, timestampMillis, new Sample(0, histogram, startMillis));
  }

  /** Marks the series as gone at a time. */
  public InMemorySeriesBuilder stale(Labels labels, long timestampMillis) {
    return add(labels, timestampMillis, Double.longBitsToDouble(NativeHistogram.STALE_BITS));
  }

  public InMemorySeriesBuilder exemplar(Labels labels, Exemplar exemplar) {
    exemplars.computeIfAbsent(labels, key -> new ArrayList<>()).add(exemplar);
    return this;
  }

  public InMemorySeriesBuilder metadata(Metadata entry) {
    List<Metadata> entries = metadata.computeIfAbsent(entry.family(), key -> new ArrayList<>());
    if (!entries.contains(entry)) {
      entries.add(entry);
    }
    return this;
  }

  private InMemorySeriesBuilder add(Labels labels, long timestampMillis, Sample sample) {
    series.computeIfAbsent(labels, key -> new TreeMap<>()).putIfAbsent(timestampMillis, sample);
    return this;
  }

  public InMemorySeries build() {
    TreeMap<Labels, SampleArray> arrays = new TreeMap<>();
    series.forEach((labels, samples) -> arrays.put(labels, array(samples)));
    TreeMap<Labels, List<Exemplar>> sorted = new TreeMap<>();
    exemplars.forEach(
        (labels, list) ->
            sorted.put(
                labels,
                list.stream()
                    .sorted(Comparator.comparingLong(Exemplar::timestampMillis))
                    .toList()));
    TreeMap<String, List<Metadata>> copies = new TreeMap<>();
    metadata.forEach((family, entries) -> copies.put(family, List.copyOf(entries)));
    return new InMemorySeries(arrays, sorted, copies);
  }

  private static SampleArray array(TreeMap<Long, Sample> samples) {
    int size = samples.size();
    long[] times = new long[size];
    double[] values = new double[size];
    NativeHistogram[] histograms = new NativeHistogram[size];
    long[] starts = new long[size];
    int i = 0;
    for (Map.Entry<Long, Sample> entry : samples.entrySet()) {
      times[i] = entry.getKey();
      values[i] = entry.getValue().value();
      histograms[i] = entry.getValue().histogram();
      starts[i++] = entry.getValue().startMillis();
    }
    return new SampleArray(size, times, values, histograms, starts);
  }
}
