package dev.sextant.trace;

import com.google.protobuf.ByteString;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanValue;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Plain spans as OTLP sends them; what query languages have no type for becomes bytes. */
public final class PlainPayload {
  private PlainPayload() {}

  /** A batch of spans, in their order. */
  public static SpanBatch batch(String tenant, List<PlainSpan> spans) {
    return SpanPayload.batch(
        tenant, spans.stream().map(PlainPayload::group).toArray(ResourceSpans[]::new));
  }

  private static ResourceSpans group(PlainSpan span) {
    InstrumentationScope.Builder scope =
        InstrumentationScope.newBuilder().addAllAttributes(attributes(span.scopeAttributes()));
    scope.setName(Objects.requireNonNullElse(span.scopeName(), ""));
    scope.setVersion(Objects.requireNonNullElse(span.scopeVersion(), ""));
    return ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAllAttributes(attributes(span.resource())))
        .addScopeSpans(ScopeSpans.newBuilder().setScope(scope).addSpans(span(span)))
        .build();
  }

  private static Span span(PlainSpan span) {
    Span.Builder message =
        Span.newBuilder()
            .setTraceId(traceId(span.traceHigh(), span.traceLow()))
            .setSpanId(SpanPayload.spanId(span.spanId()))
            .setName(span.name())
            .setKindValue(span.kind())
            .setStartTimeUnixNano(span.startNanos())
            .setEndTimeUnixNano(span.startNanos() + span.durationNanos())
            .addAllAttributes(attributes(span.attributes()))
            .setStatus(
                Status.newBuilder()
                    .setCodeValue(span.status())
                    .setMessage(Objects.requireNonNullElse(span.statusMessage(), "")));
    if (span.parentId() != 0) {
      message.setParentSpanId(SpanPayload.spanId(span.parentId()));
    }
    for (PlainSpan.Event event : span.events()) {
      message
          .addEventsBuilder()
          .setName(event.name())
          .setTimeUnixNano(event.timeNanos())
          .addAllAttributes(attributes(event.attributes()));
    }
    for (PlainSpan.Link link : span.links()) {
      message
          .addLinksBuilder()
          .setTraceId(traceId(link.traceHigh(), link.traceLow()))
          .setSpanId(SpanPayload.spanId(link.spanId()))
          .addAllAttributes(attributes(link.attributes()));
    }
    return message.build();
  }

  private static ByteString traceId(long high, long low) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
  }

  private static List<KeyValue> attributes(Map<String, SpanValue> attributes) {
    List<KeyValue> all = new ArrayList<>();
    attributes.forEach((key, value) -> all.add(SpanPayload.attribute(key, value(value))));
    return all;
  }

  private static AnyValue value(SpanValue value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    return switch (value) {
      case SpanValue.Text(String text) -> any.setStringValue(text).build();
      case SpanValue.Int(long number) -> any.setIntValue(number).build();
      case SpanValue.Decimal(double number) -> any.setDoubleValue(number).build();
      case SpanValue.Bool(boolean bool) -> any.setBoolValue(bool).build();
      case SpanValue.Array(List<SpanValue> values) ->
          any.setArrayValue(
                  ArrayValue.newBuilder()
                      .addAllValues(values.stream().map(PlainPayload::value).toList()))
              .build();
      case SpanValue.Other(String text) -> any.setBytesValue(ByteString.copyFromUtf8(text)).build();
    };
  }
}
