package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.function.SampleBuffer;
import dev.sextant.promql.function.WindowShape;
import dev.sextant.promql.histogram.HistogramResets;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.List;

/**
 * Samples as they are stored, stale markers left out.
 *
 * @param detectResets whether histograms are told by comparison whether they follow a reset, where
 *     the source does not know
 */
record MatrixSelectorOp(
    List<Matcher> matchers,
    Timing timing,
    WindowShape shape,
    Modifiers.Bounds bounds,
    boolean detectResets,
    SeriesSource.Hints hints)
    implements RangeOp {
  @Override
  public RangeOp.Cursor open(Execution execution, Steps steps, SampleBuffer buffer) {
    long min =
        timing.reference(steps.startMillis()) - shape.rangeMillis() - shape.beforeMillis() + 1;
    long max = timing.reference(steps.endMillis()) + shape.afterMillis();
    return new Cursor(execution.select(min, max, matchers, hints), execution, buffer, detectResets);
  }

  private static final class Cursor implements RangeOp.Cursor {
    private static final int SAMPLES_BETWEEN_CHECKS = 1 << 16;

    /** A sample's time and when its series began stand beside its value. */
    private static final int TIMES_BYTES = 2 * Long.BYTES;

    private final SeriesSet set;
    private final Execution execution;
    private final SampleBuffer buffer;
    private final boolean detectResets;
    private final boolean startTimestamps;
    private long held;

    Cursor(SeriesSet set, Execution execution, SampleBuffer buffer, boolean detectResets) {
      this.set = set;
      this.execution = execution;
      this.buffer = buffer;
      this.detectResets = detectResets;
      this.startTimestamps = execution.options().startTimestamps();
    }

    @Override
    public boolean next() {
      execution.checkpoint();
      release();
      buffer.clear();
      if (!set.next()) {
        set.close();
        return false;
      }
      fill(set.samples());
      hold(buffer.weight());
      return true;
    }

    private void hold(long samples) {
      execution.hold(samples - held);
      execution.keep(TIMES_BYTES * (samples - held));
      held = samples;
    }

    private void release() {
      execution.release(held);
      execution.keep(-TIMES_BYTES * held);
      held = 0;
    }

    private void fill(SampleCursor cursor) {
      NativeHistogram previous = null;
      int untilCheck = SAMPLES_BETWEEN_CHECKS;
      for (SampleCursor.Type type = cursor.next();
          type != SampleCursor.Type.NONE;
          type = cursor.next()) {
        if (type == SampleCursor.Type.FLOAT && !startTimestamps) {
          int before = buffer.size();
          buffer.addFloats(cursor);
          untilCheck -= buffer.size() - before;
        } else if (type == SampleCursor.Type.FLOAT) {
          double value = cursor.value();
          if (!StepSeries.isAbsent(value)) {
            buffer.add(cursor.timestampMillis(), value, cursor.startTimestampMillis());
          }
        } else {
          NativeHistogram histogram = cursor.histogram();
          if (!histogram.isStale()) {
            NativeHistogram hinted =
                detectResets ? HistogramResets.hinted(histogram, previous) : histogram;
            buffer.add(cursor.timestampMillis(), hinted, cursor.startTimestampMillis());
            previous = histogram;
          }
        }
        if (--untilCheck <= 0) {
          untilCheck = SAMPLES_BETWEEN_CHECKS;
          execution.checkpoint();
          hold(buffer.weight());
        }
      }
    }

    @Override
    public Labels labels() {
      return set.labels();
    }

    @Override
    public boolean isNameDropped() {
      return false;
    }

    @Override
    public void close() {
      set.close();
    }
  }
}
