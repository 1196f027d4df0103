package dev.sextant.trace;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.trace.model.ValueTest;

/** Tells whether anything may satisfy a comparison. */
final class Pruning {
  private Pruning() {}

  /** Whether some value of a column's dictionary satisfies a comparison; true without one. */
  static boolean mightHold(SpanColumn column, ValueTest test) {
    return switch (column) {
      case SpanColumn.Absent _ -> false;
      case SpanColumn.Coded coded -> {
        for (SpanValue value : coded.dictionary()) {
          if (test.test(value)) {
            yield true;
          }
        }
        yield false;
      }
      case SpanColumn.Longs _, SpanColumn.Doubles _, SpanColumn.Lists _ -> true;
    };
  }
}
