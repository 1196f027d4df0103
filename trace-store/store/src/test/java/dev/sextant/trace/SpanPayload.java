package dev.sextant.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
import java.util.List;

/** Builds OTLP payloads for tests with the reference messages. */
public final class SpanPayload {
  private SpanPayload() {}

  /** A server span of 10 ms without parent. */
  public static Span.Builder span(long trace, long id, String name, long startNanos) {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(ByteBuffer.allocate(16).putLong(0).putLong(trace).flip()))
        .setSpanId(spanId(id))
        .setName(name)
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(startNanos)
        .setEndTimeUnixNano(startNanos + 10_000_000);
  }

  public static Status failed() {
    return Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).build();
  }

  public static ByteString spanId(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
  }

  public static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  public static KeyValue attribute(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value).build());
  }

  public static KeyValue attribute(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value).build());
  }

  public static KeyValue attribute(String key, double value) {
    return attribute(key, AnyValue.newBuilder().setDoubleValue(value).build());
  }

  public static KeyValue attribute(String key, boolean value) {
    return attribute(key, AnyValue.newBuilder().setBoolValue(value).build());
  }

  /** Spans of one service. */
  public static ResourceSpans of(String service, Span.Builder... spans) {
    return of(List.of(attribute("service.name", service)), spans);
  }

  /** Spans of one resource. */
  public static ResourceSpans of(List<KeyValue> resource, Span.Builder... spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (Span.Builder span : spans) {
      scope.addSpans(span);
    }
    return ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAllAttributes(resource))
        .addScopeSpans(scope)
        .build();
  }

  public static SpanBatch batch(String tenant, ResourceSpans... parts) {
    TracesData message = TracesData.newBuilder().addAllResourceSpans(List.of(parts)).build();
    int rows =
        message.getResourceSpansList().stream()
            .flatMap(part -> part.getScopeSpansList().stream())
            .mapToInt(ScopeSpans::getSpansCount)
            .sum();
    return new SpanBatch(tenant, rows, ByteBuffer.wrap(message.toByteArray()));
  }
}
