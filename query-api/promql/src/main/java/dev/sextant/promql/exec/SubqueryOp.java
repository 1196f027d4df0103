package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.PromException;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.function.SampleBuffer;
import dev.sextant.promql.function.WindowShape;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.step.SameLabels;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.Iterator;
import java.util.List;

/** An instant vector evaluated at absolute multiples of a step, its values standing for samples. */
record SubqueryOp(VectorOp inner, Timing timing, long rangeMillis, long stepMillis)
    implements RangeOp {
  @Override
  public WindowShape shape() {
    return WindowShape.of(rangeMillis);
  }

  @Override
  public Modifiers.Bounds bounds() {
    return Modifiers.Bounds.PLAIN;
  }

  @Override
  public RangeOp.Cursor open(Execution execution, Steps steps, SampleBuffer buffer) {
    long after = timing.reference(steps.startMillis()) - rangeMillis;
    long first = (Math.floorDiv(after, stepMillis) + 1) * stepMillis;
    long last = timing.reference(steps.endMillis());
    if (first > last) {
      return new Cursor(List.of(), Steps.at(first), buffer);
    }
    long count = (last - first) / stepMillis + 1;
    if (count > execution.limits().maxSteps()) {
      throw new PromException.Execution(
          "a subquery of "
              + count
              + " steps exceeds the limit of "
              + execution.limits().maxSteps()
              + "; take a longer step or raise query.max-steps");
    }
    Steps grid = new Steps(first, stepMillis, (int) count);
    try (SeriesStream stream = inner.open(execution, grid)) {
      return new Cursor(SameLabels.join(stream, false, execution), grid, buffer);
    }
  }

  private static final class Cursor implements RangeOp.Cursor {
    private final Iterator<StepSeries> series;
    private final Steps grid;
    private final SampleBuffer buffer;
    private Labels labels = Labels.EMPTY;
    private boolean nameDropped;

    Cursor(List<StepSeries> series, Steps grid, SampleBuffer buffer) {
      this.series = series.iterator();
      this.grid = grid;
      this.buffer = buffer;
    }

    @Override
    public boolean next() {
      buffer.clear();
      if (!series.hasNext()) {
        return false;
      }
      StepSeries current = series.next();
      labels = current.labels();
      nameDropped = current.isNameDropped();
      for (int i = 0; i < grid.count(); i++) {
        NativeHistogram histogram = current.histogram(i);
        if (histogram != null) {
          buffer.add(grid.time(i), withoutResetHint(histogram), 0);
        } else if (current.isFloat(i)) {
          buffer.add(grid.time(i), current.value(i), 0);
        }
      }
      return true;
    }

    private static NativeHistogram withoutResetHint(NativeHistogram histogram) {
      return histogram.resetHint() == ResetHint.GAUGE
          ? histogram
          : HistogramMath.withHint(histogram, ResetHint.UNKNOWN);
    }

    @Override
    public Labels labels() {
      return labels;
    }

    @Override
    public boolean isNameDropped() {
      return nameDropped;
    }

    @Override
    public void close() {}
  }
}
