package dev.sextant.api.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Span;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace as Jaeger's page reads it. What OpenTelemetry keeps in places of its own becomes the tags
 * that Jaeger has for it.
 */
final class UiTrace {
  /** Strings that Jaeger itself says of a span. */
  static final String WARNINGS = "@jaeger@warnings";

  /** The flag that forced sampling, kept as an attribute. */
  static final String DEBUG = "jaeger.debug";

  static final String REF_TYPE = "opentracing.ref_type";

  private final JsonGenerator json;
  private final Map<Resource, String> processes = new LinkedHashMap<>();

  private UiTrace(JsonGenerator json) {
    this.json = json;
  }

  /**
   * Writes one trace.
   *
   * @param spans at least one
   */
  static void write(JsonGenerator json, List<Span> spans) throws IOException {
    new UiTrace(json).trace(spans);
  }

  /** 16 hexadecimal digits where 64 bits suffice, else 32. */
  static String text(TraceId id) {
    return id.high() == 0 ? HexFormat.of().toHexDigits(id.low()) : id.toString();
  }

  private void trace(List<Span> spans) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceID", text(spans.getFirst().traceId()));
    json.writeArrayFieldStart("spans");
    for (Span span : spans) {
      span(span);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("processes");
    for (Map.Entry<Resource, String> process : processes.entrySet()) {
      json.writeObjectFieldStart(process.getValue());
      json.writeStringField("serviceName", process.getKey().service());
      json.writeArrayFieldStart("tags");
      for (Attributes.Entry tag : process.getKey().attributes().entries()) {
        if (!tag.key().equals("service.name")) {
          UiTag.write(json, tag.key(), tag.value());
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeNullField("warnings");
    json.writeEndObject();
  }

  private void span(Span span) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceID", text(span.traceId()));
    json.writeStringField("spanID", SpanId.toHex(span.spanId()));
    int debug =
        span.attributes().get(DEBUG) instanceof AttributeValue.Bool(boolean set) && set ? 2 : 0;
    json.writeNumberField("flags", span.flags() & 1 | debug);
    json.writeStringField("operationName", span.name());
    references(span);
    json.writeNumberField("startTime", span.startNanos() / 1000);
    json.writeNumberField("duration", span.durationNanos() / 1000);
    json.writeArrayFieldStart("tags");
    UiTag.ofSpan(json, span);
    json.writeEndArray();
    logs(span);
    String process =
        processes.computeIfAbsent(span.resource(), resource -> "p" + (processes.size() + 1));
    json.writeStringField("processID", process);
    warnings(span);
    json.writeEndObject();
  }

  private void references(Span span) throws IOException {
    json.writeArrayFieldStart("references");
    if (span.parentSpanId() != 0) {
      reference("CHILD_OF", span.traceId(), span.parentSpanId());
    }
    for (Span.Link link : span.links()) {
      boolean child = link.attributes().text(REF_TYPE).equals("child_of");
      reference(child ? "CHILD_OF" : "FOLLOWS_FROM", link.traceId(), link.spanId());
    }
    json.writeEndArray();
  }

  private void reference(String type, TraceId trace, long span) throws IOException {
    json.writeStartObject();
    json.writeStringField("refType", type);
    json.writeStringField("traceID", text(trace));
    json.writeStringField("spanID", SpanId.toHex(span));
    json.writeEndObject();
  }

  private void logs(Span span) throws IOException {
    json.writeArrayFieldStart("logs");
    for (Span.Event event : span.events()) {
      json.writeStartObject();
      json.writeNumberField("timestamp", event.timeNanos() / 1000);
      json.writeArrayFieldStart("fields");
      if (!event.name().isEmpty() && event.attributes().get("event") == null) {
        UiTag.write(json, "event", AttributeValue.of(event.name()));
      }
      for (Attributes.Entry field : event.attributes().entries()) {
        UiTag.write(json, field.key(), field.value());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void warnings(Span span) throws IOException {
    if (span.attributes().get(WARNINGS) instanceof AttributeValue.Array(var texts)) {
      json.writeArrayFieldStart("warnings");
      for (AttributeValue text : texts) {
        json.writeString(text.asText());
      }
      json.writeEndArray();
    } else {
      json.writeNullField("warnings");
    }
  }
}
