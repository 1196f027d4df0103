package dev.sextant.storage.table;

import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;

/**
 * Puts single rows of a stored table together again. Going on to a later row costs as much as there
 * are rows between. For one thread.
 */
public final class RowReader {
  private final StoredTable table;
  private final RowPlaces places;

  /** How many values of each column were taken of the row, while its attributes are written. */
  private final int[] taken;

  private int row = -1;
  private int[] columns = new int[0];

  public RowReader(StoredTable table) {
    this.table = table;
    this.places = new RowPlaces(table.shapes());
    this.taken = new int[table.columns()];
  }

  /** Goes to a row. */
  public void moveTo(int wanted) {
    if (row != wanted) {
      columns = places.moveTo(wanted);
      row = wanted;
    }
  }

  private boolean has(int column) {
    for (int each : columns) {
      if (each == column) {
        return true;
      }
    }
    return false;
  }

  /** Where the row's value of a field stands in its column, or -1 where the row has none. */
  private int place(int column) {
    if (column < 0) {
      return -1;
    }
    if (has(column)) {
      return places.place(column);
    }
    return table.isOptional(column) ? -1 : row;
  }

  /** The row's number in a field of the table's own, or another where it has none. */
  public long number(int field, long otherwise) {
    int column = table.field(field);
    int place = place(column);
    return place < 0 ? otherwise : table.numbers(column)[place];
  }

  /** The row's bytes in a field of the table's own; empty where it has none. */
  public Slice text(int field) {
    int column = table.field(field);
    int place = place(column);
    return place < 0 ? Slice.EMPTY : text(column, place);
  }

  private Slice text(int column, int place) {
    TextValues texts = table.texts(column);
    return texts.entries().get(texts.codes()[place]);
  }

  /**
   * Appends the row's attributes as they were sent.
   *
   * @param field number of the repeated {@code KeyValue} field
   */
  public void attributes(int field, ProtoWriter out) {
    Arrays.fill(taken, 0);
    for (int column : columns) {
      ColumnKey key = table.key(column);
      if (key.isAttribute()) {
        attribute(field, column, places.place(column) + taken[column]++, out);
      }
    }
  }

  private void attribute(int field, int column, int place, ProtoWriter out) {
    ColumnKey key = table.key(column);
    switch (key.type()) {
      case PAIR, REST -> out.delimited(field, text(column, place));
      default -> {
        int pair = out.begin(field);
        out.delimited(1, key.key());
        int value = out.begin(2);
        value(key.type(), column, place, out);
        out.end(value);
        out.end(pair);
      }
    }
  }

  private void value(ValueType type, int column, int place, ProtoWriter out) {
    switch (type) {
      case TEXT -> out.delimited(1, text(column, place));
      case BOOL -> out.varint(2, table.numbers(column)[place]);
      case INT -> out.varint(3, table.numbers(column)[place]);
      case DECIMAL -> out.fixed64(4, table.numbers(column)[place]);
      default -> out.raw(text(column, place));
    }
  }
}
