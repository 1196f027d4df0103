package dev.sextant.traceql.field;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * A reference's values in one batch. Of several places the first that has it counts; events and
 * links give a value, maybe nil, for each. For one thread.
 */
public final class ReferenceValues {
  private final Reference reference;
  private final List<FieldReader> readers = new ArrayList<>();

  public ReferenceValues(Reference reference, Columns columns) {
    this(reference, reference.fields(), columns);
  }

  /**
   * @param fields where to look, in this order
   */
  public ReferenceValues(Reference reference, List<SpanField> fields, Columns columns) {
    this.reference = reference;
    for (SpanField field : fields) {
      readers.add(new FieldReader(reference, field, columns));
    }
  }

  /** Whether it may have several values for a span. */
  static boolean isMany(Reference reference) {
    return reference.fields().stream().anyMatch(SpanField::isList);
  }

  /** The value; of several the first that is not nil. */
  public Value first(int row) {
    for (FieldReader reader : readers) {
      Value value = reader.first(row);
      if (value != Value.NIL) {
        return value;
      }
    }
    return Value.NIL;
  }

  /**
   * All values. Where only events or links have them, one for each, and so none of a span without;
   * where it is looked for in several places, those that are there, or nil.
   */
  List<Value> all(int row) {
    if (readers.size() == 1) {
      return readers.getFirst().all(row);
    }
    for (FieldReader reader : readers) {
      if (reader.first(row) != Value.NIL) {
        return reader.all(row).stream().filter(value -> value != Value.NIL).toList();
      }
    }
    return List.of(Value.NIL);
  }

  /** All values but nil, each once. */
  public List<Value> distinct(int row) {
    if (!isMany(reference)) {
      Value value = first(row);
      return value == Value.NIL ? List.of() : List.of(value);
    }
    return all(row).stream().filter(value -> value != Value.NIL).distinct().toList();
  }

  /** One field's column, asked for when the first row is. */
  private static final class FieldReader {
    private final Reference reference;
    private final SpanField field;
    private final Columns columns;
    private SpanColumn values = SpanColumn.ABSENT;

    /** Where each row's values end; empty for one value a row. */
    private int[] ends = new int[0];

    private boolean isRead;

    /** Values of a dictionary, converted when first met. */
    private Value[] converted = new Value[0];

    FieldReader(Reference reference, SpanField field, Columns columns) {
      this.reference = reference;
      this.field = field;
      this.columns = columns;
    }

    private void read() {
      if (isRead) {
        return;
      }
      isRead = true;
      values = columns.column(field);
      if (values instanceof SpanColumn.Lists(int[] ofRows, SpanColumn inner)) {
        ends = ofRows;
        values = inner;
      }
      if (values instanceof SpanColumn.Coded coded) {
        converted = new Value[coded.dictionary().size()];
      }
    }

    private boolean isList() {
      return ends.length > 0;
    }

    Value first(int row) {
      read();
      if (!isList()) {
        return at(row);
      }
      for (int place = row == 0 ? 0 : ends[row - 1]; place < ends[row]; place++) {
        Value value = at(place);
        if (value != Value.NIL) {
          return value;
        }
      }
      return Value.NIL;
    }

    List<Value> all(int row) {
      read();
      if (!isList()) {
        return field.isList() ? List.of() : List.of(at(row));
      }
      List<Value> all = new ArrayList<>();
      for (int place = row == 0 ? 0 : ends[row - 1]; place < ends[row]; place++) {
        all.add(at(place));
      }
      return all;
    }

    private Value at(int place) {
      if (values instanceof SpanColumn.Coded coded) {
        int code = coded.codes()[place];
        if (code < 0) {
          return Value.NIL;
        }
        Value value = converted[code];
        if (value == null) {
          value = Conversion.value(reference, coded.dictionary().get(code));
          converted[code] = value;
        }
        return value;
      }
      return Conversion.value(reference, SpanColumn.value(values, place));
    }
  }
}
