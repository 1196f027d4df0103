package dev.sextant.trace.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a {@link PlainSpan}, but those that its trace gives it. */
final class PlainValues {
  private PlainValues() {}

  /** Whether a field has a value for each event or link. */
  static boolean isList(SpanField field) {
    return switch (field) {
      case SpanField.Attribute(SpanField.Scope scope, String key) ->
          scope == SpanField.Scope.EVENT || scope == SpanField.Scope.LINK;
      case SpanField.Intrinsic intrinsic ->
          switch (intrinsic) {
            case EVENT_NAME, EVENT_TIME_SINCE_START, LINK_TRACE_ID, LINK_SPAN_ID -> true;
            default -> false;
          };
    };
  }

  /** The values of a field: one for each event or link, else one; null where there is none. */
  static List<@Nullable SpanValue> values(PlainSpan span, SpanField field) {
    return switch (field) {
      case SpanField.Attribute(SpanField.Scope scope, String key) ->
          switch (scope) {
            case SPAN -> one(span.attributes().get(key));
            case RESOURCE -> one(span.resource().get(key));
            case INSTRUMENTATION -> one(span.scopeAttributes().get(key));
            case EVENT -> each(span.events(), event -> event.attributes().get(key));
            case LINK -> each(span.links(), link -> link.attributes().get(key));
          };
      case SpanField.Intrinsic intrinsic -> values(span, intrinsic);
    };
  }

  private static List<@Nullable SpanValue> values(PlainSpan span, SpanField.Intrinsic field) {
    return switch (field) {
      case NAME -> one(SpanValue.of(span.name()));
      case KIND -> one(SpanValue.of((long) span.kind()));
      case STATUS -> one(SpanValue.of((long) span.status()));
      case STATUS_MESSAGE -> one(text(span.statusMessage()));
      case START -> one(SpanValue.of(span.startNanos()));
      case DURATION -> one(SpanValue.of(span.durationNanos()));
      case TRACE_ID -> one(traceId(span.traceHigh(), span.traceLow()));
      case SPAN_ID -> one(hex(span.spanId()));
      case PARENT_ID -> one(span.parentId() == 0 ? null : hex(span.parentId()));
      case INSTRUMENTATION_NAME -> one(text(span.scopeName()));
      case INSTRUMENTATION_VERSION -> one(text(span.scopeVersion()));
      case EVENT_NAME -> each(span.events(), event -> SpanValue.of(event.name()));
      case EVENT_TIME_SINCE_START ->
          each(span.events(), event -> SpanValue.of(event.timeNanos() - span.startNanos()));
      case LINK_TRACE_ID -> each(span.links(), link -> traceId(link.traceHigh(), link.traceLow()));
      case LINK_SPAN_ID -> each(span.links(), link -> hex(link.spanId()));
      case ROOT_NAME,
          ROOT_SERVICE,
          TRACE_START,
          TRACE_DURATION,
          CHILD_COUNT,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          NESTED_SET_PARENT ->
          throw new IllegalArgumentException(field + " is its trace's");
    };
  }

  private static List<@Nullable SpanValue> one(@Nullable SpanValue value) {
    List<@Nullable SpanValue> values = new ArrayList<>(1);
    values.add(value);
    return values;
  }

  private static <T> List<@Nullable SpanValue> each(
      List<T> parts, Function<T, @Nullable SpanValue> value) {
    List<@Nullable SpanValue> values = new ArrayList<>();
    for (T part : parts) {
      values.add(value.apply(part));
    }
    return values;
  }

  private static @Nullable SpanValue text(@Nullable String text) {
    return text == null || text.isEmpty() ? null : SpanValue.of(text);
  }

  private static SpanValue traceId(long high, long low) {
    return SpanValue.of(HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low));
  }

  private static SpanValue hex(long id) {
    return SpanValue.of(HexFormat.of().toHexDigits(id));
  }

  /** Adds the attributes of a span under some scope. */
  static void attributes(
      PlainSpan span, SpanField.Scope scope, Collection<SpanField.Attribute> into) {
    List<Map<String, SpanValue>> maps =
        switch (scope) {
          case SPAN -> List.of(span.attributes());
          case RESOURCE -> List.of(span.resource());
          case INSTRUMENTATION -> List.of(span.scopeAttributes());
          case EVENT -> span.events().stream().map(PlainSpan.Event::attributes).toList();
          case LINK -> span.links().stream().map(PlainSpan.Link::attributes).toList();
        };
    for (Map<String, SpanValue> map : maps) {
      map.keySet().forEach(key -> into.add(new SpanField.Attribute(scope, key)));
    }
  }
}
