package dev.sextant.testing.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jaegertracing.internal.JaegerSpan;
import io.jaegertracing.internal.JaegerTracer;
import io.jaegertracing.internal.reporters.RemoteReporter;
import io.jaegertracing.internal.samplers.ConstSampler;
import io.jaegertracing.thrift.internal.senders.HttpSender;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The running server asked as Grafana's Jaeger data source asks, with the fields that it reads.
 * Five requests go through a gateway to orders, reported by Jaeger's client.
 */
class GrafanaJaegerIT {
  private static final int TRACES = 5;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  @TempDir static Path dir;
  private static JaegerServer server;
  private static final List<String> IDS = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    server = new JaegerServer(dir, Clock.systemUTC(), "listen.ports.jaeger-query=0");
    try (JaegerTracer gateway = tracer("gateway");
        JaegerTracer orders = tracer("orders")) {
      for (int i = 0; i < TRACES; i++) {
        JaegerSpan root = gateway.buildSpan("GET /orders").withTag("span.kind", "server").start();
        JaegerSpan call =
            gateway.buildSpan("POST").asChildOf(root).withTag("span.kind", "client").start();
        JaegerSpan answer =
            orders
                .buildSpan("create")
                .asChildOf(call)
                .withTag("span.kind", "server")
                .withTag("order", i)
                .withTag("error", i == 0)
                .start();
        answer.finish();
        call.finish();
        root.finish();
        IDS.add(root.context().getTraceId());
      }
    }
  }

  private static JaegerTracer tracer(String service) throws Exception {
    HttpSender sender = new HttpSender.Builder(server.url() + "/jaeger/api/traces").build();
    return new JaegerTracer.Builder(service)
        .withReporter(new RemoteReporter.Builder().withSender(sender).build())
        .withSampler(new ConstSampler(true))
        .withTraceId128Bit()
        .build();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode get(String path) {
    return server.get("/jaeger" + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode dependencies() {
    long now = System.currentTimeMillis();
    return get("/api/dependencies?endTs=" + now + "&lookback=3600000").at("/data");
  }

  @Test
  void testingTheDataSource_listsServices() {
    JsonNode answer = get("/api/services");
    assertThat(answer.at("/data").toString()).isEqualTo("[\"gateway\",\"orders\"]");
    assertThat(answer.at("/errors").isNull()).isTrue();
  }

  @Test
  void queryEditor_listsOperations() {
    assertThat(get("/api/services/gateway/operations").at("/data").toString())
        .isEqualTo("[\"GET /orders\",\"POST\"]");
  }

  @Test
  void search_ofTheBackend() {
    String query =
        "service=orders&operation=create&tags=%s&minDuration=1us&maxDuration=1h&limit=20"
            .formatted(encoded("{\"order\":\"3\"}"));
    JsonNode found = get("/api/traces?" + query).at("/data");
    assertThat(found).hasSize(1);
    assertThat(found.at("/0/traceID").asText()).isEqualTo(IDS.get(3));
    assertThat(
            get("/api/traces?service=orders&tags=" + encoded("{\"error\":\"true\"}")).at("/data"))
        .hasSize(1);
  }

  @Test
  void search_ofThePage_withTimes() {
    long now = System.currentTimeMillis() * 1000;
    String times = "&start=" + (now - 3_600_000_000L) + "&end=" + (now + 60_000_000);
    JsonNode found = get("/api/traces?service=gateway&lookback=custom&limit=3" + times).at("/data");
    assertThat(found).hasSize(3);
    assertThat(found.at("/0/spans").size()).isEqualTo(3);
  }

  @Test
  void traceById_hasWhatTheTraceViewReads() {
    long now = System.currentTimeMillis() * 1000;
    JsonNode trace =
        get("/api/traces/" + IDS.get(0) + "?start=" + (now - 1_000_000) + "&end=" + now)
            .at("/data/0");
    assertThat(trace.at("/spans")).hasSize(3);
    for (JsonNode span : trace.at("/spans")) {
      String process = span.at("/processID").asText();
      assertThat(trace.at("/processes/" + process + "/serviceName").asText()).isNotEmpty();
      assertThat(span.at("/startTime").isIntegralNumber()).isTrue();
      assertThat(span.at("/duration").isIntegralNumber()).isTrue();
      assertThat(span.at("/tags").isArray()).isTrue();
      assertThat(span.at("/logs").isArray()).isTrue();
    }
    JsonNode answer = JaegerServer.span(trace, "create");
    assertThat(JaegerServer.references(answer))
        .containsExactly(
            "CHILD_OF "
                + IDS.get(0)
                + " "
                + JaegerServer.span(trace, "POST").at("/spanID").asText());
    assertThat(JaegerServer.tags(answer.at("/tags"))).containsEntry("error", "bool true");
  }

  @Test
  void portOfItsOwn_answersTheSame() {
    String path = "/api/traces/" + IDS.get(2);
    assertThat(server.getAt("jaeger_query", path)).isEqualTo(get(path));
    assertThat(server.getAt("jaeger_query", "/api/services")).isEqualTo(get("/api/services"));
  }

  @Test
  void nodeGraph_hasTheCalls() {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!dependencies().toString().contains("{\"parent\":\"gateway\",\"child\":\"orders\"")) {
      assertThat(System.nanoTime()).as("%s", dependencies()).isLessThan(deadline);
      LockSupport.parkNanos(100_000_000);
    }
    assertThat(dependencies()).allMatch(edge -> edge.path("callCount").asLong() > 0);
  }

  @Test
  void dataSourceOfTheThirdVersion_reads() {
    assertThat(get("/api/v3/services").at("/services")).hasSize(2);
    assertThat(get("/api/v3/operations?service=orders").at("/operations/0/name").asText())
        .isEqualTo("create");
    Instant now = Instant.now();
    JsonNode trace =
        get(
            "/api/v3/traces/%s?start_time=%s&end_time=%s"
                .formatted(IDS.get(1), now.minusSeconds(60), now));
    JsonNode span = trace.at("/result/resourceSpans/0/scopeSpans/0/spans/0");
    assertThat(span.at("/traceId").asText()).isEqualTo(IDS.get(1));
    assertThat(span.at("/kind").isInt()).isTrue();
    assertThat(span.at("/startTimeUnixNano").isTextual()).isTrue();
  }
}
