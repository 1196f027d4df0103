package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.field.Columns;
import dev.sextant.traceql.field.Conversion;
import dev.sextant.traceql.field.ReferenceValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the values of one reference, nil too, from 0 in the order in which they are met. What
 * lies in a dictionary is looked up once a batch. For one thread.
 */
final class KeyIds {
  /** A value beyond the bound. */
  static final int NO_ID = -1;

  private static final int UNKNOWN = -2;

  private final Reference reference;
  private final List<SpanField> fields;
  private final int maxValues;
  private final List<Value> values = new ArrayList<>();
  private final Map<Value, Integer> ids = new HashMap<>();
  private final LongIntMap longIds = new LongIntMap();
  private final LongIntMap doubleIds = new LongIntMap();
  private boolean overflowed;
  private int[] rowIds = new int[0];
  private int constant = NO_ID;

  /**
   * @param maxValues further ones have no id
   */
  KeyIds(Reference reference, int maxValues) {
    this.reference = reference;
    this.fields = fields(reference);
    this.maxValues = maxValues;
  }

  /** Where series look for a reference: without scope on the span, then on its resource. */
  static List<SpanField> fields(Reference reference) {
    return reference instanceof Attribute(Attribute.Scope scope, String name)
            && scope == Attribute.Scope.ANY
        ? List.of(SpanField.span(name), SpanField.resource(name))
        : reference.fields();
  }

  int size() {
    return values.size();
  }

  Value value(int id) {
    return values.get(id);
  }

  /** Whether there was a value without id. */
  boolean overflowed() {
    return overflowed;
  }

  /** Numbers the values of some rows of a batch, at least one. */
  void bind(Columns columns, RowSet rows) {
    constant = NO_ID;
    List<SpanColumn> present = new ArrayList<>();
    for (SpanField field : fields) {
      SpanColumn column = columns.column(field);
      if (column != SpanColumn.ABSENT) {
        present.add(column);
      }
    }
    if (present.isEmpty()) {
      constant = id(Value.NIL);
      if (constant != NO_ID) {
        return;
      }
    }
    if (rowIds.length < rows.size()) {
      rowIds = new int[rows.size()];
    }
    if (present.isEmpty()) {
      Arrays.fill(rowIds, NO_ID);
      return;
    }
    SpanColumn only = present.size() == 1 ? present.getFirst() : SpanColumn.ABSENT;
    switch (only) {
      case SpanColumn.Coded coded -> bindCoded(coded, rows);
      case SpanColumn.Longs longs -> bindLongs(longs, rows);
      case SpanColumn.Doubles doubles -> bindDoubles(doubles, rows);
      case SpanColumn.Absent absent -> bindEach(columns, rows);
      case SpanColumn.Lists lists -> bindEach(columns, rows);
    }
  }

  /** The id of all rows; {@link #NO_ID} where they differ. */
  int constant() {
    return constant;
  }

  /** Each row's id, or {@link #NO_ID}, where there is no constant one. */
  int[] rowIds() {
    return rowIds;
  }

  private int id(Value value) {
    Integer known = ids.get(value);
    if (known != null) {
      return known;
    }
    if (values.size() == maxValues) {
      overflowed = true;
      return NO_ID;
    }
    ids.put(value, values.size());
    values.add(value);
    return values.size() - 1;
  }

  private void bindCoded(SpanColumn.Coded coded, RowSet rows) {
    int[] codes = coded.codes();
    int[] known = new int[coded.dictionary().size() + 1];
    Arrays.fill(known, UNKNOWN);
    int first = codes[rows.next(0)];
    boolean same = true;
    long[] words = rows.words();
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(word);
        int code = codes[row];
        int id = known[code + 1];
        if (id == UNKNOWN) {
          id = id(code < 0 ? Value.NIL : Conversion.value(reference, coded.dictionary().get(code)));
          known[code + 1] = id;
        }
        same &= code == first;
        rowIds[row] = id;
      }
    }
    constant = same ? known[first + 1] : NO_ID;
  }

  private void bindLongs(SpanColumn.Longs longs, RowSet rows) {
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      boolean has = longs.present() == null || has(longs.present(), row);
      rowIds[row] = has ? id(longIds, longs.values()[row], longs, row) : id(Value.NIL);
    }
  }

  private void bindDoubles(SpanColumn.Doubles doubles, RowSet rows) {
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      boolean has = doubles.present() == null || has(doubles.present(), row);
      long bits = Double.doubleToLongBits(doubles.values()[row]);
      rowIds[row] = has ? id(doubleIds, bits, doubles, row) : id(Value.NIL);
    }
  }

  private static boolean has(long[] present, int row) {
    return (present[row >>> 6] & 1L << row) != 0;
  }

  private int id(LongIntMap known, long key, SpanColumn column, int row) {
    int id = known.get(key);
    if (id < 0) {
      id = id(Conversion.value(reference, SpanColumn.value(column, row)));
      if (id != NO_ID) {
        known.add(key, id);
      }
    }
    return id;
  }

  private void bindEach(Columns columns, RowSet rows) {
    ReferenceValues read = new ReferenceValues(reference, fields, columns);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      rowIds[row] = id(read.first(row));
    }
  }
}
