package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestBuilder;
import com.linecorp.armeria.common.MediaType;
import dev.sextant.server.access.AccessToken;
import dev.sextant.server.config.ConfigReader;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The running server asked as Grafana's Tempo data source, its service graph and its traces
 * drilldown ask. Spans arrive over OTLP: of every minute from the 20th to the 2nd before now a
 * request through a gateway and orders to a database; every fifth fails.
 */
class GrafanaTempoIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long NOW = System.currentTimeMillis() / 1000;
  private static final int FIRST = 2;
  private static final int LAST = 20;
  private static final String RANGE = "&start=" + (NOW - 1800) + "&end=" + NOW;
  private static final String TOKEN = AccessToken.random();

  @TempDir static Path dir;
  private static SextantServer server;

  @BeforeAll
  static void start() throws Exception {
    Path tokens =
        Files.writeString(
            dir.resolve("tokens.yaml"),
            "tokens:\n  - {name: grafana, sha256: %s, roles: [viewer, ingest]}\n"
                .formatted(AccessToken.hash(TOKEN)));
    server =
        SextantServer.start(
            ConfigReader.read(
                null, RouteAccessTest.ports("derive.interval=1s", "auth.tokens-file=" + tokens)),
            dir.resolve("data"),
            line -> {});
    ExportTraceServiceRequest.Builder spans = ExportTraceServiceRequest.newBuilder();
    for (int minute = FIRST; minute <= LAST; minute++) {
      spans.addAllResourceSpans(trace(minute));
    }
    HttpRequest request =
        HttpRequest.builder()
            .post("/v1/traces")
            .header("authorization", "Bearer " + TOKEN)
            .content(MediaType.parse("application/x-protobuf"), spans.build().toByteArray())
            .build();
    AggregatedHttpResponse answer =
        WebClient.of("http://127.0.0.1:" + server.ports().get("otlp_http"))
            .execute(request)
            .aggregate()
            .join();
    assertThat(answer.status().code()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static boolean fails(int minute) {
    return minute % 5 == 0;
  }

  private static long startOf(int minute) {
    return (NOW - minute * 60L) * SECOND;
  }

  private static String traceId(int minute) {
    return "%032x".formatted(0x70_000L + minute);
  }

  private static ByteString spanId(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
  }

  private static Span.Builder span(
      int minute, long id, long parent, String name, SpanKind kind, long millis) {
    return Span.newBuilder()
        .setTraceId(ByteString.fromHex(traceId(minute)))
        .setSpanId(spanId(id))
        .setParentSpanId(parent == 0 ? ByteString.EMPTY : spanId(parent))
        .setName(name)
        .setKind(kind)
        .setStartTimeUnixNano(startOf(minute) + id * MILLI)
        .setEndTimeUnixNano(startOf(minute) + (id + millis) * MILLI)
        .setStatus(
            fails(minute) && kind == SpanKind.SPAN_KIND_SERVER
                ? Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage("no stock")
                    .build()
                : Status.getDefaultInstance());
  }

  private static List<ResourceSpans> trace(int minute) {
    Span.Builder answer = span(minute, 3, 2, "create", SpanKind.SPAN_KIND_SERVER, 20);
    if (fails(minute)) {
      answer.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(startOf(minute) + 5 * MILLI)
              .setName("exception")
              .addAttributes(text("exception.message", "sold out")));
    }
    return List.of(
        resource(
            "gateway",
            span(minute, 1, 0, "GET /orders", SpanKind.SPAN_KIND_SERVER, 50)
                .addAttributes(number("http.status_code", fails(minute) ? 500 : 200)),
            span(minute, 2, 1, "POST", SpanKind.SPAN_KIND_CLIENT, 30)),
        resource(
            "orders",
            answer,
            span(minute, 4, 3, "SELECT", SpanKind.SPAN_KIND_CLIENT, 4)
                .addAttributes(text("db.system", "postgresql"))
                .addAttributes(text("db.name", "stock"))));
  }

  private static ResourceSpans resource(String service, Span.Builder... spans) {
    ScopeSpans.Builder scope =
        ScopeSpans.newBuilder().setScope(InstrumentationScope.newBuilder().setName("lib"));
    for (Span.Builder span : spans) {
      scope.addSpans(span);
    }
    return ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
        .addScopeSpans(scope)
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  private static AggregatedHttpResponse ask(String path, String accept) {
    HttpRequestBuilder request =
        HttpRequest.builder().get(path).header("authorization", "Bearer " + TOKEN);
    if (!accept.isEmpty()) {
      request.header("accept", accept);
    }
    return WebClient.of("http://127.0.0.1:" + server.ports().get("http"))
        .execute(request.build())
        .aggregate()
        .join();
  }

  private static JsonNode get(String path) throws Exception {
    AggregatedHttpResponse answer = ask(path, "application/json");
    assertThat(answer.status().code()).as(path + " " + answer.contentUtf8()).isEqualTo(200);
    return JSON.readTree(answer.contentUtf8());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonNode search(String query, String more) throws Exception {
    return get("/tempo/api/search?q=" + encode(query) + more + RANGE).get("traces");
  }

  private static JsonNode metrics(String path, String query, String more) throws Exception {
    return get("/tempo/api/metrics/" + path + "?q=" + encode(query) + more + RANGE).get("series");
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** The first label of each series as {@code key=value}. */
  private static Set<String> labels(JsonNode series) {
    Set<String> labels = new TreeSet<>();
    for (JsonNode each : series) {
      JsonNode label = each.at("/labels/0");
      labels.add(label.get("key").asText() + "=" + label.get("value").elements().next().asText());
    }
    return labels;
  }

  private static double sum(JsonNode series) {
    double sum = 0;
    for (JsonNode sample : series.get("samples")) {
      sum += sample.path("value").asDouble();
    }
    return sum;
  }

  @Test
  void dataSource_isSavedAndTested() throws Exception {
    AggregatedHttpResponse echo = ask("/tempo/api/echo", "");
    String basic = Base64.getEncoder().encodeToString(("grafana:" + TOKEN).getBytes());
    AggregatedHttpResponse byPassword =
        WebClient.of("http://127.0.0.1:" + server.ports().get("http"))
            .execute(
                HttpRequest.builder()
                    .get("/tempo/api/echo")
                    .header("authorization", "Basic " + basic)
                    .build())
            .aggregate()
            .join();

    assertThat(echo.contentUtf8()).isEqualTo("echo");
    assertThat(byPassword.contentUtf8()).isEqualTo("echo");
    assertThat(get("/tempo/api/status/buildinfo").get("version").asText())
        .matches("\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void queryEditor_findsTagsAndValues() throws Exception {
    JsonNode scopes = get("/tempo/api/v2/search/tags?limit=5000" + RANGE).get("scopes");
    assertThat(scopes.findValuesAsText("name"))
        .containsExactly("span", "resource", "event", "intrinsic");
    assertThat(texts(scopes.at("/0/tags"))).contains("http.status_code", "db.system");

    String service = encode(encode("resource.service.name"));
    assertThat(
            get("/tempo/api/v2/search/tag/" + service + "/values?limit=5000" + RANGE)
                .get("tagValues")
                .findValuesAsText("value"))
        .containsExactly("gateway", "orders");
    assertThat(
            get("/tempo/api/v2/search/tag/name/values?q="
                    + encode("{resource.service.name=\"orders\" && span.db.system=}")
                    + RANGE)
                .get("tagValues")
                .findValuesAsText("value"))
        .containsExactly("SELECT", "create");
    assertThat(
            get("/tempo/api/v2/search/tag/status/values")
                .get("tagValues")
                .findValuesAsText("value"))
        .containsExactly("ok", "error", "unset");
    assertThat(texts(get("/tempo/api/search/tags").get("tagNames"))).contains("service.name");
    assertThat(texts(get("/tempo/api/search/tag/service.name/values").get("tagValues")))
        .containsExactly("gateway", "orders");
  }

  @Test
  void search_fillsTheTable_andOpensTraces() throws Exception {
    JsonNode traces = search("{status=error}", "&limit=20&spss=3");
    assertThat(traces).hasSize(4);
    JsonNode newest = traces.get(0);
    assertThat(newest.get("traceID").asText()).isEqualTo("70005");
    assertThat(newest.get("rootServiceName").asText()).isEqualTo("gateway");
    assertThat(newest.get("rootTraceName").asText()).isEqualTo("GET /orders");
    assertThat(newest.get("startTimeUnixNano").asText())
        .isEqualTo(String.valueOf(startOf(5) + MILLI));
    assertThat(newest.at("/serviceStats/orders/errorCount").asInt()).isEqualTo(1);

    AggregatedHttpResponse v2 =
        ask(
            "/tempo/api/v2/traces/" + newest.get("traceID").asText() + "?start=1&end=" + NOW,
            "application/protobuf");
    assertThat(v2.contentType().toString()).isEqualTo("application/protobuf");
    ByteString trace =
        UnknownFieldSet.parseFrom(v2.content().array())
            .getField(1)
            .getLengthDelimitedList()
            .getFirst();
    assertThat(TracesData.parseFrom(trace).getResourceSpansList()).isEqualTo(trace(5));

    AggregatedHttpResponse v1 = ask("/tempo/api/traces/" + traceId(5), "application/protobuf");
    assertThat(TracesData.parseFrom(v1.content().array()).getResourceSpansList())
        .isEqualTo(trace(5));
    assertThat(get("/tempo/api/traces/70005").get("batches")).hasSize(2);
    assertThat(ask("/tempo/api/traces/123456", "application/protobuf").status().code())
        .isEqualTo(404);
  }

  @Test
  void search_asOlderGrafanasAsk() throws Exception {
    JsonNode traces =
        get("/tempo/api/search?tags="
                + encode(" http.status_code=500 service.name=\"gateway\" name=\"GET /orders\"")
                + "&minDuration=10ms&maxDuration=1s&limit=20"
                + RANGE)
            .get("traces");

    assertThat(traces.findValuesAsText("traceID"))
        .containsExactly("70005", "7000a", "7000f", "70014");
  }

  @Test
  void editor_errors_areShownAsTheyAre() {
    AggregatedHttpResponse answer =
        ask("/tempo/api/search?q=" + encode("{ name = }") + "&limit=20", "application/json");

    assertThat(answer.status().code()).isEqualTo(400);
    assertThat(answer.contentUtf8())
        .startsWith("invalid TraceQL query: parse error at line 1, col 10: ");
  }

  @Test
  void longQueries_fitIntoAUrl() {
    String names = "{ name = \"" + "x".repeat(100_000) + "\" || name = \"SELECT\" }";
    for (String protocol : List.of("h1c", "h2c")) {
      AggregatedHttpResponse answer =
          WebClient.of(protocol + "://127.0.0.1:" + server.ports().get("http"))
              .execute(
                  HttpRequest.builder()
                      .get("/tempo/api/search?limit=3&q=" + encode(names))
                      .header("authorization", "Bearer " + TOKEN)
                      .build())
              .aggregate()
              .join();

      assertThat(answer.status().code()).as(protocol).isEqualTo(200);
      assertThat(answer.contentUtf8()).as(protocol).contains("\"traceID\":\"70002\"");
    }
  }

  @Test
  void drilldown_ratesByAttribute() throws Exception {
    JsonNode byService =
        metrics(
            "query_range",
            "{nestedSetParent<0 && true && resource.service.name != nil} | rate()"
                + " by(resource.service.name)",
            "&step=60s&exemplars=10");
    JsonNode byKind =
        metrics("query_range", "{true && true && kind != nil} | rate() by(kind)", "&step=1m");
    JsonNode errors =
        metrics("query_range", "{nestedSetParent<0 && status=error} | count_over_time()", "");

    assertThat(labels(byService)).containsExactly("resource.service.name=gateway");
    assertThat(sum(byService.get(0)) * 60).isCloseTo(LAST - FIRST + 1, within());
    assertThat(byService.get(0).get("exemplars")).isNotEmpty();
    assertThat(byService.get(0).at("/exemplars/0/labels").findValuesAsText("key"))
        .contains("trace:id");
    assertThat(labels(byKind)).containsExactly("kind=client", "kind=server");
    assertThat(sum(errors.get(0))).isEqualTo(4);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  @Test
  void drilldown_durations() throws Exception {
    JsonNode histogram =
        metrics("query_range", "{nestedSetParent<0 && true} | histogram_over_time(duration)", "");
    JsonNode quantiles =
        metrics(
            "query_range",
            "{nestedSetParent<0 && true} | quantile_over_time(duration, 0.9, 0.5)"
                + " by(resource.service.name)",
            "&step=60s");

    assertThat(labels(histogram)).containsExactly("__bucket=0.067108864");
    assertThat(sum(histogram.get(0))).isEqualTo(LAST - FIRST + 1);
    Set<String> keys = new LinkedHashSet<>();
    quantiles.forEach(series -> keys.addAll(series.get("labels").findValuesAsText("key")));
    assertThat(keys).containsExactlyInAnyOrder("resource.service.name", "p");
    assertThat(quantiles).hasSize(2);
  }

  @Test
  void drilldown_comparison() throws Exception {
    JsonNode series =
        metrics("query_range", "{true && true} | compare({status = error}, 10)", "&step=60s");
    Set<String> selected = new TreeSet<>();
    for (JsonNode each : series) {
      if (each.at("/labels/0/value/stringValue").asText().equals("selection")) {
        JsonNode label = each.at("/labels/1");
        selected.add(
            label.get("key").asText() + "=" + label.get("value").elements().next().asText());
      }
    }

    assertThat(labels(series))
        .contains("__meta_type=baseline", "__meta_type=selection", "__meta_type=baseline_total");
    assertThat(selected)
        .contains("resource.service.name=gateway", "span.http.status_code=500", "name=create");
  }

  @Test
  void drilldown_structureSpansAndExceptions() throws Exception {
    JsonNode structure =
        search(
            "({nestedSetParent<0 && true && status = error} &>> { status = error }) ||"
                + " ({nestedSetParent<0 && true && status = error}) | select(status,"
                + " resource.service.name, name, nestedSetParent, nestedSetLeft, nestedSetRight)",
            "&limit=200&spss=20");
    assertThat(structure).hasSize(4);
    assertThat(structure.at("/0/spanSets/0/spans")).hasSize(2);
    assertThat(structure.at("/0/spanSets/0/spans/1/attributes").findValuesAsText("key"))
        .contains("nestedSetParent", "nestedSetLeft", "nestedSetRight", "service.name", "status");

    JsonNode spans =
        search(
            "{nestedSetParent<0 && true} | select(status,resource.service.name,name,duration)",
            "&limit=200&spss=10");
    assertThat(spans).hasSize(LAST - FIRST + 1);

    JsonNode exceptions =
        search(
            "{true && status = error} | select(resource.service.name, event.exception.message,"
                + "event.exception.stacktrace,event.exception.type) with(most_recent=true)",
            "&limit=400&spss=10");
    assertThat(exceptions.findValuesAsText("stringValue")).contains("sold out");
  }

  @Test
  void drilldown_looksForMetricsAtAll() throws Exception {
    JsonNode answer =
        get(
            "/tempo/api/metrics/query_range?q="
                + encode("{} | rate()")
                + "&start="
                + (NOW - 60)
                + "&end="
                + NOW);
    JsonNode instant = metrics("query", "{status=error} | count_over_time()", "");

    assertThat(answer.has("series")).isTrue();
    assertThat(instant.at("/0/value").asDouble()).isEqualTo(8);
  }

  /** The node graph and the table beside it, out of Prometheus. */
  @Test
  void serviceGraph_findsItsSeries() throws Exception {
    String total = "sum by (client, server, connection_type) (traces_service_graph_request_total)";
    assertThat(until(total, 3))
        .containsExactlyInAnyOrder(
            "user→gateway virtual_node", "gateway→orders ", "orders→stock database");
    for (String metric :
        List.of(
            "traces_service_graph_request_failed_total",
            "traces_service_graph_request_server_seconds_sum",
            "traces_service_graph_request_server_seconds_bucket",
            "traces_service_graph_request_client_seconds_bucket")) {
      String query = "sum by (client, server) (rate(" + metric + "[1h]))";
      assertThat(prometheus(query)).as(metric).hasSize(3);
    }
    assertThat(
            prometheus(
                "histogram_quantile(.9, sum(traces_spanmetrics_latency_bucket{span_kind=\"SPAN_KIND_SERVER\"})"
                    + " by (le, span_name))"))
        .hasSize(2);
    assertThat(
            prometheus(
                "topk(5, sum(traces_spanmetrics_calls_total{status_code=\"STATUS_CODE_ERROR\"})"
                    + " by (span_name))"))
        .hasSize(2);
  }

  private static JsonNode prometheus(String query) throws Exception {
    return get("/prometheus/api/v1/query?query=" + encode(query)).at("/data/result");
  }

  /** The edges that a query gives, once there are so many. */
  private static List<String> until(String query, int many) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    List<String> edges = new ArrayList<>();
    while (edges.size() < many && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      edges =
          StreamSupport.stream(prometheus(query).spliterator(), false)
              .map(each -> each.get("metric"))
              .map(
                  metric ->
                      metric.get("client").asText()
                          + "→"
                          + metric.get("server").asText()
                          + " "
                          + metric.path("connection_type").asText())
              .collect(Collectors.toList());
    }
    return edges;
  }

  @Test
  void dashboardPort_passesItThrough() {
    AggregatedHttpResponse answer =
        WebClient.of("http://127.0.0.1:" + server.ports().get("ui"))
            .execute(
                HttpRequest.builder()
                    .get("/tempo/api/echo")
                    .header("authorization", "Bearer " + TOKEN)
                    .header("sec-fetch-site", "same-origin")
                    .build())
            .aggregate()
            .join();

    assertThat(answer.contentUtf8()).isEqualTo("echo");
  }
}
