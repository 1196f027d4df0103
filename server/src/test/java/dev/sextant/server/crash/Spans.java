package dev.sextant.server.crash;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.List;

/** Each batch is one whole trace across three services. */
final class Spans implements Content {
  static final int ROWS = 90;
  static final List<String> SERVICES = List.of("crash-gateway", "crash-orders", "crash-stock");
  private static final int OPERATIONS = 7;

  @Override
  public String path() {
    return "/v1/traces";
  }

  @Override
  public int rows() {
    return ROWS;
  }

  /** The hex id of a batch's trace. */
  static String traceId(Batch batch) {
    return "%016x%016x".formatted(0x5e87a47000L + batch.client(), batch.number() + 1L);
  }

  /** The hex id of a row's span. */
  static String spanId(int row) {
    return "%016x".formatted(row + 1L);
  }

  /** The RED series that a row counts in: service, name, kind and status. */
  static String red(int row) {
    return String.join(
        " ",
        service(row),
        name(row),
        "SPAN_KIND_" + kind(row).name().substring("SPAN_KIND_".length()),
        failed(row) ? "STATUS_CODE_ERROR" : "STATUS_CODE_UNSET");
  }

  private static String service(int row) {
    return SERVICES.get(row % SERVICES.size());
  }

  private static String name(int row) {
    return "operation " + row % OPERATIONS;
  }

  private static Span.SpanKind kind(int row) {
    return switch (row % 4) {
      case 0 -> Span.SpanKind.SPAN_KIND_SERVER;
      case 1 -> Span.SpanKind.SPAN_KIND_CLIENT;
      default -> Span.SpanKind.SPAN_KIND_INTERNAL;
    };
  }

  private static boolean failed(int row) {
    return row % 11 == 10;
  }

  @Override
  public byte[] body(Batch batch) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (String service : SERVICES) {
      ScopeSpans.Builder spans = ScopeSpans.newBuilder();
      for (int row = 0; row < ROWS; row++) {
        if (service(row).equals(service)) {
          spans.addSpans(span(batch, row));
        }
      }
      request.addResourceSpans(
          ResourceSpans.newBuilder().setResource(resource(service)).addScopeSpans(spans));
    }
    return request.build().toByteArray();
  }

  static Resource resource(String service) {
    return Resource.newBuilder().addAttributes(attribute("service.name", service)).build();
  }

  static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static Span span(Batch batch, int row) {
    long start = batch.timeMillis() * 1_000_000 + row * 10_000L;
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traceIdBytes(batch))
            .setSpanId(spanIdBytes(row))
            .setName(name(row))
            .setKind(kind(row))
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + row * 700_000L)
            .addAttributes(attribute("http.route", "/things/{thing}"))
            .addAttributes(attribute("thing", "thing " + batch.number() * row));
    if (row > 0) {
      span.setParentSpanId(spanIdBytes(row / 2));
    }
    if (failed(row)) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    return span.build();
  }

  private static ByteString traceIdBytes(Batch batch) {
    ByteBuffer id = ByteBuffer.allocate(16);
    id.putLong(0x5e87a47000L + batch.client()).putLong(batch.number() + 1L).flip();
    return ByteString.copyFrom(id);
  }

  private static ByteString spanIdBytes(int row) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(row + 1L).flip());
  }
}
