package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.function.SampleBuffer;
import dev.sextant.promql.function.WindowShape;
import dev.sextant.promql.step.Steps;

/** A planned range vector: series with all samples that any step's window may hold. */
interface RangeOp {
  /** Fills one buffer with one series after another. */
  Cursor open(Execution execution, Steps steps, SampleBuffer buffer);

  /** Where and how wide the windows are. */
  Timing timing();

  WindowShape shape();

  Modifiers.Bounds bounds();

  /** Series under a cursor. */
  interface Cursor extends AutoCloseable {
    /** Refills the buffer; false after the last series. */
    boolean next();

    Labels labels();

    boolean isNameDropped();

    @Override
    void close();
  }
}
