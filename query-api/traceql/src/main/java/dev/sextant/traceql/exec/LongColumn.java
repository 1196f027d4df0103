package dev.sextant.traceql.exec;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;

/** Whole numbers of which every row has one, such as start times. */
public final class LongColumn {
  private LongColumn() {}

  /**
   * One for each row; 0 where there is none.
   *
   * @return perhaps the column's own array, not to be written to
   */
  public static long[] of(SpanColumn column, int rows) {
    if (column instanceof SpanColumn.Longs longs && longs.present() == null) {
      return longs.values();
    }
    long[] values = new long[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = SpanColumn.value(column, row) instanceof SpanValue.Int(long n) ? n : 0;
    }
    return values;
  }
}
