package dev.sextant.api.trace;

import dev.sextant.trace.model.ColumnScan;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import java.util.List;
import java.util.Set;

/** Takes values out of columns. */
final class ColumnValues {
  private ColumnValues() {}

  /** Adds the values that some rows have; lists count by their elements. */
  static void collect(SpanColumn column, RowSet rows, Set<SpanValue> found) {
    RowSet present = ColumnScan.present(column, rows);
    for (int row = present.next(0); row >= 0; row = present.next(row + 1)) {
      switch (column) {
        case SpanColumn.Absent() -> {}
        case SpanColumn.Longs longs -> found.add(SpanValue.of(longs.values()[row]));
        case SpanColumn.Doubles doubles -> found.add(SpanValue.of(doubles.values()[row]));
        case SpanColumn.Coded coded -> add(coded.dictionary().get(coded.codes()[row]), found);
        case SpanColumn.Lists lists -> collect(lists, row, found);
      }
    }
  }

  private static void collect(SpanColumn.Lists lists, int row, Set<SpanValue> found) {
    int from = row == 0 ? 0 : lists.ends()[row - 1];
    RowSet places = RowSet.none(lists.ends()[row]);
    for (int place = from; place < lists.ends()[row]; place++) {
      places.add(place);
    }
    collect(lists.values(), places, found);
  }

  private static void add(SpanValue value, Set<SpanValue> found) {
    if (value instanceof SpanValue.Array(List<SpanValue> elements)) {
      elements.forEach(element -> add(element, found));
    } else {
      found.add(value);
    }
  }
}
