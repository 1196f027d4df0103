package dev.sextant.trace;

import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import java.util.List;

/** The fields that a span has from its whole trace. */
final class TraceFields {
  private TraceFields() {}

  static boolean isOne(SpanField field) {
    return field instanceof Intrinsic intrinsic
        && switch (intrinsic) {
          case ROOT_NAME,
              ROOT_SERVICE,
              TRACE_START,
              TRACE_DURATION,
              CHILD_COUNT,
              NESTED_SET_LEFT,
              NESTED_SET_RIGHT,
              NESTED_SET_PARENT ->
              true;
          default -> false;
        };
  }

  static boolean areIn(SpanCondition condition) {
    return CompiledCondition.fields(condition).stream().anyMatch(TraceFields::isOne);
  }

  /** What can be told of a span alone: holds wherever the whole condition may. */
  static SpanCondition without(SpanCondition condition) {
    return switch (condition) {
      case SpanCondition.And(List<SpanCondition> parts) ->
          new SpanCondition.And(parts.stream().map(TraceFields::without).toList());
      case SpanCondition.Or(List<SpanCondition> parts) ->
          new SpanCondition.Or(parts.stream().map(TraceFields::without).toList());
      case SpanCondition.Compare compare -> isOne(compare.field()) ? SpanCondition.ALL : compare;
      case SpanCondition.Present present -> isOne(present.field()) ? SpanCondition.ALL : present;
    };
  }
}
