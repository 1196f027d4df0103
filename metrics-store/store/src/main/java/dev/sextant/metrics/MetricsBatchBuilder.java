package dev.sextant.metrics;

import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.MetricsBatch.TargetSamples;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.NativeHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects samples in any order into a {@link MetricsBatch}: grouped by target and series in the
 * order they came, times sorted and shared. Of two samples of one series at one time the first
 * stays, as in the store. For one thread and one batch.
 */
public final class MetricsBatchBuilder {
  private final String tenant;
  private final Map<Labels, Map<Labels, SeriesRows>> targets = new LinkedHashMap<>();
  private final Set<Metadata> metadata = new LinkedHashSet<>();
  private MetricsBatch.@Nullable Derived derived;
  private int samples;

  public MetricsBatchBuilder(String tenant) {
    this.tenant = tenant;
  }

  /**
   * @param target {@code job} and {@code instance} of the series, or whatever of it samples share
   *     their times by
   * @param timestampMillis since the epoch
   * @param startMillis when the series began counting, in milliseconds since the epoch; 0 where
   *     unknown
   */
  public MetricsBatchBuilder add(
      Labels target, Labels labels, long timestampMillis, double value, long startMillis) {
    return add(target, labels, timestampMillis, value, null, startMillis);
  }

  public MetricsBatchBuilder add(Labels target, Labels labels, long timestampMillis, double value) {
    return add(target, labels, timestampMillis, value, 0);
  }

  public MetricsBatchBuilder add(
      Labels target,
      Labels labels,
      long timestampMillis,
      NativeHistogram histogram,
      long startMillis) {
    return add(target, labels, timestampMillis, 0, histogram, startMillis);
  }

  /** Adds a native histogram, or where that is null a float. */
  public MetricsBatchBuilder add(
      Labels target,
      Labels labels,
      long timestampMillis,
      double value,
      @Nullable NativeHistogram histogram,
      long startMillis) {
    rows(target, labels).add(timestampMillis, value, histogram, startMillis);
    samples++;
    return this;
  }

  /** Names a series, so that it is in the batch even without a sample. */
  public MetricsBatchBuilder series(Labels target, Labels labels) {
    rows(target, labels);
    return this;
  }

  /** Adds an exemplar to a series, which need not have a sample here. */
  public MetricsBatchBuilder exemplar(Labels target, Labels labels, Exemplar exemplar) {
    rows(target, labels).exemplars.add(exemplar);
    return this;
  }

  public MetricsBatchBuilder metadata(Metadata entry) {
    metadata.add(entry);
    return this;
  }

  public MetricsBatchBuilder derived(MetricsBatch.Derived position) {
    derived = position;
    return this;
  }

  /** Samples added so far, repeated ones included. */
  public int samples() {
    return samples;
  }

  /** Whether there is nothing to write at all. */
  public boolean isEmpty() {
    return targets.isEmpty() && metadata.isEmpty() && derived == null;
  }

  public MetricsBatch build() {
    List<TargetSamples> built = new ArrayList<>(targets.size());
    targets.forEach((target, series) -> built.add(target(target, series)));
    return new MetricsBatch(tenant, built, List.copyOf(metadata), derived);
  }

  private SeriesRows rows(Labels target, Labels labels) {
    return targets
        .computeIfAbsent(target, key -> new LinkedHashMap<>())
        .computeIfAbsent(labels, key -> new SeriesRows());
  }

  private static TargetSamples target(Labels target, Map<Labels, SeriesRows> series) {
    long[] times =
        series.values().stream()
            .flatMapToLong(rows -> Arrays.stream(rows.times, 0, rows.size))
            .sorted()
            .distinct()
            .toArray();
    List<SeriesSamples> built = new ArrayList<>(series.size());
    series.forEach((labels, rows) -> built.add(rows.build(labels, times)));
    return new TargetSamples(target, times, built);
  }

  /** Samples of one series as they came. */
  private static final class SeriesRows {
    private long[] times = new long[1];
    private double[] values = new double[1];
    private @Nullable NativeHistogram @Nullable [] histograms;
    private long @Nullable [] starts;
    private int size;
    private final List<Exemplar> exemplars = new ArrayList<>();

    void add(long time, double value, @Nullable NativeHistogram histogram, long start) {
      if (size == times.length) {
        grow(2 * size);
      }
      times[size] = time;
      values[size] = value;
      if (histogram != null) {
        histograms = histograms == null ? new NativeHistogram[times.length] : histograms;
        histograms[size] = histogram;
      }
      if (start != 0) {
        starts = starts == null ? new long[times.length] : starts;
        starts[size] = start;
      }
      size++;
    }

    private void grow(int capacity) {
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
      histograms = histograms == null ? null : Arrays.copyOf(histograms, capacity);
      starts = starts == null ? null : Arrays.copyOf(starts, capacity);
    }

    SeriesSamples build(Labels labels, long[] allTimes) {
      int[] order = order();
      int[] index = new int[order.length];
      double[] sortedValues = new double[order.length];
      @Nullable NativeHistogram @Nullable [] sortedHistograms =
          histograms == null ? null : new NativeHistogram[order.length];
      long[] sortedStarts = starts == null ? null : new long[order.length];
      for (int i = 0; i < order.length; i++) {
        int row = order[i];
        index[i] = Arrays.binarySearch(allTimes, times[row]);
        sortedValues[i] = values[row];
        if (histograms != null && sortedHistograms != null) {
          sortedHistograms[i] = histograms[row];
        }
        if (starts != null && sortedStarts != null) {
          sortedStarts[i] = starts[row];
        }
      }
      return new SeriesSamples(
          labels, index, sortedValues, sortedHistograms, sortedStarts, exemplars);
    }

    /** Rows by time, of each time the first. */
    private int[] order() {
      Integer[] rows = new Integer[size];
      Arrays.setAll(rows, i -> i);
      Arrays.sort(rows, Comparator.comparingLong(row -> times[row]));
      int[] kept = new int[size];
      int count = 0;
      for (int row : rows) {
        if (count == 0 || times[kept[count - 1]] != times[row]) {
          kept[count++] = row;
        }
      }
      return Arrays.copyOf(kept, count);
    }
  }
}
