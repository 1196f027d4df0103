package dev.sextant.traceql.field;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.traceql.QueryLimits;

/** Gives a batch's values of a field. */
@FunctionalInterface
public interface Columns {
  SpanColumn column(SpanField field);

  /** Run every now and then while rows are looked at; throws where the query is to end. */
  default void checkpoint() {}

  /** Combinations of one span's events and links that an operator looks at. */
  default int maxCombinations() {
    return QueryLimits.DEFAULT.maxCombinations();
  }
}
