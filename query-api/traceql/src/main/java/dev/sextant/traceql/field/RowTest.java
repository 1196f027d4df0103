package dev.sextant.traceql.field;

import dev.sextant.trace.model.RowSet;

/** A filter or a part of one, over the rows of a batch. Thread-safe. */
interface RowTest {
  /**
   * Those of some rows for which it is true, a new set.
   *
   * @param within left as it is
   */
  RowSet rows(Columns columns, RowSet within);
}
