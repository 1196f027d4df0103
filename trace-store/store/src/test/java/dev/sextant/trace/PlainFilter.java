package dev.sextant.trace;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import java.util.Locale;

/** Filters by walking decoded spans: what stores must come to. */
final class PlainFilter {
  private PlainFilter() {}

  static boolean holds(SpanFilter filter, Span span) {
    return switch (filter) {
      case SpanFilter.And and -> and.parts().stream().allMatch(part -> holds(part, span));
      case SpanFilter.Or or -> or.parts().stream().anyMatch(part -> holds(part, span));
      case SpanFilter.Not not -> !holds(not.part(), span);
      case SpanFilter.Compare compare -> {
        AttributeValue value = value(compare.field(), span);
        yield value != null && Values.holds(value, compare.op(), compare.value());
      }
    };
  }

  static AttributeValue value(SpanField field, Span span) {
    AttributeValue own = first(span.attributes(), field.name());
    AttributeValue shared =
        field.equals(SpanField.SERVICE)
            ? AttributeValue.of(span.service())
            : first(span.resource().attributes(), field.name());
    return switch (field.place()) {
      case SPAN -> own;
      case RESOURCE -> shared;
      case ANY -> own != null ? own : shared;
      case INTRINSIC ->
          switch (field.name()) {
            case "name" -> AttributeValue.of(span.name());
            case "kind" -> AttributeValue.of(span.kind().name().toLowerCase(Locale.ROOT));
            case "status" -> AttributeValue.of(span.status().name().toLowerCase(Locale.ROOT));
            default -> AttributeValue.of(span.durationNanos());
          };
    };
  }

  /** The first value that is set; a key without one is as if it were not there. */
  private static AttributeValue first(Attributes attributes, String key) {
    return attributes.entries().stream()
        .filter(entry -> entry.key().equals(key))
        .map(Attributes.Entry::value)
        .filter(value -> !(value instanceof AttributeValue.Empty))
        .findFirst()
        .orElse(null);
  }
}
