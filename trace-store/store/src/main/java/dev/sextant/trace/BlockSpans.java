package dev.sextant.trace;

import dev.sextant.storage.otlp.Resource;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import org.jspecify.annotations.Nullable;

/** A block read span by span. For one thread. */
final class BlockSpans {
  private final SpanBlock block;

  BlockSpans(SpanBlock block) {
    this.block = block;
  }

  /** {@link dev.sextant.storage.otlp.Resource#service()}. */
  String service(int row) {
    return service(SpanColumn.value(block.column(SpanField.SERVICE), row));
  }

  private static String service(@Nullable SpanValue sent) {
    String name = sent == null ? "" : SpanValues.text(sent);
    return name.isEmpty() ? Resource.EMPTY.service() : name;
  }

  String name(int row) {
    return text(SpanColumn.value(block.column(SpanField.Intrinsic.NAME), row));
  }

  private static String text(@Nullable SpanValue value) {
    return value instanceof SpanValue.Text(String text) ? text : "";
  }

  Span.Kind kind(int row) {
    return SpanDecoder.kind(number(SpanField.Intrinsic.KIND, row));
  }

  Span.Status status(int row) {
    return SpanDecoder.status(number(SpanField.Intrinsic.STATUS, row));
  }

  private int number(SpanField field, int row) {
    return SpanColumn.value(block.column(field), row) instanceof SpanValue.Int(long number)
        ? (int) number
        : 0;
  }
}
