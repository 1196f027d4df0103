package dev.sextant.api.service;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import java.util.Set;

/**
 * Tells of a batch's spans with what exception they ended: the last one among their events, else
 * what the span itself says. For one thread, and as long as the batch is valid.
 */
final class ErrorColumns {
  static final SpanField EVENT_TYPE = event("exception.type");
  private static final SpanField EVENT_MESSAGE = event("exception.message");
  private static final SpanField EVENT_STACK = event("exception.stacktrace");
  private static final SpanField ERROR_TYPE = SpanField.span("error.type");
  private static final int LONGEST_FRAME = 300;

  static final Set<SpanField> FIELDS =
      Set.of(
          EVENT_TYPE,
          EVENT_MESSAGE,
          EVENT_STACK,
          ERROR_TYPE,
          SpanField.Intrinsic.STATUS_MESSAGE,
          SpanField.Intrinsic.NAME);

  private final SpanColumn types;
  private final SpanColumn messages;
  private final SpanColumn stacks;
  private final TextColumn errorTypes;
  private final TextColumn statusMessages;

  ErrorColumns(SpanBatch batch) {
    this.types = batch.column(EVENT_TYPE);
    this.messages = batch.column(EVENT_MESSAGE);
    this.stacks = batch.column(EVENT_STACK);
    this.errorTypes = new TextColumn(batch, ERROR_TYPE);
    this.statusMessages = new TextColumn(batch, SpanField.Intrinsic.STATUS_MESSAGE);
  }

  private static SpanField event(String key) {
    return new SpanField.Attribute(SpanField.Scope.EVENT, key);
  }

  /** An exception as it was sent. */
  record Thrown(String type, String message) {}

  Thrown thrown(int row) {
    int event = event(row);
    if (event >= 0) {
      return new Thrown(at(types, event), at(messages, event));
    }
    return new Thrown(errorTypes.text(row), statusMessages.text(row));
  }

  /** The first frame of the exception's stack trace; empty where it has none. */
  String frame(int row) {
    int event = event(row);
    if (event < 0) {
      return "";
    }
    for (String line : at(stacks, event).lines().limit(50).map(String::strip).toList()) {
      if (line.startsWith("at ")) {
        return StatementText.cut(line.substring(3), LONGEST_FRAME);
      }
    }
    return "";
  }

  /** The place of a row's last exception among all events; -1 for none. */
  private int event(int row) {
    if (!(types instanceof SpanColumn.Lists(int[] ends, SpanColumn values))) {
      return -1;
    }
    int first = row == 0 ? 0 : ends[row - 1];
    for (int place = ends[row] - 1; place >= first; place--) {
      if (SpanColumn.value(values, place) != null) {
        return place;
      }
    }
    return -1;
  }

  private static String at(SpanColumn column, int place) {
    return column instanceof SpanColumn.Lists(int[] ends, SpanColumn values)
        ? TextColumn.text(SpanColumn.value(values, place))
        : "";
  }
}
