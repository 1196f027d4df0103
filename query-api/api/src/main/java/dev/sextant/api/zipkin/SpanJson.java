package dev.sextant.api.zipkin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Span;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Spans as Zipkin's own encoder writes them: its order of fields, nothing that is empty. */
final class SpanJson {
  private SpanJson() {}

  static void trace(JsonGenerator json, List<Span> spans) throws IOException {
    json.writeStartArray();
    for (Span span : spans) {
      span(json, span);
    }
    json.writeEndArray();
  }

  private static void span(JsonGenerator json, Span span) throws IOException {
    ZipkinTags tags = new ZipkinTags(span);
    boolean debug = tags.takeFlag(ZipkinFields.DEBUG);
    boolean shared = tags.takeFlag(ZipkinFields.SHARED);
    boolean timed = !tags.takeFlag(ZipkinFields.TIMESTAMP_MISSING);
    json.writeStartObject();
    json.writeStringField("traceId", hex(span.traceId()));
    if (span.parentSpanId() != 0) {
      json.writeStringField("parentId", SpanId.toHex(span.parentSpanId()));
    }
    json.writeStringField("id", SpanId.toHex(span.spanId()));
    kind(json, span.kind());
    text(json, "name", span.name());
    if (timed) {
      json.writeNumberField("timestamp", span.startNanos() / 1000);
    }
    if (span.durationNanos() > 0) {
      json.writeNumberField("duration", Math.max(1, span.durationNanos() / 1000));
    }
    endpoint(
        json,
        "localEndpoint",
        tags.take(ZipkinFields.SERVICE),
        tags.takeAddress(ZipkinFields.LOCAL_ADDRESS),
        tags.takePort(ZipkinFields.LOCAL_PORT));
    endpoint(
        json,
        "remoteEndpoint",
        tags.take(ZipkinFields.PEER_SERVICE),
        tags.takeAddress(ZipkinFields.PEER_ADDRESS),
        tags.takePort(ZipkinFields.PEER_PORT));
    annotations(json, span.events());
    tags(json, tags.rest());
    flag(json, "debug", debug);
    flag(json, "shared", shared);
    json.writeEndObject();
  }

  /** 16 digits where that is enough. */
  private static String hex(TraceId id) {
    return id.high() == 0 ? SpanId.toHex(id.low()) : id.toString();
  }

  private static void kind(JsonGenerator json, Span.Kind kind) throws IOException {
    switch (kind) {
      case CLIENT, SERVER, PRODUCER, CONSUMER -> json.writeStringField("kind", kind.name());
      case INTERNAL, UNSPECIFIED -> {}
    }
  }

  private static void endpoint(
      JsonGenerator json, String field, String service, String address, int port)
      throws IOException {
    if (service.isEmpty() && address.isEmpty() && port == 0) {
      return;
    }
    json.writeObjectFieldStart(field);
    text(json, "serviceName", service);
    text(json, address.indexOf(':') < 0 ? "ipv4" : "ipv6", address);
    if (port != 0) {
      json.writeNumberField("port", port);
    }
    json.writeEndObject();
  }

  private static void annotations(JsonGenerator json, List<Span.Event> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("annotations");
    for (Span.Event event :
        events.stream().sorted(Comparator.comparingLong(Span.Event::timeNanos)).toList()) {
      json.writeStartObject();
      json.writeNumberField("timestamp", event.timeNanos() / 1000);
      json.writeStringField("value", value(event));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** An event's name or, as OpenTelemetry's exporters write it, {@code "name": {attributes}}. */
  private static String value(Span.Event event) {
    return event.attributes().isEmpty()
        ? event.name()
        : "\"" + event.name() + "\": " + new AttributeValue.KeyValues(event.attributes()).asText();
  }

  private static void tags(JsonGenerator json, Map<String, String> tags) throws IOException {
    if (tags.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("tags");
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      json.writeStringField(tag.getKey(), tag.getValue());
    }
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String field, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(field, value);
    }
  }

  private static void flag(JsonGenerator json, String field, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(field, true);
    }
  }
}
