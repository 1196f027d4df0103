package dev.sextant.testing.tracers;

import static dev.sextant.testing.tracers.Server.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import brave.propagation.B3Propagation.Format;
import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.client.WebClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applications with OpenTelemetry's agent, with Sextant's, and with Brave, that call each other.
 */
class ForeignTracersIT {
  @TempDir static Path dir;
  private static Server server;
  private static App otel;
  private static App ours;

  @BeforeAll
  static void start() throws IOException {
    server = new Server(dir.resolve("data"));
    otel = App.openTelemetrys("otel", server.port("otlp_grpc"), server.port("otlp_http"));
    ours = App.sextants("ours", server.port("otlp_http"));
  }

  @AfterAll
  static void stop() {
    ours.close();
    otel.close();
    server.close();
  }

  private static String get(App app, String path) {
    return WebClient.of(app.address()).get(path).aggregate().join().contentUtf8();
  }

  private static String call(App caller, String client, String url) {
    return get(caller, "/call/" + client + "?url=" + encoded(url));
  }

  @Test
  void openTelemetrysAgent_callsOurs() {
    assertThat(call(otel, "java", ours.address() + "/orders/41")).isEqualTo("[]");

    Trace trace =
        server.trace("{ resource.service.name = \"ours\" && span.url.path = \"/orders/41\" }", 4);
    assertThat(trace.tree())
        .containsExactly("0 otel server", "1 otel client", "2 ours server", "3 ours client");
    awaitEdges("otel ours", "ours database:shop");
  }

  @Test
  void ours_callsOpenTelemetrysAgent() {
    assertThat(call(ours, "apache", otel.address() + "/orders/42")).isEqualTo("[]");

    Trace trace =
        server.trace("{ resource.service.name = \"otel\" && span.url.path = \"/orders/42\" }", 4);
    assertThat(trace.tree())
        .containsExactly("0 ours server", "1 ours client", "2 otel server", "3 otel client");
    awaitEdges("ours otel", "otel database:shop");
    server.await(
        "/sextant/v1/services/otel/calls",
        calls -> calls.toString().contains("select item from orders where id = ?"));
  }

  private static void awaitEdges(String... edges) {
    server.await(
        "/sextant/v1/topology",
        topology -> {
          List<String> found = new ArrayList<>();
          topology
              .at("/edges")
              .forEach(e -> found.add(e.at("/from").asText() + " " + e.at("/to").asText()));
          return found.containsAll(List.of(edges));
        });
  }

  @Test
  void failureUnderOpenTelemetrysAgent_isAnErrorWithItsException() {
    get(otel, "/boom");
    JsonNode span =
        server
            .trace("{ resource.service.name = \"otel\" && span.url.path = \"/boom\" }", 1)
            .json()
            .at("/spans/0");

    assertThat(span.at("/status").asText()).isEqualTo("error");
    assertThat(span.at("/name").asText()).isEqualTo("GET /boom");
  }

  /** What the page of a service asks for, which is what Sextant's agent sends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (instance) (jvm_memory_used_bytes{job=\"JOB\",jvm_memory_type=\"heap\"}) > 1e6",
        "sum by (instance) (jvm_thread_count{job=\"JOB\"}) > 5",
        "sum by (instance) (jvm_class_count{job=\"JOB\"}) > 100",
        "max by (instance) (jvm_cpu_recent_utilization_ratio{job=\"JOB\"}) >= 0",
        "max by (instance) (jvm_cpu_count{job=\"JOB\"}) > 0",
        "http_server_request_duration_seconds_count{job=\"JOB\",http_route=\"/orders/{id}\"} > 0",
        "sum(http_client_request_duration_seconds_count{job=\"JOB\"}) > 0",
        "target_info{job=\"JOB\",process_pid!=\"\",telemetry_distro_version!=\"\"} > 0"
      })
  void metrics_haveTheNamesOfOurs(String query) {
    for (App app : List.of(otel, ours)) {
      get(app, "/orders/43");
      call(app, "java", app.address() + "/orders/43");
    }
    for (String job : List.of("otel", "ours")) {
      server.await(
          "/api/v1/query?query=" + encoded(query.replace("JOB", job)),
          answer -> answer.at("/data/result").size() == 1);
    }
  }

  @Test
  void logLines_areInTheTrace() {
    get(otel, "/orders/4711");
    Trace trace = server.trace("{ span.url.path = \"/orders/4711\" }", 2);
    JsonNode lines =
        server
            .await(
                "/sextant/v1/logs?service=otel&traceId=" + trace.id(),
                answer -> answer.at("/lines").size() > 0)
            .at("/lines");

    assertThat(lines.at("/0/body").asText()).isEqualTo("looking for order 4711");
    assertThat(lines.at("/0/level").asText()).isEqualTo("info");
    assertThat(trace.json().at("/spans").findValuesAsText("spanId"))
        .contains(lines.at("/0/spanId").asText());
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"SINGLE", "MULTI"})
  void brave_callsOursAndIsCalled(Format format) throws Exception {
    try (BraveServices brave = new BraveServices(server.url(), format)) {
      String id = brave.call(ours.address() + "/call/java?url=" + encoded(brave.url()));

      assertThat(server.traceById(id, 4).tree())
          .containsExactly(
              "0 brave-front client", "1 ours server", "2 ours client", "3 brave-back server");
    }
    awaitEdges("brave-front ours", "ours brave-back");
  }

  @Test
  void openTelemetrysAgent_isContent() {
    get(otel, "/orders/44");
    server.await(
        "/api/v1/query?query=" + encoded("target_info{job=\"otel\"}"),
        answer -> answer.at("/data/result").size() > 0);
    assertThat(otel.output()).noneMatch(line -> line.contains("Failed to export"));
  }
}
