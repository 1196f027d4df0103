package dev.sextant.metrics;

import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples of one series as they came, until the batch is built. For one thread. */
final class SeriesRows {
  private final Labels labels;
  private long[] times = new long[1];
  private double[] values = new double[1];
  private @Nullable NativeHistogram @Nullable [] histograms;
  private long @Nullable [] starts;
  private int size;
  private @Nullable List<Exemplar> exemplars;

  SeriesRows(Labels labels) {
    this.labels = labels;
  }

  Labels labels() {
    return labels;
  }

  void add(long time, double value, @Nullable NativeHistogram histogram, long start) {
    if (size == times.length) {
      resize(Math.max(4, 2 * size));
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

  void addAll(SampleArray samples) {
    resize(size + samples.size());
    for (int i = 0; i < samples.size(); i++) {
      add(samples.times()[i], samples.values()[i], samples.histogram(i), samples.startTimestamp(i));
    }
  }

  void add(Exemplar exemplar) {
    exemplars = exemplars == null ? new ArrayList<>() : exemplars;
    exemplars.add(exemplar);
  }

  private void resize(int capacity) {
    times = Arrays.copyOf(times, capacity);
    values = Arrays.copyOf(values, capacity);
    histograms = histograms == null ? null : Arrays.copyOf(histograms, capacity);
    starts = starts == null ? null : Arrays.copyOf(starts, capacity);
  }

  /** Puts the samples in order of time and leaves out all but the first of each time. */
  void sort() {
    if (!isAscending()) {
      int[] order = order();
      SeriesRows sorted = new SeriesRows(labels);
      sorted.resize(order.length);
      for (int row : order) {
        sorted.add(
            times[row],
            values[row],
            histograms == null ? null : histograms[row],
            starts == null ? 0 : starts[row]);
      }
      times = sorted.times;
      values = sorted.values;
      histograms = sorted.histograms;
      starts = sorted.starts;
      size = sorted.size;
    }
    if (times.length != size) {
      resize(size);
    }
  }

  private boolean isAscending() {
    for (int i = 1; i < size; i++) {
      if (times[i] <= times[i - 1]) {
        return false;
      }
    }
    return true;
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

  /** All times, once {@link #sort} was called; ascending, not to be changed. */
  long[] times() {
    return times;
  }

  /**
   * The samples among the times of their target; {@link #sort} was called before.
   *
   * @param allIndexes 0, 1, … of all those times, for series that have a sample at each
   */
  SeriesSamples build(long[] allTimes, int[] allIndexes) {
    return new SeriesSamples(
        labels,
        size == allTimes.length ? allIndexes : indexes(allTimes),
        values,
        histograms,
        starts,
        exemplars == null ? List.of() : exemplars);
  }

  private int[] indexes(long[] allTimes) {
    int[] index = new int[size];
    for (int i = 0, at = 0; i < size; i++, at++) {
      while (allTimes[at] != times[i]) {
        at++;
      }
      index[i] = at;
    }
    return index;
  }
}
