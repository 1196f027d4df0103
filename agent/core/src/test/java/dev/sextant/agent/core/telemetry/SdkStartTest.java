package dev.sextant.agent.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.agent.core.propagation.TraceHeaders;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What settings make of the SDK. No span here ends, so none is sent. */
class SdkStartTest {
  private static final List<String> EXPORTERS =
      List.of("otel.metrics.exporter", "otel.logs.exporter");

  @BeforeEach
  void sendNothingElse() {
    EXPORTERS.forEach(exporter -> System.setProperty(exporter, "none"));
    System.setProperty("otel.service.name", "shop");
  }

  @AfterEach
  void forget() {
    EXPORTERS.forEach(System::clearProperty);
    List.of("otel.service.name", "otel.propagators", "otel.traces.sampler")
        .forEach(System::clearProperty);
    Telemetry.install(OpenTelemetry.noop(), TraceHeaders.none());
  }

  private static final class Headers implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }

  private static Span serve(Map<String, String> headers) {
    Context parent = Telemetry.propagator().extract(Context.root(), headers, new Headers());
    return Telemetry.tracer("test").spanBuilder("GET").setParent(parent).startSpan();
  }

  private static Map<String, String> call(Span span) {
    Map<String, String> headers = new TreeMap<>();
    Telemetry.propagator().inject(Context.root().with(span), headers, Map::put);
    return headers;
  }

  @Test
  void withoutSetting_everyFormatIsReadAndW3cWritten() {
    SdkStart.start();

    Span span = serve(Map.of("uber-trace-id", "1:2:0:1"));
    assertThat(span.getSpanContext().getTraceId()).endsWith("01").startsWith("00");
    assertThat(call(span)).containsOnlyKeys("traceparent");
  }

  @Test
  void propagators_areThoseOfTheSetting() {
    System.setProperty("otel.propagators", "sw8,b3");
    SdkStart.start();

    Span span = serve(Map.of("uber-trace-id", "1:2:0:1"));
    assertThat(span.getSpanContext().getTraceId()).doesNotStartWith("0000000000000000");
    assertThat(call(span)).containsOnlyKeys("sw8", "b3");
    assertThat(call(span).get("sw8")).contains("-0-c2hvcA==-");
  }

  @Test
  void callersDecision_isObeyedBySamplersThatFollowParents() {
    SdkStart.start();
    assertThat(serve(Map.of("b3", "0")).isRecording()).isFalse();
    System.setProperty("otel.traces.sampler", "parentbased_always_off");
    SdkStart.start();
    assertThat(serve(Map.of("b3", "1")).isRecording()).isTrue();
    assertThat(serve(Map.of()).isRecording()).isFalse();
    System.setProperty("otel.traces.sampler", "always_on");
    SdkStart.start();
    assertThat(serve(Map.of("b3", "0")).isRecording()).isTrue();
  }
}
