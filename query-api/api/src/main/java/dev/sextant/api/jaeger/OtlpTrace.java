package dev.sextant.api.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.trace.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans as OTLP's JSON: ids in hexadecimal digits, enums as numbers, whole numbers of 64 bits as
 * texts; what is empty or 0 is left out.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP's JSON</a>
 */
final class OtlpTrace {
  private final JsonGenerator json;

  private OtlpTrace(JsonGenerator json) {
    this.json = json;
  }

  /** Writes {@code ResourceSpans} one after the other, into an array that is open. */
  static void write(JsonGenerator json, List<Span> spans) throws IOException {
    Map<Resource, Map<Scope, List<Span>>> grouped = new LinkedHashMap<>();
    for (Span span : spans) {
      grouped
          .computeIfAbsent(span.resource(), resource -> new LinkedHashMap<>())
          .computeIfAbsent(span.scope(), scope -> new ArrayList<>())
          .add(span);
    }
    OtlpTrace out = new OtlpTrace(json);
    for (Map.Entry<Resource, Map<Scope, List<Span>>> entry : grouped.entrySet()) {
      out.resource(entry.getKey(), entry.getValue());
    }
  }

  private void resource(Resource resource, Map<Scope, List<Span>> scopes) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("resource");
    attributes(resource.attributes());
    number("droppedAttributesCount", resource.droppedAttributes());
    json.writeEndObject();
    json.writeArrayFieldStart("scopeSpans");
    for (Map.Entry<Scope, List<Span>> scope : scopes.entrySet()) {
      scope(scope.getKey(), scope.getValue());
    }
    json.writeEndArray();
    text("schemaUrl", resource.schemaUrl());
    json.writeEndObject();
  }

  private void scope(Scope scope, List<Span> spans) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("scope");
    text("name", scope.name());
    text("version", scope.version());
    attributes(scope.attributes());
    number("droppedAttributesCount", scope.droppedAttributes());
    json.writeEndObject();
    json.writeArrayFieldStart("spans");
    for (Span span : spans) {
      span(span);
    }
    json.writeEndArray();
    text("schemaUrl", scope.schemaUrl());
    json.writeEndObject();
  }

  private void span(Span span) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", span.traceId().toString());
    json.writeStringField("spanId", SpanId.toHex(span.spanId()));
    text("traceState", span.traceState());
    if (span.parentSpanId() != 0) {
      json.writeStringField("parentSpanId", SpanId.toHex(span.parentSpanId()));
    }
    number("flags", Integer.toUnsignedLong(span.flags()));
    text("name", span.name());
    number("kind", span.kind().ordinal());
    json.writeStringField("startTimeUnixNano", Long.toUnsignedString(span.startNanos()));
    json.writeStringField("endTimeUnixNano", Long.toUnsignedString(span.endNanos()));
    attributes(span.attributes());
    number("droppedAttributesCount", Integer.toUnsignedLong(span.droppedAttributes()));
    events(span.events());
    number("droppedEventsCount", Integer.toUnsignedLong(span.droppedEvents()));
    links(span.links());
    number("droppedLinksCount", Integer.toUnsignedLong(span.droppedLinks()));
    json.writeObjectFieldStart("status");
    text("message", span.statusMessage());
    number("code", span.status().ordinal());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void events(List<Span.Event> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("events");
    for (Span.Event event : events) {
      json.writeStartObject();
      json.writeStringField("timeUnixNano", Long.toUnsignedString(event.timeNanos()));
      text("name", event.name());
      attributes(event.attributes());
      number("droppedAttributesCount", Integer.toUnsignedLong(event.droppedAttributes()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void links(List<Span.Link> links) throws IOException {
    if (links.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("links");
    for (Span.Link link : links) {
      json.writeStartObject();
      json.writeStringField("traceId", link.traceId().toString());
      json.writeStringField("spanId", SpanId.toHex(link.spanId()));
      text("traceState", link.traceState());
      attributes(link.attributes());
      number("droppedAttributesCount", Integer.toUnsignedLong(link.droppedAttributes()));
      number("flags", Integer.toUnsignedLong(link.flags()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void attributes(Attributes attributes) throws IOException {
    if (!attributes.isEmpty()) {
      json.writeArrayFieldStart("attributes");
      entries(attributes);
      json.writeEndArray();
    }
  }

  private void entries(Attributes attributes) throws IOException {
    for (Attributes.Entry entry : attributes.entries()) {
      json.writeStartObject();
      json.writeStringField("key", entry.key());
      json.writeFieldName("value");
      value(entry.value());
      json.writeEndObject();
    }
  }

  private void value(AttributeValue value) throws IOException {
    json.writeStartObject();
    switch (value) {
      case AttributeValue.Empty() -> {}
      case AttributeValue.Text(String text) -> json.writeStringField("stringValue", text);
      case AttributeValue.Bool(boolean bool) -> json.writeBooleanField("boolValue", bool);
      case AttributeValue.Int(long number) ->
          json.writeStringField("intValue", Long.toString(number));
      case AttributeValue.Decimal(double number) -> decimal(number);
      case AttributeValue.Array(List<AttributeValue> values) -> {
        json.writeObjectFieldStart("arrayValue");
        json.writeArrayFieldStart("values");
        for (AttributeValue each : values) {
          value(each);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      case AttributeValue.KeyValues(Attributes attributes) -> {
        json.writeObjectFieldStart("kvlistValue");
        json.writeArrayFieldStart("values");
        entries(attributes);
        json.writeEndArray();
        json.writeEndObject();
      }
      case AttributeValue.Bytes(ByteBuffer bytes) -> {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        json.writeBinaryField("bytesValue", copy);
      }
    }
    json.writeEndObject();
  }

  /** NaN and the infinities are no JSON numbers; proto3 writes them as text. */
  private void decimal(double number) throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumberField("doubleValue", number);
    } else {
      json.writeStringField("doubleValue", Double.toString(number));
    }
  }

  private void text(String field, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(field, value);
    }
  }

  private void number(String field, long value) throws IOException {
    if (value != 0) {
      json.writeNumberField(field, value);
    }
  }
}
