package dev.sextant.promql.function;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.promql.QueryResult;
import dev.sextant.promql.step.StepSeries;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series, floats and histograms apart, each in order of time; refilled for the
 * next series. For one thread.
 */
public final class SampleBuffer {
  private static final NativeHistogram[] NO_HISTOGRAMS = {};

  private static final int FIRST_CAPACITY = 512;

  long[] floatTimes = new long[FIRST_CAPACITY];
  double[] floats = new double[FIRST_CAPACITY];
  long[] floatStarts = new long[FIRST_CAPACITY];
  int floatCount;
  long[] histogramTimes = new long[0];
  @Nullable NativeHistogram[] histograms = NO_HISTOGRAMS;
  long[] histogramStarts = new long[0];
  int histogramCount;
  private long histogramWeight;

  public void clear() {
    floatCount = 0;
    Arrays.fill(histograms, 0, histogramCount, null);
    histogramCount = 0;
    histogramWeight = 0;
  }

  /**
   * Appends the float at a cursor and those behind it that it has at hand, without stale markers.
   * When the series began is not read.
   */
  public void addFloats(SampleCursor cursor) {
    if (floatCount == floats.length) {
      growFloats();
    }
    int end = floatCount + cursor.readFloats(floatTimes, floats, floatCount);
    for (int i = floatCount; i < end; i++) {
      if (StepSeries.isAbsent(floats[i])) {
        dropStale(i, end);
        return;
      }
    }
    floatCount = end;
  }

  private void dropStale(int from, int end) {
    int kept = from;
    for (int i = from; i < end; i++) {
      if (!StepSeries.isAbsent(floats[i])) {
        floatTimes[kept] = floatTimes[i];
        floats[kept++] = floats[i];
      }
    }
    floatCount = kept;
  }

  private void growFloats() {
    int capacity = floatCount * 2;
    floatTimes = Arrays.copyOf(floatTimes, capacity);
    floats = Arrays.copyOf(floats, capacity);
    floatStarts = Arrays.copyOf(floatStarts, capacity);
  }

  /** Appends a float; {@code startMillis} is 0 where the series' begin is unknown. */
  public void add(long timeMillis, double value, long startMillis) {
    if (floatCount == floats.length) {
      growFloats();
    }
    floatTimes[floatCount] = timeMillis;
    floatStarts[floatCount] = startMillis;
    floats[floatCount++] = value;
  }

  /** Appends a histogram; {@code startMillis} is 0 where the series' begin is unknown. */
  public void add(long timeMillis, NativeHistogram value, long startMillis) {
    if (histogramCount == histograms.length) {
      int capacity = Math.max(16, histogramCount * 2);
      histogramTimes = Arrays.copyOf(histogramTimes, capacity);
      histograms = Arrays.copyOf(histograms, capacity);
      histogramStarts = Arrays.copyOf(histogramStarts, capacity);
    }
    histogramTimes[histogramCount] = timeMillis;
    histogramStarts[histogramCount] = startMillis;
    histogramWeight += weight(value);
    histograms[histogramCount++] = value;
  }

  /**
   * What it holds in samples as Prometheus counts them: a float is one, a histogram as many as
   * sixteen bytes go into its size.
   */
  public long weight() {
    return floatCount + histogramWeight;
  }

  private static long weight(NativeHistogram histogram) {
    long numbers =
        histogram.positiveSpans().length
            + histogram.negativeSpans().length
            + histogram.positiveCounts().length
            + histogram.negativeCounts().length
            + histogram.customBounds().length;
    return (168 + 8 * numbers + 8) / 16;
  }

  /** Samples in it, a histogram counted once. */
  public int size() {
    return floatCount + histogramCount;
  }

  NativeHistogram histogram(int i) {
    NativeHistogram histogram = histograms[i];
    if (histogram == null) {
      throw new IndexOutOfBoundsException(i);
    }
    return histogram;
  }

  /** A copy of everything in it. */
  public QueryResult.Series toSeries(Labels labels) {
    NativeHistogram[] copies = new NativeHistogram[histogramCount];
    for (int i = 0; i < histogramCount; i++) {
      copies[i] = histogram(i);
    }
    return new QueryResult.Series(
        labels,
        Arrays.copyOf(floatTimes, floatCount),
        Arrays.copyOf(floats, floatCount),
        Arrays.copyOf(histogramTimes, histogramCount),
        copies);
  }
}
