package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A series' running chunk: values of its own, times shared with its target as long as they agree.
 */
final class RunningChunk {
  private static final int FIRST_CAPACITY = 4;
  private static final int OVERHEAD = 96;

  private @Nullable SharedTimes shared;
  private long[] times = new long[0];
  private double[] values = new double[0];
  private @Nullable NativeHistogram @Nullable [] histograms;
  private long @Nullable [] starts;
  private int size;

  int size() {
    return size;
  }

  boolean isSharing() {
    return shared != null;
  }

  void append(
      SharedTimes.Target target,
      long time,
      double value,
      @Nullable NativeHistogram histogram,
      long start) {
    if (size == 0) {
      shared = target.begin(time);
      shared.join();
    }
    if (size == values.length) {
      grow(Math.min(HeadSeries.CHUNK, Math.max(FIRST_CAPACITY, 2 * size)));
    }
    takeTime(time);
    values[size] = value;
    if (histogram != null) {
      histograms = histograms == null ? new NativeHistogram[values.length] : histograms;
      histograms[size] = histogram;
    }
    if (start != 0) {
      starts = starts == null ? new long[values.length] : starts;
      starts[size] = start;
    }
    size++;
  }

  private void takeTime(long time) {
    if (shared != null && shared.take(size, time)) {
      return;
    }
    if (shared != null) {
      times = Arrays.copyOf(Arrays.copyOf(shared.times(), size), values.length);
      shared.leave();
      shared = null;
    }
    times[size] = time;
  }

  private void grow(int capacity) {
    values = Arrays.copyOf(values, capacity);
    times = shared == null ? Arrays.copyOf(times, capacity) : times;
    histograms = histograms == null ? null : Arrays.copyOf(histograms, capacity);
    starts = starts == null ? null : Arrays.copyOf(starts, capacity);
  }

  /** The samples so far; what is appended later does not show in it. */
  SampleArray view() {
    return new SampleArray(
        size, shared == null ? times : shared.times(), values, histograms, starts);
  }

  Chunk seal() {
    if (shared == null) {
      return Chunk.of(view());
    }
    shared.leave();
    return Chunk.of(view(), shared.encode(size));
  }

  long bytes() {
    return OVERHEAD
        + 8L * values.length
        + 8L * times.length
        + (histograms == null ? 0 : 300L * size)
        + (starts == null ? 0 : 8L * starts.length);
  }

  /** Samples from an index on. */
  static SampleArray from(SampleArray all, int from) {
    return slice(all, from, all.size());
  }

  /** Samples from one index to before another. */
  static SampleArray slice(SampleArray all, int from, int to) {
    if (from == 0 && to == all.size()) {
      return all;
    }
    return new SampleArray(
        to - from,
        Arrays.copyOfRange(all.times(), from, to),
        Arrays.copyOfRange(all.values(), from, to),
        all.histograms() == null ? null : Arrays.copyOfRange(all.histograms(), from, to),
        all.startTimestamps() == null ? null : Arrays.copyOfRange(all.startTimestamps(), from, to));
  }
}
