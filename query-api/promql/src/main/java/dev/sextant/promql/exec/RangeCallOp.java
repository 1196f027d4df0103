package dev.sextant.promql.exec;

import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.function.RangeFunction;
import dev.sextant.promql.function.RangeFunctions;
import dev.sextant.promql.function.RangeWindow;
import dev.sextant.promql.function.SampleBuffer;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function over windows.
 *
 * @param parameters the scalar arguments in order
 * @param argument where the first argument stands, for notices
 */
record RangeCallOp(String function, RangeOp range, List<ScalarOp> parameters, Span argument)
    implements VectorOp {
  @Override
  public SeriesStream open(Execution execution, Steps steps) {
    double[][] values = new double[parameters.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters.get(i).values(execution, steps);
    }
    RangeFunction instance = instance(execution);
    SampleBuffer buffer = new SampleBuffer();
    RangeWindow window =
        new RangeWindow(
            buffer,
            range.shape(),
            values,
            steps,
            range.timing().references(steps),
            execution.noticesAt(argument));
    window.useTypeLabels(execution.options().typeLabels());
    return new Stream(
        range.open(execution, steps, buffer), instance, buffer, window, execution, steps);
  }

  private RangeFunction instance(Execution execution) {
    if (range.bounds() != Modifiers.Bounds.PLAIN) {
      return RangeFunctions.createExtended(function, range.bounds());
    }
    RangeFunction instance = RangeFunctions.create(function, execution.options().startTimestamps());
    if (instance == null) {
      throw new IllegalStateException("no range function " + function);
    }
    return instance;
  }

  private final class Stream implements SeriesStream {
    private static final int STEPS_BETWEEN_CHECKS = 256;

    /** Samples that windows may look at between two checks, all of them at each step at worst. */
    private static final int SAMPLES_BETWEEN_CHECKS = 1 << 20;

    private final RangeOp.Cursor cursor;
    private final RangeFunction instance;
    private final SampleBuffer buffer;
    private final RangeWindow window;
    private final Execution execution;
    private final Steps steps;

    Stream(
        RangeOp.Cursor cursor,
        RangeFunction instance,
        SampleBuffer buffer,
        RangeWindow window,
        Execution execution,
        Steps steps) {
      this.cursor = cursor;
      this.instance = instance;
      this.buffer = buffer;
      this.window = window;
      this.execution = execution;
      this.steps = steps;
    }

    @Override
    public @Nullable StepSeries next() {
      while (cursor.next()) {
        if (buffer.size() > 0) {
          StepSeries series = evaluate();
          if (!series.isEmpty()) {
            return series;
          }
        }
      }
      return null;
    }

    private StepSeries evaluate() {
      boolean dropped = cursor.isNameDropped() || !instance.keepsName();
      StepSeries out = StepSeries.empty(cursor.labels(), dropped, steps.count());
      window.reset(cursor.labels());
      long bytes = (long) instance.bytesPerFloat() * buffer.size();
      execution.keep(bytes);
      instance.begin(window);
      int most = SAMPLES_BETWEEN_CHECKS / Math.max(1, buffer.size());
      int some = Math.max(1, Math.min(STEPS_BETWEEN_CHECKS, most));
      for (int i = 0; i < steps.count(); i += some) {
        execution.checkpoint();
        instance.applyAll(window, i, Math.min(steps.count(), i + some), out);
      }
      execution.keep(-bytes);
      count();
      return out;
    }

    /** Counts the samples of all windows, which functions that work on whole series do not do. */
    private void count() {
      Profile profile = execution.profile();
      if (profile == null || range instanceof SubqueryOp) {
        return;
      }
      window.reset(cursor.labels());
      for (int i = 0; i < steps.count(); i++) {
        if (window.moveTo(i)) {
          profile.read(steps.time(i), window.floats() + window.histograms());
        }
      }
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
