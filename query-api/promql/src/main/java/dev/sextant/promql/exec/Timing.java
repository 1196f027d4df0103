package dev.sextant.promql.exec;

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

  boolean isFixed() {
    return atMillis != null;
  }
}
