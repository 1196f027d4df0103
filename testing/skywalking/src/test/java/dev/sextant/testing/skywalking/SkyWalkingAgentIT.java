package dev.sextant.testing.skywalking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import dev.sextant.server.SextantServer;
import dev.sextant.server.access.AccessToken;
import dev.sextant.server.config.ConfigReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applications with SkyWalking's agents of versions 9 and 8, and one with Sextant's, which call
 * each other.
 */
class SkyWalkingAgentIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SENDER = AccessToken.random();
  private static final String VIEWER = AccessToken.random();

  @TempDir static Path dir;
  private static SextantServer server;
  private static AgentApp frontend;
  private static AgentApp backend;
  private static AgentApp relay;
  private static AgentApp middle;

  @BeforeAll
  static void start() throws IOException {
    Path tokens =
        Files.writeString(
            dir.resolve("tokens.yaml"),
            """
            tokens:
              - {name: agent, sha256: %s, roles: [ingest]}
              - {name: person, sha256: %s, roles: [viewer]}
            """
                .formatted(AccessToken.hash(SENDER), AccessToken.hash(VIEWER)));
    server =
        SextantServer.start(
            ConfigReader.read(
                null,
                List.of(
                    "listen.ports.ui=0",
                    "listen.ports.http=0",
                    "listen.ports.otlp-grpc=0",
                    "listen.ports.otlp-http=0",
                    "listen.ports.skywalking=0",
                    "derive.interval=200ms",
                    "auth.tokens-file=" + tokens)),
            dir.resolve("data"),
            line -> {});
    int port = server.ports().get("skywalking");
    backend = AgentApp.version9("backend", port, SENDER);
    frontend = AgentApp.version9("frontend", port, SENDER);
    relay = AgentApp.version8("relay", port, SENDER);
    middle = AgentApp.sextants("middle", server.ports().get("otlp_http"), SENDER);
  }

  @AfterAll
  static void stop() {
    frontend.close();
    backend.close();
    relay.close();
    middle.close();
    server.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode get(String path) {
    AggregatedHttpResponse answer =
        WebClient.of("http://127.0.0.1:" + server.ports().get("http"))
            .execute(
                HttpRequest.builder().get(path).header("authorization", "Bearer " + VIEWER).build())
            .aggregate()
            .join();
    assertThat(answer.status().code()).as(path + " " + answer.contentUtf8()).isEqualTo(200);
    try {
      return JSON.readTree(answer.contentUtf8());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks until the answer holds what is waited for; agents send every second. */
  private static JsonNode await(String path, Predicate<JsonNode> holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    JsonNode answer = get(path);
    while (!holds.test(answer)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            path + " answers " + answer + "\nbackend:\n" + String.join("\n", backend.complaints()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      answer = get(path);
    }
    return answer;
  }

  private static JsonNode traceWith(String query, int spans) {
    JsonNode found =
        await("/tempo/api/search?q=" + encoded(query), a -> !a.at("/traces/0").isMissingNode());
    String id = found.at("/traces/0/traceID").asText();
    return await("/tempo/api/traces/" + id, trace -> spans(trace).size() >= spans);
  }

  /** A span with its service. */
  private record Spans(String service, JsonNode span) {
    String kind() {
      return span.at("/kind").asText().replace("SPAN_KIND_", "");
    }

    Map<String, String> attributes() {
      return map(span.at("/attributes"));
    }
  }

  private static Map<String, String> map(JsonNode attributes) {
    Map<String, String> map = new TreeMap<>();
    attributes.forEach(
        pair -> map.put(pair.at("/key").asText(), pair.at("/value").elements().next().asText()));
    return map;
  }

  /** By service and kind. */
  private static Map<String, Spans> spans(JsonNode trace) {
    Map<String, Spans> spans = new LinkedHashMap<>();
    for (JsonNode batch : trace.at("/batches")) {
      String service = map(batch.at("/resource/attributes")).get("service.name");
      for (JsonNode scope : batch.at("/scopeSpans")) {
        for (JsonNode node : scope.at("/spans")) {
          Spans span = new Spans(service, node);
          String database = span.attributes().containsKey("db.system.name") ? " database" : "";
          spans.put(service + " " + span.kind() + database, span);
        }
      }
    }
    return spans;
  }

  private static JsonNode parent(Spans span) {
    return span.span().at("/parentSpanId");
  }

  private static String call(String path) {
    return call(frontend, path);
  }

  private static String call(AgentApp app, String path) {
    return WebClient.of(app.address()).get(path).aggregate().join().contentUtf8();
  }

  @Test
  void requests_areTracesAcrossBothServices() {
    String target = backend.address() + "/orders/1";
    assertThat(call("/call/apache?url=" + encoded(target))).isEqualTo("[sextant]");

    JsonNode trace =
        traceWith(
            "{ resource.service.name = \"backend\" && span.url.full = \"%s\" && kind = server }"
                .formatted(target),
            4);
    Map<String, Spans> spans = spans(trace);

    assertThat(spans)
        .containsOnlyKeys(
            "frontend SERVER", "frontend CLIENT", "backend SERVER", "backend CLIENT database");
    Spans entry = spans.get("frontend SERVER");
    Spans exit = spans.get("frontend CLIENT");
    Spans called = spans.get("backend SERVER");
    Spans query = spans.get("backend CLIENT database");
    assertThat(parent(entry).asText()).isEmpty();
    assertThat(parent(exit)).isEqualTo(entry.span().at("/spanId"));
    assertThat(parent(called)).isEqualTo(exit.span().at("/spanId"));
    assertThat(parent(query)).isEqualTo(called.span().at("/spanId"));
    assertThat(called.span().at("/name").asText()).startsWith("GET:/orders/");
    assertThat(called.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.response.status_code", "200")
        .containsEntry("url.full", target)
        .containsEntry("sw.component", "SpringMVC")
        .containsKeys("sw8.trace_id", "sw8.segment_id");
    assertThat(exit.attributes())
        .containsEntry("server.address", "localhost")
        .containsEntry("sw.component", "HttpClient");
    assertThat(query.attributes())
        .containsEntry("db.system.name", "h2database")
        .containsEntry("db.namespace", "shop");
    assertThat(query.attributes().get("db.query.text")).contains("select item from orders");
    awaitEdges(List.of("frontend backend", "backend database:shop"));
  }

  @Test
  void sextantsAgentBetweenTwoOfSkyWalkings_isInTheirTrace() {
    String target = backend.address() + "/orders/2";
    String through = middle.address() + "/call/java?url=" + encoded(target);
    assertThat(call("/call/apache?url=" + encoded(through))).isEqualTo("[]");

    JsonNode trace = traceWith("{ span.url.full = \"%s\" && kind = server }".formatted(target), 6);
    Map<String, Spans> spans = spans(trace);

    isChain(
        spans,
        "frontend SERVER",
        "frontend CLIENT",
        "middle SERVER",
        "middle CLIENT",
        "backend SERVER",
        "backend CLIENT database");
    assertThat(spans.get("backend SERVER").attributes().get("sw8.trace_id"))
        .as("the trace's name in SkyWalking's logs")
        .isEqualTo(spans.get("frontend SERVER").attributes().get("sw8.trace_id"));
    awaitEdges(List.of("frontend middle", "middle backend"));
  }

  @Test
  void traceOfSextantsAgent_goesOnInSkyWalkings() {
    String target = backend.address() + "/orders/3";
    assertThat(call(middle, "/call/url?url=" + encoded(target))).isEqualTo("[]");

    JsonNode trace = traceWith("{ span.url.full = \"%s\" && kind = server }".formatted(target), 4);

    isChain(
        spans(trace),
        "middle SERVER",
        "middle CLIENT",
        "backend SERVER",
        "backend CLIENT database");
    assertThat(spans(trace).get("backend SERVER").attributes()).doesNotContainKey("sw8.trace_id");
  }

  /** Exactly these spans, each the parent of the next. */
  private static void isChain(Map<String, Spans> spans, String... names) {
    assertThat(spans).containsOnlyKeys(names);
    assertThat(parent(spans.get(names[0])).asText()).isEmpty();
    for (int i = 1; i < names.length; i++) {
      assertThat(parent(spans.get(names[i])))
          .as(names[i])
          .isEqualTo(spans.get(names[i - 1]).span().at("/spanId"));
    }
  }

  private static void awaitEdges(List<String> edges) {
    await(
        "/sextant/v1/topology",
        topology -> {
          List<String> found = new ArrayList<>();
          topology
              .at("/edges")
              .forEach(e -> found.add(e.at("/from").asText() + " " + e.at("/to").asText()));
          return found.containsAll(edges);
        });
  }

  @Test
  void requests_areTracesAcrossVersions() {
    String target = backend.address() + "/orders/4";
    String relayed = relay.address() + "/relay?" + target;
    assertThat(call("/call/apache?url=" + encoded(relayed))).isEqualTo("[]");

    JsonNode trace = traceWith("{ resource.service.name = \"relay\" && kind = client }", 6);
    Map<String, Spans> spans = spans(trace);

    assertThat(spans)
        .containsOnlyKeys(
            "frontend SERVER",
            "frontend CLIENT",
            "relay SERVER",
            "relay CLIENT",
            "backend SERVER",
            "backend CLIENT database");
    Spans entry = spans.get("relay SERVER");
    Spans exit = spans.get("relay CLIENT");
    assertThat(parent(entry)).isEqualTo(spans.get("frontend CLIENT").span().at("/spanId"));
    assertThat(parent(exit)).isEqualTo(entry.span().at("/spanId"));
    assertThat(parent(spans.get("backend SERVER"))).isEqualTo(exit.span().at("/spanId"));
    assertThat(entry.span().at("/name").asText()).isEqualTo("GET:/relay");
    assertThat(entry.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.response.status_code", "200")
        .containsEntry("sw.component", "SpringMVC")
        .containsKeys("sw8.trace_id", "sw8.segment_id");
    assertThat(exit.attributes())
        .containsEntry("server.address", "localhost")
        .containsEntry("url.full", target);
    awaitEdges(List.of("frontend relay", "relay backend"));
  }

  @Test
  void failures_areErrorsWithTheirException() {
    WebClient.of(backend.address()).get("/boom").aggregate().join();

    JsonNode trace = traceWith("{ status = error && span.url.full =~ \".*/boom\" }", 1);
    JsonNode span = spans(trace).get("backend SERVER").span();

    assertThat(span.at("/status/code").asText()).isEqualTo("STATUS_CODE_ERROR");
    assertThat(span.at("/events/0/name").asText()).isEqualTo("exception");
    assertThat(map(span.at("/events/0/attributes")))
        .containsKey("exception.type")
        .hasEntrySatisfying("exception.message", m -> assertThat(m).contains("boom"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"backend", "relay"})
  void jvm_hasItsMetrics(String service) {
    for (String query :
        List.of(
            "sum(jvm_memory_used_bytes{job=\"%s\",jvm_memory_type=\"heap\"}) > 1e6",
            "sum(jvm_thread_count{job=\"%s\"}) > 5",
            "jvm_class_count{job=\"%s\"} > 100",
            "jvm_cpu_recent_utilization_ratio{job=\"%s\"} >= 0",
            "jvm_gc_duration_seconds_count{job=\"%s\"} >= 0")) {
      await(
          "/api/v1/query?query=" + encoded(query.formatted(service)),
          answer -> answer.at("/data/result").size() > 0);
    }
  }

  @Test
  void instances_areKnownByWhatTheyTell() {
    for (AgentApp app : List.of(backend, relay)) {
      await(
          "/api/v1/query?query="
              + encoded("target_info{process_pid=\"%d\",os_type=~\".+\"}".formatted(app.pid())),
          answer -> answer.at("/data/result").size() > 0);
    }
  }

  @Test
  void start_isALogLine() {
    await(
        "/sextant/v1/logs?service=backend",
        answer -> answer.toString().contains("Start Java Application"));
  }

  @Test
  void agent_isContent() {
    for (AgentApp app : List.of(frontend, backend, relay)) {
      app.awaitLine("READY ");
      app.awaitLine("profiling will be disabled");
      assertThat(app.complaints())
          .allMatch(line -> line.contains("will be disabled"))
          .hasSizeBetween(1, 3);
    }
  }
}
