package dev.sextant.promql.function;

import dev.sextant.promql.step.StepSeries;

/** A function of a window of samples. One instance serves one call in one query, on one thread. */
public interface RangeFunction {
  /** Looks at a series as a whole before the first window; the window's buffer is filled. */
  default void begin(RangeWindow window) {}

  /** Writes the result for a window that is not empty, or nothing. */
  void apply(RangeWindow window, int step, StepSeries out);

  /** Applies itself to the windows of some steps, the end exclusive, going on from the last. */
  default void applyAll(RangeWindow window, int fromStep, int toStep, StepSeries out) {
    for (int step = fromStep; step < toStep; step++) {
      if (window.moveTo(step)) {
        apply(window, step, out);
      }
    }
  }

  /** What it keeps beside the window's buffer, in bytes for each float of a series. */
  default int bytesPerFloat() {
    return 0;
  }

  /** Whether the result is still the metric that its name says. */
  default boolean keepsName() {
    return false;
  }
}
