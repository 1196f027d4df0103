package dev.sextant.agent.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through the OTLP exporter, which finds the sender by itself, against a real HTTP server. */
class UrlConnectionSenderTest {
  private record Received(Map<String, List<String>> headers, int length) {}

  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          int length = exchange.getRequestBody().readAllBytes().length;
          received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), length));
          Integer next = answers.poll();
          exchange.sendResponseHeaders(next == null ? 200 : next, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private OtlpHttpSpanExporterBuilder exporter() {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint("http://localhost:" + server.getAddress().getPort() + "/v1/traces")
        .setRetryPolicy(
            RetryPolicy.builder()
                .setMaxAttempts(3)
                .setInitialBackoff(Duration.ofMillis(1))
                .setMaxBackoff(Duration.ofMillis(2))
                .build());
  }

  private static CompletableResultCode export(SpanExporter exporter) {
    List<SpanData> spans = new ArrayList<>();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(
                SimpleSpanProcessor.create(
                    new SpanExporter() {
                      @Override
                      public CompletableResultCode export(Collection<SpanData> batch) {
                        spans.addAll(batch);
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
                    }))
            .build();
    provider.get("test").spanBuilder("span").startSpan().end();
    return exporter.export(spans).join(30, TimeUnit.SECONDS);
  }

  @Test
  void accepted_isSuccess() {
    assertThat(export(exporter().addHeader("x-key", "secret").build()).isSuccess()).isTrue();
    assertThat(received).hasSize(1);
    assertThat(received.get(0).headers())
        .containsEntry("Content-type", List.of("application/x-protobuf"))
        .containsEntry("X-key", List.of("secret"));
    assertThat(received.get(0).length()).isPositive();
  }

  @Test
  void compressed_saysSo() {
    assertThat(export(exporter().setCompression("gzip").build()).isSuccess()).isTrue();
    assertThat(received.get(0).headers()).containsEntry("Content-encoding", List.of("gzip"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void retryableAnswer_isTriedAgain(int status) {
    answers.add(status);
    answers.add(status);
    assertThat(export(exporter().build()).isSuccess()).isTrue();
    assertThat(received).hasSize(3);
  }

  @Test
  void retries_end() {
    answers.addAll(List.of(429, 429, 429, 429));
    assertThat(export(exporter().build()).isSuccess()).isFalse();
    assertThat(received).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 413, 500})
  void finalAnswer_isNotTriedAgain(int status) {
    answers.add(status);
    assertThat(export(exporter().build()).isSuccess()).isFalse();
    assertThat(received).hasSize(1);
  }

  @Test
  void nobodyListens_isAFailure() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    SpanExporter exporter =
        exporter().setEndpoint("http://localhost:" + port + "/v1/traces").build();
    assertThat(export(exporter).isSuccess()).isFalse();
  }
}
