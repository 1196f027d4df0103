package dev.sextant.promql.function;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.step.StepSeries;
import java.util.Arrays;

/**
 * {@code rate}, {@code increase} and {@code delta}: the change over a window, extrapolated to its
 * bounds as Prometheus does. Where a counter's resets are is found once per series, so a window
 * costs its ends and its resets, whatever its length.
 */
final class RateFunction implements RangeFunction {
  private static final double EXTRAPOLATION_THRESHOLD = 1.1;

  private final boolean counter;
  private final boolean perSecond;
  private final boolean startTimestamps;

  /** Indexes of the floats before which the counter began anew. */
  private int[] resets = new int[8];

  /** Where the samples lay in the last window; in most series it is the same in the next. */
  private long knownToStart = -1;

  private long knownToEnd;
  private int knownIntervals;
  private double knownFactor;

  private int resetCount;
  private int firstReset;

  RateFunction(boolean counter, boolean perSecond, boolean startTimestamps) {
    this.counter = counter;
    this.perSecond = perSecond;
    this.startTimestamps = startTimestamps && counter;
  }

  @Override
  public void begin(RangeWindow w) {
    resetCount = 0;
    firstReset = 0;
    if (!counter) {
      return;
    }
    SampleBuffer samples = w.samples;
    for (int i = 1; i < samples.floatCount; i++) {
      if (samples.floats[i] < samples.floats[i - 1]
          || (startTimestamps && StartTimes.floatReset(samples, i))) {
        if (resetCount == resets.length) {
          resets = Arrays.copyOf(resets, resetCount * 2);
        }
        resets[resetCount++] = i;
      }
    }
    if (startTimestamps) {
      StartTimes.warnOfOverlaps(w);
    }
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    if (w.floats() > 0 && w.histograms() > 0) {
      w.warnMixed();
    } else if (w.floats() > 0) {
      floats(w, step, out);
    } else {
      histograms(w, step, out);
    }
  }

  @Override
  public void applyAll(RangeWindow w, int fromStep, int toStep, StepSeries out) {
    if (w.samples.histogramCount > 0 || startTimestamps) {
      RangeFunction.super.applyAll(w, fromStep, toStep, out);
      return;
    }
    double[] results = out.values();
    long[] times = w.samples.floatTimes;
    int count = w.samples.floatCount;
    int from = w.floatFrom;
    int to = w.floatTo;
    for (int step = fromStep; step < toStep; step++) {
      long end = w.endMillis(step);
      long start = end - w.rangeMillis();
      while (to < count && times[to] <= end) {
        to++;
      }
      while (from < to && times[from] <= start) {
        from++;
      }
      if (to - from > 1) {
        results[step] = floats(w, from, to - 1, start, end);
      }
    }
    w.floatFrom = from;
    w.floatTo = to;
  }

  /**
   * Of the floats from one index to another, of which there are two at least, without regard to
   * when the counter began.
   */
  private double floats(RangeWindow w, int from, int last, long startMillis, long endMillis) {
    if (counter) {
      CounterNames.check(w);
    }
    SampleBuffer samples = w.samples;
    double first = samples.floats[from];
    double change = change(samples, from, last);
    long toStart = samples.floatTimes[from] - startMillis;
    long toEnd = endMillis - samples.floatTimes[last];
    if (toStart != knownToStart || toEnd != knownToEnd || last - from != knownIntervals) {
      knownToStart = toStart;
      knownToEnd = toEnd;
      knownIntervals = last - from;
      knownFactor = factor(w, toStart, toEnd, knownIntervals, Double.POSITIVE_INFINITY);
    }
    // A counter's zero can only be nearer than the window's start where it has doubled since.
    return counter && change > 0 && first >= 0 && first < 2 * change
        ? change * factor(w, toStart, toEnd, knownIntervals, first / change)
        : change * knownFactor;
  }

  /**
   * By what the change between a window's first and last sample is multiplied.
   *
   * @param toStartMillis from the window's start to the first sample
   * @param toEndMillis from the last sample to the window's end
   * @param toZero how far before the first sample the counter was 0, as a share of the time between
   *     the samples; infinite for no counter
   */
  private double factor(
      RangeWindow w, long toStartMillis, long toEndMillis, int intervals, double toZero) {
    double sampled = (w.rangeMillis() - toStartMillis - toEndMillis) / 1000.0;
    double average = sampled / intervals;
    double threshold = average * EXTRAPOLATION_THRESHOLD;
    double toStart = toStartMillis / 1000.0;
    double toEnd = toEndMillis / 1000.0;
    if (toStart >= threshold) {
      toStart = average / 2;
    }
    toStart = Math.min(toStart, sampled * toZero);
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    double factor = (sampled + toStart + toEnd) / sampled;
    return perSecond ? factor / w.rangeSeconds() : factor;
  }

