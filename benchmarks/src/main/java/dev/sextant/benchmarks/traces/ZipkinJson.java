package dev.sextant.benchmarks.traces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Exports as a list of Zipkin's spans, version 2: attributes are tags, events annotations. What
 * Zipkin has no place for is left out: resources but for the service's name, libraries, links.
 */
final class ZipkinJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ZipkinJson() {}

  static byte[] of(Export export) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartArray();
      for (SentSpan each : export.spans()) {
        span(json, each.trace().number(), each.span());
      }
      json.writeEndArray();
    }
    return out.toByteArray();
  }

  private static void span(JsonGenerator json, long trace, MadeSpan span) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", Ids.traceHex(trace));
    json.writeStringField("id", Ids.hex(Ids.span(trace, span.index)));
    if (span.parent >= 0) {
      json.writeStringField("parentId", Ids.hex(Ids.span(trace, span.parent)));
    }
    json.writeStringField("name", span.name);
    if (span.kind != SpanKind.SPAN_KIND_INTERNAL) {
      json.writeStringField("kind", span.kind.name().substring("SPAN_KIND_".length()));
    }
    json.writeNumberField("timestamp", span.startNanos / 1000);
    json.writeNumberField("duration", Math.max(1, span.durationNanos / 1000));
    endpoint(json, "localEndpoint", span.service.name);
    if (span.peer != null) {
      endpoint(json, "remoteEndpoint", span.peer.name);
    }
    if (!span.events.isEmpty()) {
      json.writeArrayFieldStart("annotations");
      for (Event event : span.events) {
        json.writeStartObject();
        json.writeNumberField("timestamp", event.getTimeUnixNano() / 1000);
        json.writeStringField("value", event.getName());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeObjectFieldStart("tags");
    for (KeyValue each : span.attributes) {
      json.writeStringField(each.getKey(), text(each.getValue()));
    }
    if (span.failed) {
      json.writeStringField("error", "true");
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void endpoint(JsonGenerator json, String name, String service) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("serviceName", service);
    json.writeEndObject();
  }

  private static String text(AnyValue value) {
    if (value.hasIntValue()) {
      return Long.toString(value.getIntValue());
    }
    return value.hasBoolValue() ? "" + value.getBoolValue() : value.getStringValue();
  }
}
