package dev.sextant.agent.core.http;

import static dev.sextant.agent.core.http.HttpServerSpan.RouteSource.CONTROLLER;
import static dev.sextant.agent.core.http.HttpServerSpan.RouteSource.GATEWAY;
import static dev.sextant.agent.core.http.HttpServerSpan.RouteSource.SERVLET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.agent.core.propagation.TraceHeaders;
import dev.sextant.agent.core.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerSpanTest {
  private final List<SpanData> ended = new ArrayList<>();

  private record Request(String method, Map<String, String> headers) implements HttpServerRequest {
    @Override
    public String scheme() {
      return "http";
    }

    @Override
    public String path() {
      return "/a/1";
    }

    @Override
    public @Nullable String query() {
      return null;
    }

    @Override
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    @Override
    public Iterable<String> headerNames() {
      return headers.keySet();
    }

    @Override
    public String protocolVersion() {
      return "1.1";
    }

    @Override
    public String peerAddress() {
      return "10.0.0.1";
    }

    @Override
    public int peerPort() {
      return 4711;
    }
  }

  private final class Ended implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      ended.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  @BeforeEach
  void install() {
    Telemetry.install(
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(new Ended()))
                    .build())
            .build(),
        W3CTraceContextPropagator.getInstance());
  }

  @AfterEach
  void uninstall() {
    Telemetry.install(OpenTelemetry.noop(), TraceHeaders.none());
  }

  private static HttpServerSpan get(Map<String, String> headers) {
    return HttpServerSpan.start("test", new Request("GET", headers));
  }

  private SpanData onlySpan() {
    assertThat(ended).hasSize(1);
    return ended.get(0);
  }

  @Test
  void higherRank_namesTheRoute() {
    HttpServerSpan span = get(Map.of());
    span.route("/a/*", SERVLET);
    span.route("/a/{id}", CONTROLLER);
    span.route("/api/**", GATEWAY);
    span.end(200);
    assertThat(onlySpan().getName()).isEqualTo("GET /a/{id}");
  }

  @Test
  void firstOfOneRank_namesTheRoute() {
    HttpServerSpan span = get(Map.of());
    span.route("/a/{id}", CONTROLLER);
    span.route("/error", CONTROLLER);
    span.end(500);
    assertThat(onlySpan().getName()).isEqualTo("GET /a/{id}");
  }

  @Test
  void secondEnd_changesNothing() {
    HttpServerSpan span = get(Map.of());
    span.end(200);
    span.end(500);
    assertThat(onlySpan().getAttributes().get(HttpKeys.STATUS)).isEqualTo(200);
    assertThat(onlySpan().getStatus()).isEqualTo(StatusData.unset());
  }

  @Test
  void clientsFault_isNotTheServersError() {
    get(Map.of()).end(404);
    assertThat(onlySpan().getStatus()).isEqualTo(StatusData.unset());
    assertThat(onlySpan().getAttributes().get(HttpKeys.ERROR_TYPE)).isNull();
  }

  @Test
  void handledException_doesNotMakeASuccessAnError() {
    HttpServerSpan span = get(Map.of());
    span.error(new IllegalStateException("handled"));
    span.end(200);
    assertThat(onlySpan().getStatus()).isEqualTo(StatusData.unset());
  }

  @Test
  void noAnswer_isAnError() {
    get(Map.of()).end(0);
    assertThat(onlySpan().getStatus()).isEqualTo(StatusData.error());
    assertThat(onlySpan().getAttributes().get(HttpKeys.ERROR_TYPE)).isEqualTo("connection_closed");
  }

  @Test
  void inventedMethod_becomesNoName() {
    HttpServerSpan.start("test", new Request("FROBNICATE", Map.of())).end(405);
    assertThat(onlySpan().getName()).isEqualTo("HTTP");
    assertThat(onlySpan().getAttributes().get(HttpKeys.METHOD)).isEqualTo("_OTHER");
    assertThat(onlySpan().getAttributes().get(HttpKeys.METHOD_ORIGINAL)).isEqualTo("FROBNICATE");
  }

  @Test
  void forwardedFor_namesTheClient() {
    get(Map.of("x-forwarded-for", "192.0.2.7, 10.0.0.9")).end(200);
    assertThat(onlySpan().getAttributes().get(HttpKeys.CLIENT_ADDRESS)).isEqualTo("192.0.2.7");
    assertThat(onlySpan().getAttributes().get(HttpKeys.PEER_ADDRESS)).isEqualTo("10.0.0.1");
  }

  @Test
  void malformedTraceparent_startsATraceOfItsOwn() {
    get(Map.of("traceparent", "00-nonsense-01")).end(200);
    assertThat(onlySpan().getParentSpanContext().isValid()).isFalse();
    assertThat(onlySpan().getSpanContext().isValid()).isTrue();
  }
}