  private double change(SampleBuffer samples, int from, int last) {
    double change = samples.floats[last] - samples.floats[from];
    while (firstReset < resetCount && resets[firstReset] <= from) {
      firstReset++;
    }
    for (int i = firstReset; i < resetCount && resets[i] <= last; i++) {
      change += samples.floats[resets[i] - 1];
    }
    return change;
  }

  private void floats(RangeWindow w, int step, StepSeries out) {
    SampleBuffer samples = w.samples;
    int from = w.floatFrom;
    int last = w.floatTo - 1;
    long start = samples.floatStarts[from];
    boolean fromZero =
        startTimestamps && start != 0 && start > w.startMillis && start < samples.floatTimes[from];
    if (last == from && !fromZero) {
      return;
    }
    if (!fromZero) {
      out.set(step, floats(w, from, last, w.startMillis, w.endMillis));
      return;
    }
    if (counter) {
      CounterNames.check(w);
    }
    double first = samples.floats[from];
    double change = change(samples, from, last);
    Extent extent =
        new Extent(w, start, samples.floatTimes[last], average(samples.floatTimes, from, last));
    out.set(step, (change + first) * extent.factor(true, Double.NaN));
  }

  private static double average(long[] times, int from, int last) {
    return (times[last] - times[from]) / 1000.0 / Math.max(1, last - from);
  }

  /** The stretch of time that samples cover in a window. */
  private final class Extent {
    private final RangeWindow w;
    private final long firstMillis;
    private final long lastMillis;
    private final double averageSeconds;

    Extent(RangeWindow w, long firstMillis, long lastMillis, double averageSeconds) {
      this.w = w;
      this.firstMillis = firstMillis;
      this.lastMillis = lastMillis;
      this.averageSeconds = averageSeconds;
    }

    /**
     * By what the change between the samples is multiplied.
     *
     * @param exactStart whether the first time is where the counter began
     * @param toZero the first value as a share of the change, which bounds how far back a counter
     *     can have run; NaN for none
     */
    double factor(boolean exactStart, double toZero) {
      double toStart = exactStart ? 0 : (firstMillis - w.startMillis) / 1000.0;
      double toEnd = (w.endMillis - lastMillis) / 1000.0;
      double sampled = (lastMillis - firstMillis) / 1000.0;
      double threshold = averageSeconds * EXTRAPOLATION_THRESHOLD;
      if (toStart >= threshold) {
        toStart = averageSeconds / 2;
      }
      if (!exactStart && sampled * toZero < toStart) {
        toStart = sampled * toZero;
      }
      if (toEnd >= threshold) {
        toEnd = averageSeconds / 2;
      }
      double factor = (sampled + toStart + toEnd) / sampled;
      return perSecond ? factor / w.rangeSeconds() : factor;
    }
  }

  private void histograms(RangeWindow w, int step, StepSeries out) {
    SampleBuffer samples = w.samples;
    int from = w.histogramFrom;
    int last = w.histogramTo - 1;
    long start = samples.histogramStarts[from];
    boolean fromZero =
        startTimestamps
            && start != 0
            && start > w.startMillis
            && start < samples.histogramTimes[from];
    if (last == from && !fromZero) {
      return;
    }
    NativeHistogram first = w.histogram(from);
    NativeHistogram change =
        last == from
            ? HistogramMath.emptyLike(first)
            : HistogramChange.over(w, counter, startTimestamps);
    if (change == null) {
      return;
    }
    if (fromZero) {
      change = HistogramMath.add(change, first).histogram();
    }
    Extent extent =
        new Extent(
            w,
            fromZero ? start : samples.histogramTimes[from],
            samples.histogramTimes[last],
            average(samples.histogramTimes, from, last));
    double toZero =
        counter && change.count() > 0 && first.count() >= 0
            ? first.count() / change.count()
            : Double.NaN;
    NativeHistogram scaled = HistogramMath.multiply(change, extent.factor(fromZero, toZero));
    out.set(step, HistogramMath.withHint(HistogramMath.compact(scaled), ResetHint.GAUGE));
  }
}
