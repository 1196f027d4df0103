package dev.sextant.api.trace;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.trace.Span;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Spans as query engines see them. */
final class PlainSpans {
  private PlainSpans() {}

  static PlainSpan of(Span span) {
    return new PlainSpan(
        span.traceId().high(),
        span.traceId().low(),
        span.spanId(),
        span.parentSpanId(),
        span.name(),
        span.kind().ordinal(),
        span.status().ordinal(),
        orNull(span.statusMessage()),
        span.startNanos(),
        span.durationNanos(),
        attributes(span.attributes()),
        attributes(span.resource().attributes()),
        orNull(span.scope().name()),
        orNull(span.scope().version()),
        attributes(span.scope().attributes()),
        span.events().stream()
            .map(
                event ->
                    new PlainSpan.Event(
                        event.name(), event.timeNanos(), attributes(event.attributes())))
            .toList(),
        span.links().stream()
            .map(
                link ->
                    new PlainSpan.Link(
                        link.traceId().high(),
                        link.traceId().low(),
                        link.spanId(),
                        attributes(link.attributes())))
            .toList());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Map<String, SpanValue> attributes(Attributes attributes) {
    Map<String, SpanValue> values = new LinkedHashMap<>();
    for (Attributes.Entry entry : attributes.entries()) {
      value(entry.value()).ifPresent(value -> values.putIfAbsent(entry.key(), value));
    }
    return values;
  }

  /** Empty for a value that is not set. */
  private static Optional<SpanValue> value(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Empty() -> Optional.empty();
      case AttributeValue.Text(String text) -> Optional.of(SpanValue.of(text));
      case AttributeValue.Bool(boolean bool) -> Optional.of(SpanValue.of(bool));
      case AttributeValue.Int(long number) -> Optional.of(SpanValue.of(number));
      case AttributeValue.Decimal(double number) -> Optional.of(SpanValue.of(number));
      case AttributeValue.Array array -> Optional.of(array(array));
      case AttributeValue.Bytes bytes -> Optional.of(new SpanValue.Other(bytes.asText()));
      case AttributeValue.KeyValues map -> Optional.of(new SpanValue.Other(map.asText()));
    };
  }

  private static SpanValue array(AttributeValue.Array array) {
    List<SpanValue> values = new ArrayList<>();
    for (AttributeValue each : array.values()) {
      SpanValue value = value(each).orElse(new SpanValue.Other(""));
      if (value instanceof SpanValue.Array || value instanceof SpanValue.Other) {
        return new SpanValue.Other(array.asText());
      }
      values.add(value);
    }
    return new SpanValue.Array(values);
  }
}
