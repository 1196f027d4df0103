package dev.sextant.promql.exec;

import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Each series of another stream, changed; empty ones are left out. */
record MappedStream(SeriesStream in, UnaryOperator<StepSeries> change) implements SeriesStream {
  @Override
  public @Nullable StepSeries next() {
    for (StepSeries series = in.next(); series != null; series = in.next()) {
      StepSeries changed = change.apply(series);
      if (!changed.isEmpty()) {
        return changed;
      }
    }
    return null;
  }

  @Override
  public void close() {
    in.close();
  }
}
