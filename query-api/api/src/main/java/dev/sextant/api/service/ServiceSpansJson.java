package dev.sextant.api.service;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.trace.model.SpanSource;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a service's spans tell, as {@code openapi.yaml} writes it. */
final class ServiceSpansJson {
  private ServiceSpansJson() {}

  static void calls(JsonGenerator json, OutgoingCalls found, long millis) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("calls");
    for (OutgoingCalls.Group group : found.groups()) {
      json.writeStartObject();
      json.writeStringField("kind", group.call().kind().name().toLowerCase(Locale.ROOT));
      json.writeStringField("system", group.call().system());
      json.writeStringField("name", group.call().name());
      figures(json, group);
      json.writeArrayFieldStart("shared");
      for (OutgoingCalls.Shared shared : group.shared()) {
        json.writeStartObject();
        json.writeStringField("field", shared.field());
        json.writeStringField("value", shared.value());
        json.writeEndObject();
      }
      json.writeEndArray();
      example(json, "slowest", group.slowest());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (found.other() == null) {
      json.writeNullField("other");
    } else {
      json.writeObjectFieldStart("other");
      figures(json, found.other());
      json.writeEndObject();
    }
    end(json, found.inspected(), millis);
  }

  private static void figures(JsonGenerator json, OutgoingCalls.Group group) throws IOException {
    json.writeNumberField("count", group.calls());
    json.writeNumberField("errors", group.errors());
    json.writeNumberField("totalNanos", group.totalNanos());
    json.writeNumberField("p95Nanos", group.p95Nanos());
    json.writeNumberField("longestNanos", group.longestNanos());
  }

  static void errors(JsonGenerator json, ErrorCount.Errors found, long millis) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("errors");
    for (ErrorGroup group : found.groups()) {
      json.writeStartObject();
      json.writeStringField("type", group.type());
      json.writeStringField("message", group.message());
      json.writeStringField("frame", group.frame());
      json.writeNumberField("spans", group.spans());
      json.writeStringField("firstNanos", Long.toString(group.firstNanos()));
      json.writeStringField("lastNanos", Long.toString(group.lastNanos()));
      json.writeStringField("operation", group.operation());
      example(json, "newest", group.newest());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("spans", found.spans());
    json.writeNumberField("other", found.other());
    end(json, found.inspected(), millis);
  }

  static void versions(JsonGenerator json, VersionCount.Versions found, long millis)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("versions");
    for (VersionCount.Version version : found.list()) {
      json.writeStartObject();
      json.writeStringField("version", version.version());
      json.writeNumberField("spans", version.spans());
      json.writeStringField("firstNanos", Long.toString(version.firstNanos()));
      json.writeStringField("lastNanos", Long.toString(version.lastNanos()));
      json.writeBooleanField("isNew", version.isNew());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("spans", found.spans());
    end(json, found.inspected(), millis);
  }

  private static void example(JsonGenerator json, String field, @Nullable Example example)
      throws IOException {
    if (example == null) {
      json.writeNullField(field);
      return;
    }
    json.writeObjectFieldStart(field);
    json.writeStringField("traceId", example.traceId());
    json.writeStringField("spanId", example.spanId());
    json.writeEndObject();
  }

  private static void end(JsonGenerator json, SpanSource.Inspected inspected, long millis)
      throws IOException {
    json.writeBooleanField("complete", inspected.complete());
    json.writeNumberField("spansRead", inspected.spans());
    JsonAnswer.cost(json, millis, inspected.blocks(), inspected.bytes());
    json.writeEndObject();
  }
}
