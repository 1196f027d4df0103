package dev.sextant.trace.elasticsearch;

import dev.sextant.storage.elasticsearch.IndexText;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.trace.Span;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanCondition.Op;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanField.Scope;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.trace.model.ValueTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Translates conditions into the cluster's queries over the documents that {@link SpanDocument}
 * writes. What the cluster cannot tell, it is asked widely for: never is a span left out that
 * satisfies the condition.
 */
final class ConditionQuery {
  private ConditionQuery() {}

  static Pushed of(SpanCondition condition) {
    return switch (condition) {
      case SpanCondition.And(List<SpanCondition> parts) ->
          Pushed.all(parts.stream().map(ConditionQuery::of).toList());
      case SpanCondition.Or(List<SpanCondition> parts) ->
          Pushed.any(parts.stream().map(ConditionQuery::of).toList());
      case SpanCondition.Present(SpanField field) -> present(field);
      case SpanCondition.Compare compare -> compare(compare);
    };
  }

  private static Pushed present(SpanField field) {
    return switch (field) {
      case SpanField.Attribute(Scope scope, String key) -> {
        String name = AttributeFields.of(scope);
        String path = "." + IndexText.key(key);
        yield AttributeFields.isPlain(key)
            ? Pushed.exactly(
                Queries.any(
                    List.of(
                        Queries.exists(name + path),
                        Queries.exists(name + AttributeFields.OTHER + path),
                        Queries.exists(name + AttributeFields.NUMBER + path))))
            : Pushed.UNASKED;
      }
      case Intrinsic intrinsic -> {
        String name = SpanFields.of(intrinsic);
        yield name.isEmpty() ? Pushed.UNASKED : Pushed.exactly(Queries.exists(name));
      }
    };
  }

  private static Pushed compare(SpanCondition.Compare compare) {
    return switch (compare.field()) {
      case SpanField.Attribute(Scope scope, String key) ->
          AttributeFields.isPlain(key)
              ? attribute(scope, IndexText.key(key), compare)
              : Pushed.UNASKED;
      case Intrinsic intrinsic -> intrinsic(intrinsic, compare);
    };
  }

  private static Pushed intrinsic(Intrinsic field, SpanCondition.Compare compare) {
    return switch (field) {
      case KIND -> enumerated(field, Span.Kind.values(), compare);
      case STATUS -> enumerated(field, Span.Status.values(), compare);
      case START, DURATION -> NanosQuery.of(SpanFields.of(field), compare);
      case NAME,
          STATUS_MESSAGE,
          TRACE_ID,
          SPAN_ID,
          PARENT_ID,
          INSTRUMENTATION_NAME,
          INSTRUMENTATION_VERSION,
          EVENT_NAME,
          LINK_TRACE_ID,
          LINK_SPAN_ID ->
          compare.operand() instanceof SpanValue.Text(String text)
              ? TextQuery.of(SpanFields.of(field), values(field), compare.op(), text)
              : Pushed.NOTHING;
      case EVENT_TIME_SINCE_START -> Pushed.widely(Queries.exists(SpanFields.of(field)));
      case ROOT_NAME,
          ROOT_SERVICE,
          TRACE_START,
          TRACE_DURATION,
          CHILD_COUNT,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          NESTED_SET_PARENT ->
          Pushed.UNASKED;
    };
  }

  private static Values values(Intrinsic field) {
    return switch (field) {
      case EVENT_NAME, LINK_TRACE_ID, LINK_SPAN_ID -> Values.MANY;
      default -> Values.ONE;
    };
  }

  private static Pushed enumerated(
      Intrinsic field, Enum<?>[] values, SpanCondition.Compare compare) {
    ValueTest test = ValueTest.of(compare.op(), compare.operand());
    List<String> names = new ArrayList<>();
    for (Enum<?> value : values) {
      if (test.testLong(value.ordinal())) {
        names.add(value.name().toLowerCase(Locale.ROOT));
      }
    }
    return Pushed.exactly(Queries.terms(SpanFields.of(field), names));
  }

  private static Pushed attribute(Scope scope, String key, SpanCondition.Compare compare) {
    String name = AttributeFields.of(scope);
    Values values = Values.of(scope);
    return switch (compare.operand()) {
      case SpanValue.Text(String text) ->
          TextQuery.of(name + "." + key, values, compare.op(), text);
      case SpanValue.Bool(boolean wanted) ->
          bool(name + AttributeFields.OTHER + "." + key, compare.op(), wanted);
      case SpanValue.Int _, SpanValue.Decimal _ ->
          number(name + AttributeFields.NUMBER + "." + key, values, compare);
      case SpanValue.Array _, SpanValue.Other _ -> Pushed.NOTHING;
    };
  }

  private static Pushed bool(String field, Op op, boolean wanted) {
    return switch (op) {
      case EQUAL -> Pushed.exactly(Queries.term(field, Boolean.toString(wanted)));
      case NOT_EQUAL -> Pushed.widely(Queries.term(field, Boolean.toString(!wanted)));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, MATCHES, NOT_MATCHES -> Pushed.NOTHING;
    };
  }

  private static Pushed number(String field, Values values, SpanCondition.Compare compare) {
    String digits = NumberKey.digits(compare.operand());
    return switch (compare.op()) {
      case MATCHES, NOT_MATCHES -> Pushed.NOTHING;
      case NOT_EQUAL ->
          values.not(
              field,
              digits == null
                  ? List.of()
                  : List.of(digits + NumberKey.INTEGER, digits + NumberKey.DECIMAL));
      case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          digits == null
              ? Pushed.NOTHING
              : Pushed.exactly(NumberQuery.of(field, compare.op(), digits));
    };
  }
}
