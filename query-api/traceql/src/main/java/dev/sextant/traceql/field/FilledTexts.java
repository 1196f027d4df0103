package dev.sextant.traceql.field;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.List;

/** A column of texts in which an empty one stands where there was none. For one thread. */
final class FilledTexts implements SpanColumn.Coded {
  private static final SpanValue EMPTY = SpanValue.of("");

  private final SpanColumn column;
  private final int rows;
  private final List<SpanValue> dictionary;
  private final int empty;
  private int[] codes = new int[0];

  private FilledTexts(SpanColumn column, int rows, List<SpanValue> known) {
    this.column = column;
    this.rows = rows;
    int at = known.indexOf(EMPTY);
    this.empty = at >= 0 ? at : known.size();
    List<SpanValue> all = new ArrayList<>(known);
    if (at < 0) {
      all.add(EMPTY);
    }
    this.dictionary = List.copyOf(all);
  }

  static SpanColumn of(SpanColumn column, int rows) {
    return switch (column) {
      case Absent absent -> new FilledTexts(column, rows, List.of());
      case Coded coded -> new FilledTexts(column, rows, coded.dictionary());
      case Longs longs -> longs;
      case Doubles doubles -> doubles;
      case Lists lists -> lists;
    };
  }

  @Override
  public List<SpanValue> dictionary() {
    return dictionary;
  }

  @Override
  public int[] codes() {
    if (codes.length < rows) {
      int[] filled = new int[rows];
      int[] given = column instanceof Coded coded ? coded.codes() : new int[0];
      for (int row = 0; row < rows; row++) {
        filled[row] = row < given.length && given[row] >= 0 ? given[row] : empty;
      }
      codes = filled;
    }
    return codes;
  }
}
