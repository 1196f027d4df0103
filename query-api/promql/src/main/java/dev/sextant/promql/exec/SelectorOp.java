package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.histogram.HistogramResets;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest sample of each series that is not older than the lookback and no stale marker, at each
 * step.
 *
 * @param reading what of a sample becomes the value
 * @param detectResets whether histograms are told by comparison whether they follow a reset, where
 *     the source does not know
 */
record SelectorOp(
    List<Matcher> matchers,
    Timing timing,
    SelectorOp.Reading reading,
    boolean detectResets,
    SeriesSource.Hints hints)
    implements VectorOp {
  /** What of a sample becomes the value. */
  enum Reading {
    VALUES,
    /** The sample's own time, in seconds. */
    TIMES,
    /** The time at which the series began, in seconds; 0 where unknown. */
    START_TIMES
  }

  @Override
  public SeriesStream open(Execution execution, Steps steps) {
    long lookback = execution.options().lookback().toMillis();
    long min = timing.reference(steps.startMillis()) - lookback + 1;
    long max = timing.reference(steps.endMillis());
    SeriesSet set = execution.select(min, max, matchers, hints);
    return new Stream(set, execution, steps, lookback);
  }

  private final class Stream implements SeriesStream {
    private final SeriesSet set;
    private final Execution execution;
    private final Steps steps;
    private final long lookback;

    Stream(SeriesSet set, Execution execution, Steps steps, long lookback) {
      this.set = set;
      this.execution = execution;
      this.steps = steps;
      this.lookback = lookback;
    }

    @Override
    public @Nullable StepSeries next() {
      while (set.next()) {
        execution.checkpoint();
        StepSeries series =
            StepSeries.empty(set.labels(), reading != Reading.VALUES, steps.count());
        if (fill(series, set.samples())) {
          count(series);
          return series;
        }
      }
      set.close();
      return null;
    }

    private void count(StepSeries series) {
      Profile profile = execution.profile();
      for (int i = 0; profile != null && i < steps.count(); i++) {
        profile.read(steps.time(i), series.isPresent(i) ? 1 : 0);
      }
    }

    private boolean fill(StepSeries series, SampleCursor cursor) {
      boolean any = false;
      SampleCursor.Type ahead = cursor.next();
      long time = Long.MIN_VALUE;
      long start = 0;
      double value = StepSeries.ABSENT;
      NativeHistogram histogram = null;
      NativeHistogram previous = null;
      for (int i = 0; i < steps.count(); i++) {
        long reference = timing.reference(steps.time(i));
        while (ahead != SampleCursor.Type.NONE && cursor.timestampMillis() <= reference) {
          time = cursor.timestampMillis();
          start = reading == Reading.START_TIMES ? cursor.startTimestampMillis() : 0;
          boolean isFloat = ahead == SampleCursor.Type.FLOAT;
          value = isFloat ? cursor.value() : StepSeries.ABSENT;
          NativeHistogram before = previous;
          previous = isFloat ? null : cursor.histogram();
          histogram =
              detectResets && previous != null
                  ? HistogramResets.hinted(previous, before)
                  : previous;
          if (histogram != null && histogram.isStale()) {
            histogram = null;
          }
          ahead = cursor.next();
        }
        if (time == Long.MIN_VALUE || time <= reference - lookback) {
          continue;
        }
        any |= put(series, i, reading == Reading.TIMES ? time : start, value, histogram);
      }
      return any;
    }

    private boolean put(
        StepSeries series, int step, long time, double value, @Nullable NativeHistogram histogram) {
      boolean present = histogram != null || !StepSeries.isAbsent(value);
      if (present && reading != Reading.VALUES) {
        series.set(step, time / 1000.0);
      } else if (histogram != null) {
        series.set(step, histogram);
      } else {
        series.set(step, value);
      }
      return present;
    }

    @Override
    public void close() {
      set.close();
    }
  }
}
