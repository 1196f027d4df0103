package dev.sextant.api.service;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import org.jspecify.annotations.Nullable;

/**
 * One field of a batch as text. The column is decoded when its first value is asked for. For one
 * thread, and as long as the batch is valid.
 */
final class TextColumn {
  private final SpanBatch batch;
  private final SpanField field;
  private @Nullable SpanColumn column;

  TextColumn(SpanBatch batch, SpanField field) {
    this.batch = batch;
    this.field = field;
  }

  SpanField field() {
    return field;
  }

  /** A row's value; empty where it has none. */
  String text(int row) {
    if (column == null) {
      column = batch.column(field);
    }
    return text(SpanColumn.value(column, row));
  }

  static String text(@Nullable SpanValue value) {
    return switch (value) {
      case null -> "";
      case SpanValue.Text(String text) -> text;
      case SpanValue.Int(long number) -> Long.toString(number);
      case SpanValue.Decimal(double number) -> Double.toString(number);
      case SpanValue.Bool(boolean bool) -> Boolean.toString(bool);
      case SpanValue.Array array -> array.values().toString();
      case SpanValue.Other(String text) -> text;
    };
  }
}
