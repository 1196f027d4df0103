package dev.sextant.trace;

import com.google.protobuf.ByteString;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The span model by way of protobuf's own parser: what decoding must come to. */
final class ProtoSpans {
  private ProtoSpans() {}

  /** The request's spans, their rows counted from a number. */
  static List<Span> of(ExportTraceServiceRequest request, long firstRow) {
    List<Span> spans = new ArrayList<>();
    for (ResourceSpans group : request.getResourceSpansList()) {
      Resource resource =
          new Resource(
              attributes(group.getResource().getAttributesList()),
              group.getResource().getDroppedAttributesCount(),
              group.getSchemaUrl());
      for (ScopeSpans inScope : group.getScopeSpansList()) {
        Scope scope =
            new Scope(
                inScope.getScope().getName(),
                inScope.getScope().getVersion(),
                attributes(inScope.getScope().getAttributesList()),
                inScope.getScope().getDroppedAttributesCount(),
                inScope.getSchemaUrl());
        for (io.opentelemetry.proto.trace.v1.Span span : inScope.getSpansList()) {
          spans.add(span(span, resource, scope, firstRow + spans.size()));
        }
      }
    }
    return spans;
  }

  private static Span span(
      io.opentelemetry.proto.trace.v1.Span span, Resource resource, Scope scope, long row) {
    return new Span(
        traceId(span.getTraceId()),
        spanId(span.getSpanId()),
        spanId(span.getParentSpanId()),
        span.getName(),
        Span.Kind.values()[span.getKindValue()],
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        Span.Status.values()[span.getStatus().getCodeValue()],
        span.getStatus().getMessage(),
        attributes(span.getAttributesList()),
        span.getDroppedAttributesCount(),
        span.getEventsList().stream()
            .map(
                e ->
                    new Span.Event(
                        e.getTimeUnixNano(),
                        e.getName(),
                        attributes(e.getAttributesList()),
                        e.getDroppedAttributesCount()))
            .toList(),
        span.getDroppedEventsCount(),
        span.getLinksList().stream()
            .map(
                l ->
                    new Span.Link(
                        traceId(l.getTraceId()),
                        spanId(l.getSpanId()),
                        l.getTraceState(),
                        attributes(l.getAttributesList()),
                        l.getDroppedAttributesCount(),
                        l.getFlags()))
            .toList(),
        span.getDroppedLinksCount(),
        span.getTraceState(),
        span.getFlags(),
        resource,
        scope,
        row);
  }

  private static TraceId traceId(ByteString id) {
    ByteBuffer bytes = id.asReadOnlyByteBuffer();
    return id.isEmpty() ? TraceId.NONE : new TraceId(bytes.getLong(), bytes.getLong());
  }

  private static long spanId(ByteString id) {
    return id.isEmpty() ? 0 : id.asReadOnlyByteBuffer().getLong();
  }

  private static Attributes attributes(List<KeyValue> entries) {
    return new Attributes(
        entries.stream().map(e -> new Attributes.Entry(e.getKey(), value(e.getValue()))).toList());
  }

  private static AttributeValue value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> AttributeValue.of(value.getStringValue());
      case BOOL_VALUE -> AttributeValue.of(value.getBoolValue());
      case INT_VALUE -> AttributeValue.of(value.getIntValue());
      case DOUBLE_VALUE -> AttributeValue.of(value.getDoubleValue());
      case BYTES_VALUE -> new AttributeValue.Bytes(value.getBytesValue().asReadOnlyByteBuffer());
      case ARRAY_VALUE ->
          new AttributeValue.Array(
              value.getArrayValue().getValuesList().stream().map(ProtoSpans::value).toList());
      case KVLIST_VALUE ->
          new AttributeValue.KeyValues(attributes(value.getKvlistValue().getValuesList()));
      default -> new AttributeValue.Empty();
    };
  }

  /** A span without its number, which sealing changes. */
  static Span unnumbered(Span span) {
    return new Span(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        span.name(),
        span.kind(),
        span.startNanos(),
        span.endNanos(),
        span.status(),
        span.statusMessage(),
        span.attributes(),
        span.droppedAttributes(),
        span.events(),
        span.droppedEvents(),
        span.links(),
        span.droppedLinks(),
        span.traceState(),
        span.flags(),
        span.resource(),
        span.scope(),
        0);
  }
}
