package dev.sextant.testing.jaeger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.jaeger.JaegerGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OpenTelemetry's exporter for Jaeger sends by gRPC comes back as it was recorded. */
class JaegerExporterIT {
  @TempDir private Path dir;

  @Test
  void overGrpc_everySpanIsFound() {
    try (JaegerServer server =
        new JaegerServer(dir, Clock.systemUTC(), "listen.ports.jaeger-grpc=0")) {
      isFound(server, record(server.url()));
      isFound(server, record("http://127.0.0.1:" + server.port("jaeger_grpc")));
    }
  }

  private static void isFound(JaegerServer server, Span[] spans) {
    String traceId = spans[0].getSpanContext().getTraceId();
    JsonNode trace = server.trace(traceId);
    assertThat(trace.at("/spans")).hasSize(2);
    assertThat(trace.at("/processes/p1/serviceName").asText()).isEqualTo("orders");
    assertThat(JaegerServer.tags(trace.at("/processes/p1/tags")))
        .contains(
            entry("zone", "string eu-1"), entry("telemetry.sdk.name", "string opentelemetry"));
    JsonNode call = JaegerServer.span(trace, "charge");
    assertThat(call.at("/spanID").asText()).isEqualTo(spans[1].getSpanContext().getSpanId());
    assertThat(JaegerServer.references(call))
        .containsExactly(
            "CHILD_OF " + traceId + " " + spans[0].getSpanContext().getSpanId(),
            "FOLLOWS_FROM 000102030405060708090a0b0c0d0e0f 0001020304050607");
    assertThat(JaegerServer.tags(call.at("/tags")))
        .contains(
            entry("text", "string x"),
            entry("flag", "bool true"),
            entry("count", "int64 3"),
            entry("ratio", "float64 1.5"),
            entry("span.kind", "string client"),
            entry("otel.scope.name", "string pay"),
            entry("otel.scope.version", "string 2"),
            entry("otel.status_code", "string ERROR"),
            entry("otel.status_description", "string declined"),
            entry("error", "bool true"));
    assertThat(JaegerServer.tags(call.at("/logs/0/fields")))
        .isEqualTo(Map.of("event", "string retry", "attempt", "int64 2"));
    assertThat(JaegerServer.tags(call.at("/logs/1/fields")))
        .contains(
            entry("event", "string exception"),
            entry("exception.type", "string java.lang.IllegalStateException"),
            entry("exception.message", "string no card"));
  }

  private static Span[] record(String url) {
    JaegerGrpcSpanExporter exporter = JaegerGrpcSpanExporter.builder().setEndpoint(url).build();
    Resource resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "orders",
                        AttributeKey.stringKey("zone"),
                        "eu-1")));
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(resource)
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    Tracer tracer = provider.get("pay", "2");
    Span root = tracer.spanBuilder("order").setSpanKind(SpanKind.SERVER).startSpan();
    Span call =
        tracer
            .spanBuilder("charge")
            .setParent(Context.root().with(root))
            .setSpanKind(SpanKind.CLIENT)
            .addLink(
                SpanContext.create(
                    "000102030405060708090a0b0c0d0e0f",
                    "0001020304050607",
                    TraceFlags.getSampled(),
                    TraceState.getDefault()))
            .setAttribute("text", "x")
            .setAttribute("flag", true)
            .setAttribute("count", 3)
            .setAttribute("ratio", 1.5)
            .startSpan();
    call.addEvent("retry", Attributes.of(AttributeKey.longKey("attempt"), 2L));
    call.recordException(new IllegalStateException("no card"));
    call.setStatus(StatusCode.ERROR, "declined");
    call.end();
    root.end();
    assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    assertThat(provider.shutdown().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    return new Span[] {root, call};
  }
}
