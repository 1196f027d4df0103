package dev.sextant.trace;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.trace.model.ValueTest;
import java.util.List;
import java.util.function.Predicate;

/** Tells of a condition whether anything may satisfy it, from what is known of its comparisons. */
final class Pruning {
  private Pruning() {}

  /**
   * False only where nothing satisfies the condition.
   *
   * @param leaf false only where nothing satisfies a {@link SpanCondition.Compare} or {@link
   *     SpanCondition.Present}
   */
  static boolean mightMatch(SpanCondition condition, Predicate<SpanCondition> leaf) {
    return switch (condition) {
      case SpanCondition.And(List<SpanCondition> parts) ->
          parts.stream().allMatch(part -> mightMatch(part, leaf));
      case SpanCondition.Or(List<SpanCondition> parts) ->
          parts.stream().anyMatch(part -> mightMatch(part, leaf));
      case SpanCondition.Compare compare -> leaf.test(compare);
      case SpanCondition.Present present -> leaf.test(present);
    };
  }

  /** Whether some value of a column's dictionary satisfies a comparison; true without one. */
  static boolean mightHold(SpanColumn column, SpanCondition.Compare compare) {
    return switch (column) {
      case SpanColumn.Absent _ -> false;
      case SpanColumn.Coded coded -> {
        ValueTest test = ValueTest.of(compare.op(), compare.operand());
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
