package dev.sextant.promql.exec;

import dev.sextant.promql.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * When a selector or subquery looks.
 *
 * @param atMillis a fixed time in place of the step's, null for none
 * @param offsetMillis how far back from there
 */
record Timing(@Nullable Long atMillis, long offsetMillis) {
  /** The time that stands for a step's. */
  long reference(long stepMillis) {
    return (atMillis == null ? stepMillis : atMillis) - offsetMillis;
  }

  /** The times that stand for those of steps. */
  Steps references(Steps steps) {
    return new Steps(
        reference(steps.startMillis()), isFixed() ? 0 : steps.intervalMillis(), steps.count());
  }

  boolean isFixed() {
    return atMillis != null;
  }
}
