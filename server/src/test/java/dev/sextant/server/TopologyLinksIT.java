package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.MediaType;
import dev.sextant.server.config.ConfigReader;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where the dashboard's service graph leads to: of each edge that the running server tells of, the
 * page's own script builds the link's query, and a search for it finds the traces with that call
 * and no other. Spans arrive over OTLP and lie in the real stores.
 */
class TopologyLinksIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long NOW = System.currentTimeMillis();
  private static final String RANGE = "&from=" + (NOW - 600_000) + "&to=" + (NOW + 600_000);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path dir;
  private static SextantServer server;
  private static Context script;

  /** Which traces hold a call of an edge, by its ends. */
  private static final Map<String, Set<String>> EXPECTED = new HashMap<>();

  private static final List<ResourceSpans> SENT = new ArrayList<>();
  private static int traces;
  private static long spans;

  @BeforeAll
  static void start() throws IOException {
    server =
        SextantServer.start(
            ConfigReader.read(null, RouteAccessTest.ports("derive.interval=200ms")),
            dir.resolve("data"),
            line -> {});
    script = Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
    for (String file : List.of("format", "groups", "edges")) {
      script.eval("js", read("/META-INF/resources/sx/logic/" + file + ".js"));
    }
    requests();
    statements();
    messages();
    hosts();
    send();
  }

  @AfterAll
  static void stop() {
    script.close();
    server.close();
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = TopologyLinksIT.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A trace being made; spans hang from each other by their ids. */
  private static final class Trace {
    private final String id = "%032x".formatted(0xabc000 + ++traces);

    /** Answers the span's id. */
    long span(String service, SpanKind kind, long parent, String... attributes) {
      long id = ++spans;
      Span.Builder span =
          Span.newBuilder()
              .setTraceId(ByteString.fromHex(this.id))
              .setSpanId(id(id))
              .setParentSpanId(parent == 0 ? ByteString.EMPTY : id(parent))
              .setName("call")
              .setKind(kind)
              .setStartTimeUnixNano((NOW - 60_000 + id) * 1_000_000)
              .setEndTimeUnixNano((NOW - 59_900 + id) * 1_000_000);
      for (int i = 0; i < attributes.length; i += 2) {
        span.addAttributes(text(attributes[i], attributes[i + 1]));
      }
      SENT.add(
          ResourceSpans.newBuilder()
              .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
              .addScopeSpans(ScopeSpans.newBuilder().addSpans(span))
              .build());
      return id;
    }

    long server(String service, long parent, String... attributes) {
      return span(service, SpanKind.SPAN_KIND_SERVER, parent, attributes);
    }

    long client(String service, long parent, String... attributes) {
      return span(service, SpanKind.SPAN_KIND_CLIENT, parent, attributes);
    }

    Trace with(String... edges) {
      for (String edge : edges) {
        EXPECTED.computeIfAbsent(edge, none -> new TreeSet<>()).add(id);
      }
      return this;
    }
  }

  private static ByteString id(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  /** Between services: both ways, within one service, and beside work that is no call. */
  private static void requests() {
    for (int i = 0; i < 2; i++) {
      Trace both = new Trace().with("client:user > shop", "shop > stock");
      both.server("stock", both.client("shop", both.server("shop", 0)));
    }
    Trace back = new Trace().with("client:user > stock", "stock > shop");
    back.server("shop", back.client("stock", back.server("stock", 0)));
    Trace loop = new Trace().with("client:user > shop", "shop > shop");
    loop.server("shop", loop.client("shop", loop.server("shop", 0)));
    Trace alone = new Trace().with("client:user > shop");
    alone.span("shop", SpanKind.SPAN_KIND_INTERNAL, alone.server("shop", 0));
    Trace proxied = new Trace().with("client:user > edge", "edge > shop");
    long passed = proxied.server("edge", 0, "component", "proxy", "upstream_cluster", "shops");
    proxied.server("shop", passed);
  }

  /** Databases and caches by whichever attribute names them, beside others that share one. */
  private static void statements() {
    Trace orders = new Trace().with("client:user > shop", "shop > database:orders");
    orders.client(
        "shop",
        orders.server("shop", 0),
        "db.system.name",
        "postgresql",
        "db.namespace",
        "orders",
        "server.address",
        "pg");
    Trace old = new Trace().with("client:user > shop", "shop > database:orders");
    old.client("shop", old.server("shop", 0), "db.system", "postgresql", "db.name", "orders");
    Trace unnamed = new Trace().with("client:user > shop", "shop > database:pg");
    unnamed.client(
        "shop", unnamed.server("shop", 0), "db.system", "postgresql", "server.address", "pg");
    Trace other = new Trace().with("client:user > stock", "stock > database:orders");
    other.client("stock", other.server("stock", 0), "db.system", "mysql", "db.name", "orders");
    Trace cached = new Trace().with("client:user > shop", "shop > cache:redis-1");
    cached.client(
        "shop",
        cached.server("shop", 0),
        "db.system.name",
        "redis",
        "db.namespace",
        "0",
        "server.address",
        "redis-1");
  }

  /** Queues between services, consumers alone, and clients that send and receive. */
  private static void messages() {
    Trace sent =
        new Trace().with("client:user > shop", "shop > queue:events", "queue:events > mail");
    long producer =
        sent.span(
            "shop",
            SpanKind.SPAN_KIND_PRODUCER,
            sent.server("shop", 0),
            "messaging.system",
            "kafka",
            "messaging.destination.name",
            "events");
    sent.span(
        "mail",
        SpanKind.SPAN_KIND_CONSUMER,
        producer,
        "messaging.system",
        "kafka",
        "messaging.destination.name",
        "events");
    Trace heard = new Trace().with("queue:events > mail");
    heard.span(
        "mail",
        SpanKind.SPAN_KIND_CONSUMER,
        0,
        "messaging.system",
        "kafka",
        "messaging.destination",
        "events");
    Trace polled = new Trace().with("queue:events > shop");
    polled.client(
        "shop",
        0,
        "messaging.system",
        "kafka",
        "messaging.destination.name",
        "events",
        "messaging.operation.type",
        "receive");
  }

  /**
   * Hosts that only their callers know, by name and by address, and a service that told nothing.
   */
  private static void hosts() {
    Trace named = new Trace().with("client:user > shop", "shop > external:pay.example");
    named.client("shop", named.server("shop", 0), "server.address", "pay.example");
    Trace addressed = new Trace().with("client:user > shop", "shop > external:pay.example");
    addressed.client(
        "shop", addressed.server("shop", 0), "url.full", "https://me@pay.example:8443/charge?x=1");
    Trace like = new Trace().with("client:user > shop", "shop > external:pay-example");
    like.client("shop", like.server("shop", 0), "http.url", "http://pay-example/pay.example");
    Trace silent = new Trace().with("client:user > stock", "stock > mail");
    silent.client("stock", silent.server("stock", 0), "peer.service", "mail");
  }

  private static void send() {
    post(
        "/v1/traces",
        ExportTraceServiceRequest.newBuilder().addAllResourceSpans(SENT).build().toByteArray());
  }

  private static void post(String path, byte[] body) {
    AggregatedHttpResponse answer =
        WebClient.of("http://127.0.0.1:" + server.ports().get("otlp_http"))
            .prepare()
            .post(path)
            .content(MediaType.parse("application/x-protobuf"), body)
            .execute()
            .aggregate()
            .join();
    assertThat(answer.status().code()).isEqualTo(200);
  }

  private static JsonNode get(String path) throws IOException {
    AggregatedHttpResponse answer =
        WebClient.of("http://127.0.0.1:" + server.ports().get("http")).get(path).aggregate().join();
    assertThat(answer.status().code()).as(path + ": " + answer.contentUtf8()).isEqualTo(200);
    return JSON.readTree(answer.contentUtf8());
  }

  /** The graph once every edge is in it; those that nobody answered come after their timeout. */
  private static JsonNode graph() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode graph = get("/sextant/v1/topology?" + RANGE.substring(1));
      Set<String> found = new TreeSet<>();
      graph.at("/edges").forEach(edge -> found.add(name(edge)));
      if (found.containsAll(EXPECTED.keySet()) || System.nanoTime() > end) {
        assertThat(found).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
        return graph;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static String name(JsonNode edge) {
    return edge.at("/from").asText() + " > " + edge.at("/to").asText();
  }

  private static String node(JsonNode graph, String id) {
    for (JsonNode node : graph.at("/nodes")) {
      if (node.at("/id").asText().equals(id)) {
        return node.toString();
      }
    }
    throw new AssertionError("no node " + id + " in " + graph.at("/nodes"));
  }

  @Test
  void everyEdgesLink_findsItsTracesAndNoOthers() throws IOException {
    JsonNode graph = graph();
    for (JsonNode edge : graph.at("/edges")) {
      String query =
          script
              .eval(
                  "js",
                  "sx.edges.traceQl(%s, %s, %s.type)"
                      .formatted(
                          node(graph, edge.at("/from").asText()),
                          node(graph, edge.at("/to").asText()),
                          edge))
              .asString();

      assertThat(found(query)).as(name(edge) + ": " + query).isEqualTo(EXPECTED.get(name(edge)));
    }
  }

  @Test
  void everyEdgesLinkToMetrics_findsItsSeries() throws IOException {
    JsonNode graph = graph();
    for (JsonNode edge : graph.at("/edges")) {
      String query =
          script
              .eval(
                  "js",
                  "sx.edges.promQl(%s, %s)"
                      .formatted(
                          node(graph, edge.at("/from").asText()),
                          node(graph, edge.at("/to").asText())))
              .asString();
      String asked = "/prometheus/api/v1/query?query=" + encode(query);

      assertThat(get(asked).at("/data/result")).as(name(edge) + ": " + query).isNotEmpty();
    }
  }

  @Test
  void aNodesPage_hasItsFigures() throws IOException {
    graph();

    JsonNode page = get("/sextant/v1/services/shop?" + RANGE.substring(1));
    assertThat(page.at("/name").asText()).isEqualTo("shop");
    assertThat(page.at("/rate").asDouble()).isPositive();
  }

  @Test
  void aNodesLinkToLogs_findsTheLinesOfItsService() throws IOException {
    ExportLogsServiceRequest lines =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(line("shop", "sold"))
            .addResourceLogs(line("mail", "sent"))
            .build();
    post("/v1/logs", lines.toByteArray());

    JsonNode found = get("/sextant/v1/logs?service=shop" + RANGE);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (found.at("/lines").isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      found = get("/sextant/v1/logs?service=shop" + RANGE);
    }
    assertThat(found.findValuesAsText("body")).containsExactly("sold");
  }

  private static ResourceLogs line(String service, String text) {
    return ResourceLogs.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
        .addScopeLogs(
            ScopeLogs.newBuilder()
                .addLogRecords(
                    LogRecord.newBuilder()
                        .setTimeUnixNano(NOW * 1_000_000)
                        .setBody(AnyValue.newBuilder().setStringValue(text))))
        .build();
  }

  @ParameterizedTest
  @CsvSource({"shop", "mail"})
  void aNodesLink_findsTheTracesOfItsService(String service) throws IOException {
    graph();
    Set<String> with = new TreeSet<>();
    EXPECTED.forEach(
        (edge, traces) -> {
          if (List.of(edge.split(" > ")).contains(service) && !edge.equals("stock > mail")) {
            with.addAll(traces);
          }
        });

    assertThat(found("{ resource.service.name = \"" + service + "\" }")).isEqualTo(with);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Set<String> found(String query) throws IOException {
    Set<String> ids = new TreeSet<>();
    get("/sextant/v1/traces?limit=200&q=" + encode(query) + RANGE)
        .at("/traces")
        .forEach(trace -> ids.add(trace.at("/traceId").asText()));
    return ids;
  }
}
