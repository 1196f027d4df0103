package dev.sextant.storage.table;

import dev.sextant.storage.otlp.Slice;

/**
 * What a column holds.
 *
 * @param field number of one of the table's own fields; 0 for an attribute
 * @param key of an attribute, UTF-8; empty for a field
 */
public record ColumnKey(int field, Slice key, ValueType type) {
  public static ColumnKey ofField(int field, ValueType type) {
    return new ColumnKey(field, Slice.EMPTY, type);
  }

  public boolean isAttribute() {
    return field == 0;
  }

  @Override
  public String toString() {
    return (isAttribute() ? key.text() : "field " + field) + " " + type;
  }
}
