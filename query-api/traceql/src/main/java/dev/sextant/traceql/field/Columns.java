package dev.sextant.traceql.field;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;

/** Gives a batch's values of a field. */
@FunctionalInterface
public interface Columns {
  SpanColumn column(SpanField field);

  /** Run every now and then while rows are looked at; throws where the query is to end. */
  default void checkpoint() {}
}
