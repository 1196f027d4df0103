package dev.sextant.api.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.api.Hues;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.OtlpJson;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.trace.ClockSkew;
import dev.sextant.trace.Span;
import dev.sextant.trace.Trace;
import dev.sextant.trace.TraceSummary;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Traces as {@code openapi.yaml} writes them. */
final class TraceJson {
  private TraceJson() {}

  static void page(JsonGenerator json, TracePage page, Hues hues, long millis) throws IOException {
    json.writeStartObject();
    json.writeNumberField("total", page.total());
    json.writeBooleanField("totalExact", page.totalExact());
    json.writeStringField("nextPage", page.nextPage());
    json.writeArrayFieldStart("traces");
    for (TraceSummary summary : page.traces()) {
      summary(json, summary, hues);
    }
    json.writeEndArray();
    cost(json, page.inspected(), millis);
    json.writeEndObject();
  }

  static void durations(JsonGenerator json, SpanDurations found, long millis) throws IOException {
    json.writeStartObject();
    json.writeNumberField("stepMillis", found.stepNanos() / 1_000_000);
    json.writeArrayFieldStart("endsMillis");
    for (long end : found.endsNanos()) {
      json.writeNumber(end / 1_000_000);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rows");
    for (SpanDurations.Row row : found.rows()) {
      json.writeStartObject();
      json.writeNumberField("topNanos", row.topNanos());
      json.writeArrayFieldStart("counts");
      for (long count : row.counts()) {
        json.writeNumber(count);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("incomplete", found.incomplete());
    cost(json, found.inspected(), millis);
    json.writeEndObject();
  }

  static void comparison(JsonGenerator json, SpanComparison found, long millis) throws IOException {
    json.writeStartObject();
    json.writeNumberField("selected", found.selected());
    json.writeNumberField("others", found.others());
    json.writeArrayFieldStart("fields");
    for (SpanComparison.FieldValue field : found.fields()) {
      json.writeStartObject();
      json.writeStringField("field", field.field());
      json.writeStringField("value", field.value().text());
      json.writeBooleanField("isText", field.value() instanceof Value.Text);
      json.writeNumberField("selected", field.selected());
      json.writeNumberField("selectedOf", field.selectedOf());
      json.writeNumberField("others", field.others());
      json.writeNumberField("othersOf", field.othersOf());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("incomplete", found.incomplete());
    cost(json, found.inspected(), millis);
    json.writeEndObject();
  }

  private static void cost(JsonGenerator json, SpanSource.Inspected inspected, long millis)
      throws IOException {
    JsonAnswer.cost(json, millis, inspected.blocks(), inspected.bytes());
  }

  private static void summary(JsonGenerator json, TraceSummary summary, Hues hues)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", summary.traceId().toString());
    json.writeStringField("rootService", summary.rootService());
    json.writeStringField("rootName", summary.rootName());
    json.writeBooleanField("rootSeen", summary.rootSeen());
    json.writeStringField("startNanos", Long.toString(summary.startNanos()));
    json.writeNumberField("durationNanos", summary.durationNanos());
    json.writeNumberField("spans", summary.spans());
    json.writeNumberField("errors", summary.errors());
    json.writeNumberField("databaseCalls", summary.databaseCalls());
    json.writeNumberField("databaseNanos", summary.databaseNanos());
    json.writeArrayFieldStart("services");
    for (TraceSummary.ServicePart part : summary.services()) {
      json.writeStartObject();
      json.writeStringField("service", part.service());
      json.writeNumberField("hue", hues.of(part.service()));
      json.writeNumberField("spans", part.spans());
      json.writeNumberField("errors", part.errors());
      json.writeNumberField("selfNanos", part.selfNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void trace(JsonGenerator json, Trace trace, Hues hues) throws IOException {
    Map<Resource, Integer> index = new LinkedHashMap<>();
    Map<Scope, Integer> scopes = new LinkedHashMap<>();
    for (Span span : trace.spans()) {
      index.putIfAbsent(span.resource(), index.size());
      scopes.putIfAbsent(span.scope(), scopes.size());
    }
    json.writeStartObject();
    json.writeStringField("traceId", trace.traceId().toString());
    json.writeArrayFieldStart("resources");
    for (Resource resource : index.keySet()) {
      json.writeStartObject();
      json.writeStringField("service", resource.service());
      json.writeNumberField("hue", hues.of(resource.service()));
      json.writeStringField("schemaUrl", resource.schemaUrl());
      OtlpJson.attributes(json, "attributes", resource.attributes());
      json.writeNumberField("droppedAttributes", resource.droppedAttributes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("scopes");
    for (Scope scope : scopes.keySet()) {
      json.writeStartObject();
      json.writeStringField("name", scope.name());
      json.writeStringField("version", scope.version());
      json.writeStringField("schemaUrl", scope.schemaUrl());
      OtlpJson.attributes(json, "attributes", scope.attributes());
      json.writeNumberField("droppedAttributes", scope.droppedAttributes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("spans");
    long[] skew = ClockSkew.shifts(trace);
    for (int i = 0; i < skew.length; i++) {
      Span span = trace.spans().get(i);
      json.writeStartObject();
      json.writeNumberField("resource", index.getOrDefault(span.resource(), 0));
      json.writeNumberField("scopeIndex", scopes.getOrDefault(span.scope(), 0));
      span(json, span, skew[i]);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void span(JsonGenerator json, Span span, long skewNanos) throws IOException {
    json.writeStringField("spanId", SpanId.toHex(span.spanId()));
    json.writeStringField(
        "parentSpanId", span.parentSpanId() == 0 ? "" : SpanId.toHex(span.parentSpanId()));
    json.writeStringField("scope", span.scope().name());
    json.writeStringField("name", span.name());
    json.writeStringField("kind", span.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("startNanos", Long.toString(span.startNanos()));
    json.writeNumberField("skewNanos", skewNanos);
    json.writeNumberField("durationNanos", span.durationNanos());
    json.writeStringField("status", span.status().name().toLowerCase(Locale.ROOT));
    json.writeStringField("statusMessage", span.statusMessage());
    json.writeStringField("traceState", span.traceState());
    json.writeNumberField("flags", Integer.toUnsignedLong(span.flags()));
    OtlpJson.attributes(json, "attributes", span.attributes());
    events(json, span.events());
    links(json, span.links());
    json.writeObjectFieldStart("dropped");
    json.writeNumberField("attributes", span.droppedAttributes());
    json.writeNumberField("events", span.droppedEvents());
    json.writeNumberField("links", span.droppedLinks());
    json.writeEndObject();
  }

  private static void events(JsonGenerator json, List<Span.Event> events) throws IOException {
    json.writeArrayFieldStart("events");
    for (Span.Event event : events) {
      json.writeStartObject();
      json.writeStringField("timeNanos", Long.toString(event.timeNanos()));
      json.writeStringField("name", event.name());
      OtlpJson.attributes(json, "attributes", event.attributes());
      json.writeNumberField("droppedAttributes", event.droppedAttributes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void links(JsonGenerator json, List<Span.Link> links) throws IOException {
    json.writeArrayFieldStart("links");
    for (Span.Link link : links) {
      json.writeStartObject();
      json.writeStringField("traceId", link.traceId().toString());
      json.writeStringField("spanId", SpanId.toHex(link.spanId()));
      json.writeStringField("traceState", link.traceState());
      json.writeNumberField("flags", Integer.toUnsignedLong(link.flags()));
      OtlpJson.attributes(json, "attributes", link.attributes());
      json.writeNumberField("droppedAttributes", link.droppedAttributes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
