package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples as plain arrays that grow by doubling, in order of time. Written by one thread; a {@link
 * #view} taken under the store's lock stays as it is while samples are appended, for an append
 * never touches what is below the view's size.
 */
final class OpenSamples {
  private static final int FIRST_CAPACITY = 4;

  private long[] times = new long[0];
  private double[] values = new double[0];
  private @Nullable NativeHistogram @Nullable [] histograms;
  private long @Nullable [] starts;
  private int size;

  int size() {
    return size;
  }

  long time(int index) {
    return times[index];
  }

  /** The samples so far; shares the arrays. */
  SampleArray view() {
    return new SampleArray(size, times, values, histograms, starts);
  }

  /** Samples from an index on, copied. */
  SampleArray copyFrom(int from) {
    return new SampleArray(
        size - from,
        Arrays.copyOfRange(times, from, size),
        Arrays.copyOfRange(values, from, size),
        histograms == null ? null : Arrays.copyOfRange(histograms, from, size),
        starts == null ? null : Arrays.copyOfRange(starts, from, size));
  }

  void append(long time, double value, @Nullable NativeHistogram histogram, long start) {
    if (size == times.length) {
      grow(Math.max(FIRST_CAPACITY, 2 * size));
    }
    set(size, time, value, histogram, start);
    size++;
  }

  /**
   * Puts a sample at an index and moves the later ones up, in fresh arrays, so that views stay as
   * they are.
   */
  void insert(int index, long time, double value, @Nullable NativeHistogram histogram, long start) {
    grow(Math.max(FIRST_CAPACITY, size == times.length ? 2 * size : times.length));
    int moved = size - index;
    System.arraycopy(times, index, times, index + 1, moved);
    System.arraycopy(values, index, values, index + 1, moved);
    if (histograms != null) {
      System.arraycopy(histograms, index, histograms, index + 1, moved);
      histograms[index] = null;
    }
    if (starts != null) {
      System.arraycopy(starts, index, starts, index + 1, moved);
      starts[index] = 0;
    }
    set(index, time, value, histogram, start);
    size++;
  }

  /** Index of a time, or −(where it would stand) − 1. */
  int find(long time) {
    return Arrays.binarySearch(times, 0, size, time);
  }

  /** Appends all of another's samples, which must be later. */
  void appendAll(SampleArray samples, int from, int to) {
    for (int i = from; i < to; i++) {
      append(
          samples.times()[i], samples.values()[i], samples.histogram(i), samples.startTimestamp(i));
    }
  }

  private void set(
      int index, long time, double value, @Nullable NativeHistogram histogram, long start) {
    times[index] = time;
    values[index] = value;
    if (histogram != null) {
      histograms = histograms == null ? new NativeHistogram[times.length] : histograms;
      histograms[index] = histogram;
    }
    if (start != 0) {
      starts = starts == null ? new long[times.length] : starts;
      starts[index] = start;
    }
  }

  private void grow(int capacity) {
    times = Arrays.copyOf(times, capacity);
    values = Arrays.copyOf(values, capacity);
    histograms = histograms == null ? null : Arrays.copyOf(histograms, capacity);
    starts = starts == null ? null : Arrays.copyOf(starts, capacity);
  }
}
