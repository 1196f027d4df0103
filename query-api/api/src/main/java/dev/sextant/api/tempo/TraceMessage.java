package dev.sextant.api.tempo;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans as OTLP's messages, every field of them.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">trace.proto</a>
 */
final class TraceMessage {
  private TraceMessage() {}

  /**
   * A list of {@code ResourceSpans} as a message's first field. Resources, scopes and spans are in
   * the order in which they first come.
   *
   * @param name the field's, in JSON
   */
  static void resourceSpans(MessageWriter out, String name, List<Span> spans) throws IOException {
    Map<Resource, Map<Scope, List<Span>>> grouped = new LinkedHashMap<>();
    for (Span span : spans) {
      grouped
          .computeIfAbsent(span.resource(), resource -> new LinkedHashMap<>())
          .computeIfAbsent(span.scope(), scope -> new ArrayList<>())
          .add(span);
    }
    out.list(
        1,
        name,
        List.copyOf(grouped.entrySet()),
        (message, entry) -> {
          Resource resource = entry.getKey();
          message.message(1, "resource", body -> resource(body, resource));
          message.list(
              2, "scopeSpans", List.copyOf(entry.getValue().entrySet()), TraceMessage::scopeSpans);
          message.text(3, "schemaUrl", resource.schemaUrl());
        });
  }

  private static void resource(MessageWriter out, Resource resource) throws IOException {
    attributes(out, 1, resource.attributes());
    out.uint32(2, "droppedAttributesCount", resource.droppedAttributes());
  }

  private static void scopeSpans(MessageWriter out, Map.Entry<Scope, List<Span>> entry)
      throws IOException {
    Scope scope = entry.getKey();
    out.message(
        1,
        "scope",
        body -> {
          body.text(1, "name", scope.name());
          body.text(2, "version", scope.version());
          attributes(body, 3, scope.attributes());
          body.uint32(4, "droppedAttributesCount", scope.droppedAttributes());
        });
    out.list(2, "spans", entry.getValue(), TraceMessage::span);
    out.text(3, "schemaUrl", scope.schemaUrl());
  }

  static void span(MessageWriter out, Span span) throws IOException {
    out.bytes(1, "traceId", id(span.traceId()));
    out.bytes(2, "spanId", id(span.spanId()));
    out.text(3, "traceState", span.traceState());
    out.bytes(4, "parentSpanId", id(span.parentSpanId()));
    out.text(5, "name", span.name());
    out.choice(6, "kind", span.kind().ordinal(), "SPAN_KIND_" + span.kind());
    out.fixed64(7, "startTimeUnixNano", span.startNanos());
    out.fixed64(8, "endTimeUnixNano", span.endNanos());
    attributes(out, 9, span.attributes());
    out.uint32(10, "droppedAttributesCount", Integer.toUnsignedLong(span.droppedAttributes()));
    out.messages(11, "events", span.events(), TraceMessage::event);
    out.uint32(12, "droppedEventsCount", Integer.toUnsignedLong(span.droppedEvents()));
    out.messages(13, "links", span.links(), TraceMessage::link);
    out.uint32(14, "droppedLinksCount", Integer.toUnsignedLong(span.droppedLinks()));
    out.message(
        15,
        "status",
        body -> {
          body.text(2, "message", span.statusMessage());
          body.choice(3, "code", span.status().ordinal(), "STATUS_CODE_" + span.status());
        });
    out.fixed32(16, "flags", span.flags());
  }

  private static void event(MessageWriter out, Span.Event event) throws IOException {
    out.fixed64(1, "timeUnixNano", event.timeNanos());
    out.text(2, "name", event.name());
    attributes(out, 3, event.attributes());
    out.uint32(4, "droppedAttributesCount", Integer.toUnsignedLong(event.droppedAttributes()));
  }

  private static void link(MessageWriter out, Span.Link link) throws IOException {
    out.bytes(1, "traceId", id(link.traceId()));
    out.bytes(2, "spanId", id(link.spanId()));
    out.text(3, "traceState", link.traceState());
    attributes(out, 4, link.attributes());
    out.uint32(5, "droppedAttributesCount", Integer.toUnsignedLong(link.droppedAttributes()));
    out.fixed32(6, "flags", link.flags());
  }

  private static void attributes(MessageWriter out, int field, Attributes attributes)
      throws IOException {
    out.messages(field, "attributes", attributes.entries(), TraceMessage::keyValue);
  }

  private static void keyValue(MessageWriter out, Attributes.Entry entry) throws IOException {
    out.text(1, "key", entry.key());
    out.message(2, "value", body -> anyValue(body, entry.value()));
  }

  private static void anyValue(MessageWriter out, AttributeValue value) throws IOException {
    switch (value) {
      case AttributeValue.Empty() -> {}
      case AttributeValue.Text(String text) -> out.textSet(1, "stringValue", text);
      case AttributeValue.Bool(boolean bool) -> out.boolSet(2, "boolValue", bool);
      case AttributeValue.Int(long number) -> out.int64Set(3, "intValue", number);
      case AttributeValue.Decimal(double number) -> out.decimalSet(4, "doubleValue", number);
      case AttributeValue.Array(List<AttributeValue> values) ->
          out.message(
              5, "arrayValue", list -> list.messages(1, "values", values, TraceMessage::anyValue));
      case AttributeValue.KeyValues(Attributes attributes) ->
          out.message(
              6,
              "kvlistValue",
              list -> list.messages(1, "values", attributes.entries(), TraceMessage::keyValue));
      case AttributeValue.Bytes(ByteBuffer bytes) -> {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        out.bytesSet(7, "bytesValue", copy);
      }
    }
  }

  private static byte[] id(TraceId id) {
    return id.isNone()
        ? new byte[0]
        : ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();
  }

  private static byte[] id(long spanId) {
    return spanId == 0 ? new byte[0] : ByteBuffer.allocate(8).putLong(spanId).array();
  }
}
