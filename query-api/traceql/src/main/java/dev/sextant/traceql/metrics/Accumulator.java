package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;

/** Gathers spans into cells, one for each series and bucket. For one thread. */
sealed interface Accumulator permits Counts, Extremes, Sums, Powers {
  /**
   * Takes some rows of a batch that lie in the grid.
   *
   * @param rows at least one
   * @param starts of all rows, nanoseconds since the epoch
   * @param groups bound to these rows
   */
  void add(RowSet rows, long[] starts, Groups groups);
}
