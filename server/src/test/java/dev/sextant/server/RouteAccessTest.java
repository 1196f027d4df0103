package dev.sextant.server;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.access.Role;
import dev.sextant.server.access.AccessToken;
import dev.sextant.server.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: every route of every port, against everyone who may knock. */
class RouteAccessTest {
  /** What a route asks of a caller. */
  private enum Need {
    NOTHING,
    INGEST,
    VIEWER,
    ADMIN,
    /** Any valid token; then there is nothing. */
    ANYONE_KNOWN
  }

  private static final Map<String, Need> EVERYWHERE =
      Map.of(
          "/-/healthy", Need.NOTHING,
          "/-/ready", Need.NOTHING,
          "/*", Need.ANYONE_KNOWN);

  private static final String POST = "POST ";

  private static final Map<String, Need> OTLP =
      with(
          entry("/v1/traces", Need.INGEST),
          entry("/v1/metrics", Need.INGEST),
          entry("/v1/logs", Need.INGEST),
          entry("/opentelemetry.proto.collector.trace.v1.TraceService/Export", Need.INGEST),
          entry("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", Need.INGEST),
          entry("/opentelemetry.proto.collector.logs.v1.LogsService/Export", Need.INGEST));

  private static final Map<String, Need> TEMPO =
      with(
          entry("/api/traces/:traceId", Need.VIEWER),
          entry("/api/v2/traces/:traceId", Need.VIEWER),
          entry("/api/search", Need.VIEWER),
          entry("/api/search/tags", Need.VIEWER),
          entry("/api/v2/search/tags", Need.VIEWER),
          entry("/api/search/tag/:tagName/values", Need.VIEWER),
          entry("/api/v2/search/tag/:tagName/values", Need.VIEWER),
          entry("/api/metrics/query_range", Need.VIEWER),
          entry("/api/metrics/query", Need.VIEWER),
          entry("/api/echo", Need.VIEWER),
          entry("/api/status/buildinfo", Need.VIEWER));

  private static final Map<String, Need> JAEGER_QUERY =
      with(
          entry("/api/services", Need.VIEWER),
          entry("/api/services/:service/operations", Need.VIEWER),
          entry("/api/operations", Need.VIEWER),
          entry("/api/traces", Need.VIEWER),
          entry("/api/traces/:traceId", Need.VIEWER),
          entry("/api/dependencies", Need.VIEWER),
          entry("/api/metrics/latencies", Need.VIEWER),
          entry("/api/metrics/calls", Need.VIEWER),
          entry("/api/metrics/errors", Need.VIEWER),
          entry("/api/metrics/minstep", Need.VIEWER),
          entry("/api/v3/services", Need.VIEWER),
          entry("/api/v3/operations", Need.VIEWER),
          entry("/api/v3/traces", Need.VIEWER),
          entry("/api/v3/traces/:traceId", Need.VIEWER));

  private static final Map<String, Need> JAEGER_COLLECTOR =
      with(entry("POST /api/traces", Need.INGEST));

  private static final Map<String, Need> JAEGER_GRPC =
      with(
          entry("/jaeger.api_v2.CollectorService/PostSpans", Need.INGEST),
          entry("/jaeger.api_v2.SamplingManager/GetSamplingStrategy", Need.INGEST));

  private static final Map<String, Need> JAEGER_SAMPLING_GRPC =
      with(entry("/jaeger.api_v2.SamplingManager/GetSamplingStrategy", Need.INGEST));

  private static final Map<String, Need> JAEGER_SAMPLING =
      with(
          entry("/", Need.INGEST),
          entry("/sampling", Need.INGEST),
          entry("/sampling/", Need.INGEST));

  private static final Map<String, Need> ZIPKIN =
      with(
          entry("POST /api/v1/spans", Need.INGEST),
          entry("POST /api/v2/spans", Need.INGEST),
          entry("/api/v2/spans", Need.VIEWER),
          entry("/api/v2/services", Need.VIEWER),
          entry("/api/v2/remoteServices", Need.VIEWER),
          entry("/api/v2/autocompleteKeys", Need.VIEWER),
          entry("/api/v2/autocompleteValues", Need.VIEWER),
          entry("/api/v2/traces", Need.VIEWER),
          entry("/api/v2/trace/:traceId", Need.VIEWER),
          entry("/api/v2/traceMany", Need.VIEWER),
          entry("/api/v2/dependencies", Need.VIEWER),
          entry("/config.json", Need.VIEWER),
          entry("/info", Need.VIEWER),
          entry("/health", Need.VIEWER));

  private static final Map<String, Need> SKYWALKING =
      with(
          entry("/skywalking.v3.TraceSegmentReportService/collect", Need.INGEST),
          entry("/skywalking.v3.TraceSegmentReportService/collectInSync", Need.INGEST),
          entry("/skywalking.v3.ManagementService/reportInstanceProperties", Need.INGEST),
          entry("/skywalking.v3.ManagementService/keepAlive", Need.INGEST),
          entry("/skywalking.v3.ConfigurationDiscoveryService/fetchConfigurations", Need.INGEST),
          entry("/skywalking.v3.JVMMetricReportService/collect", Need.INGEST),
          entry("/skywalking.v3.MeterReportService/collect", Need.INGEST),
          entry("/skywalking.v3.MeterReportService/collectBatch", Need.INGEST),
          entry("/skywalking.v3.LogReportService/collect", Need.INGEST),
          entry("/skywalking.v3.EventService/collect", Need.INGEST),
          entry("/TraceSegmentReportService/collect", Need.INGEST),
          entry("/TraceSegmentReportService/collectInSync", Need.INGEST),
          entry("/ManagementService/reportInstanceProperties", Need.INGEST),
          entry("/ManagementService/keepAlive", Need.INGEST),
          entry("/JVMMetricReportService/collect", Need.INGEST),
          entry("/MeterReportService/collect", Need.INGEST));

  private static final Map<String, Need> API = api();

  @SafeVarargs
  private static Map<String, Need> with(Map.Entry<String, Need>... routes) {
    Map<String, Need> table = new TreeMap<>(EVERYWHERE);
    List.of(routes).forEach(route -> table.put(route.getKey(), route.getValue()));
    return table;
  }

  private static Map<String, Need> api() {
    Map<String, Need> table = new TreeMap<>(OTLP);
    table.putAll(SKYWALKING);
    table.put("/api/v1/write", Need.INGEST);
    table.put("/prometheus/api/v1/write", Need.INGEST);
    table.putAll(JAEGER_GRPC);
    table.put("/jaeger/", Need.INGEST);
    table.put("/jaeger/sampling", Need.INGEST);
    table.put("/jaeger/sampling/", Need.INGEST);
    table.put("POST /jaeger/api/traces", Need.INGEST);
    table.put("/metrics", Need.VIEWER);
    table.put("POST /sextant/v1/admin/snapshots", Need.ADMIN);
    for (String path :
        List.of(
            "status",
            "openapi.yaml",
            "services",
            "services/:service",
            "services/:service/calls",
            "services/:service/critical-path",
            "services/:service/errors",
            "services/:service/versions",
            "topology",
            "topology/difference",
            "topology/timeline",
            "traces",
            "traces/:traceId",
            "spans/compare",
            "spans/durations",
            "spans/values/:field",
            "logs",
            "logs/histogram",
            "logs/values/:field",
            "alerts")) {
      table.put("/sextant/v1/" + path, Need.VIEWER);
    }
    addBelow("/tempo", TEMPO, table);
    addBelow("/jaeger", JAEGER_QUERY, table);
    ZIPKIN.forEach(
        (path, need) -> {
          if (!EVERYWHERE.containsKey(path)) {
            table.put(path.replaceFirst("/", "/zipkin/"), need);
          }
        });
    for (String path :
        List.of(
            "query",
            "query_range",
            "format_query",
            "parse_query",
            "query_exemplars",
            "series",
            "labels",
            "label/:name/values",
            "metadata",
            "rules",
            "alerts",
            "targets",
            "targets/metadata",
            "scrape_pools",
            "alertmanagers",
            "notifications",
            "features",
            "status/buildinfo",
            "status/config",
            "status/flags",
            "status/runtimeinfo",
            "status/tsdb",
            "status/walreplay")) {
      table.put("/api/v1/" + path, Need.VIEWER);
      table.put("/prometheus/api/v1/" + path, Need.VIEWER);
    }
    return table;
  }

  /** What a port of its own has, as the API's port has it. */
  private static void addBelow(String root, Map<String, Need> routes, Map<String, Need> table) {
    routes.forEach(
        (path, need) -> {
          if (path.startsWith("/api/")) {
            table.put(root + path, need);
          }
        });
  }

  /** The statuses that each need gives callers without the role and strangers. */
  private static boolean isAllowed(Need need, Role role) {
    return switch (need) {
      case NOTHING, ANYONE_KNOWN -> true;
      case INGEST -> role == Role.INGEST || role == Role.ADMIN;
      case VIEWER -> role != Role.INGEST;
      case ADMIN -> role == Role.ADMIN;
    };
  }

  @TempDir static Path dir;
  private static final MovableClock CLOCK = new MovableClock(Instant.now());
  private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);
  private static final String EXPIRED = AccessToken.random();
  private static final String REVOKED = AccessToken.random();
  private static SextantServer server;

  @BeforeAll
  static void start() throws IOException {
    for (Role role : Role.values()) {
      TOKENS.put(role, AccessToken.random());
    }
    Path tokens = writeTokens(true);
    server =
        SextantServer.start(
            ConfigReader.read(
                null,
                ports(
                    "listen.ports.tempo=0",
                    "listen.ports.jaeger-query=0",
                    "listen.ports.jaeger-collector=0",
                    "listen.ports.jaeger-grpc=0",
                    "listen.ports.jaeger-sampling=0",
                    "listen.ports.jaeger-sampling-grpc=0",
                    "listen.ports.zipkin=0",
                    "listen.ports.skywalking=0",
                    "auth.tokens-file=" + tokens)),
            dir.resolve("data"),
            line -> {},
            CLOCK);
  }

  static List<String> ports(String... more) {
    List<String> settings =
        new java.util.ArrayList<>(
            List.of(
                "listen.ports.ui=0",
                "listen.ports.http=0",
                "listen.ports.otlp-grpc=0",
                "listen.ports.otlp-http=0"));
    settings.addAll(List.of(more));
    return settings;
  }

  private static Path writeTokens(boolean withRevoked) throws IOException {
    StringBuilder yaml = new StringBuilder("tokens:\n");
    TOKENS.forEach((role, token) -> yaml.append(entryOf(role.name(), token, role.name(), "")));
    yaml.append(entryOf("expired", EXPIRED, "admin", ", expires: \"2020-01-01T00:00:00Z\""));
    if (withRevoked) {
      yaml.append(entryOf("revoked", REVOKED, "viewer", ""));
    }
    return Files.writeString(dir.resolve("tokens.yaml"), yaml);
  }

  private static String entryOf(String name, String token, String role, String more) {
    return "  - {name: %s, sha256: %s, roles: [%s]%s}%n"
        .formatted(name, AccessToken.hash(token), role.toLowerCase(Locale.ROOT), more);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** An answer to a request that may carry a token and other headers. */
  private static AggregatedHttpResponse ask(
      String port, HttpMethod method, String path, String token, String... headers) {
    RequestHeadersBuilder builder = RequestHeaders.builder(method, path);
    if (token != null) {
      builder.add("authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      builder.set(headers[i], headers[i + 1]);
    }
    return WebClient.of("http://127.0.0.1:" + server.ports().get(port))
        .execute(HttpRequest.of(builder.build()))
        .aggregate()
        .join();
  }

  private static int status(String port, HttpMethod method, String path, String token) {
    return ask(port, method, path, token).status().code();
  }

  private static JsonNode json(AggregatedHttpResponse answer) throws IOException {
    return JsonMapper.builder().build().readTree(answer.contentUtf8());
  }

  /** The routes of an Armeria port: pattern and one method. */
  private static Map<String, HttpMethod> routes(int port) {
    Map<String, HttpMethod> routes = new LinkedHashMap<>();
    server
        .httpPorts()
        .get(port)
        .server()
        .config()
        .serviceConfigs()
        .forEach(service -> routes.put(pattern(service.route()), method(service.route())));
    return routes;
  }

  /** The path, after the method where it is POST and no other. */
  private static String pattern(Route route) {
    return (route.methods().equals(Set.of(HttpMethod.POST)) ? POST : "") + route.patternString();
  }

  private static HttpMethod method(Route route) {
    return route.methods().contains(HttpMethod.GET) ? HttpMethod.GET : HttpMethod.POST;
  }

  private static void check(int armeria, List<String> ports, Map<String, Need> table) {
    Map<String, HttpMethod> routes = routes(armeria);
    assertThat(routes.keySet())
        .as("routes served and routes in this test's table")
        .containsExactlyInAnyOrderElementsOf(table.keySet());
    SoftAssertions softly = new SoftAssertions();
    for (String port : ports) {
      routes.forEach((route, method) -> check(softly, port, route, method, table.get(route)));
    }
    softly.assertAll();
  }

  private static void check(
      SoftAssertions softly, String port, String route, HttpMethod method, Need need) {
    String path = route.replace(POST, "").replaceAll(":\\w+", "x").replace("*", "nothing/here");
    for (String stranger : new String[] {null, EXPIRED, "garbage"}) {
      var asserted =
          softly
              .assertThat(status(port, method, path, stranger))
              .as(port + " " + method + " " + path + " for a stranger");
      if (need == Need.NOTHING) {
        asserted.isIn(200, 503);
      } else {
        asserted.isEqualTo(401);
      }
    }
    for (Role role : Role.values()) {
      int status = status(port, method, path, TOKENS.get(role));
      var asserted =
          softly.assertThat(status).as(port + " " + method + " " + path + " for " + role);
      if (!isAllowed(need, role)) {
        asserted.isEqualTo(403);
      } else if (need == Need.ANYONE_KNOWN) {
        asserted.isEqualTo(404);
      } else {
        asserted.isNotIn(401, 403, 500);
      }
    }
  }

  @Test
  void apiPort_everyRoute_letsItsRolesInAndNobodyElse() {
    check(0, List.of("http"), API);
  }

  @Test
  void otlpPorts_serveIngestAndHealthOnly() {
    check(1, List.of("otlp_grpc", "otlp_http"), OTLP);
  }

  @Test
  void tempoPort_servesTempoAndHealthOnly() {
    check(2, List.of("tempo"), TEMPO);
  }

  @Test
  void jaegerPorts_serveTheirPartOfJaegerAndHealthOnly() {
    check(3, List.of("jaeger_query"), JAEGER_QUERY);
    check(4, List.of("jaeger_collector"), JAEGER_COLLECTOR);
    check(5, List.of("jaeger_grpc"), JAEGER_GRPC);
    check(6, List.of("jaeger_sampling"), JAEGER_SAMPLING);
    check(7, List.of("jaeger_sampling_grpc"), JAEGER_SAMPLING_GRPC);
  }

  @Test
  void zipkinPort_servesZipkinAndHealthOnly() {
    check(8, List.of("zipkin"), ZIPKIN);
  }

  @Test
  void skyWalkingPort_servesSkyWalkingAndHealthOnly() {
    check(9, List.of("skywalking"), SKYWALKING);
  }

  @Test
  void skyWalkingToken_isTheAuthenticationHeader() {
    String path = "/skywalking.v3.ManagementService/keepAlive";
    for (Role role : List.of(Role.INGEST, Role.VIEWER)) {
      var answer =
          ask(
              "skywalking",
              HttpMethod.POST,
              path,
              null,
              "authentication",
              TOKENS.get(role),
              "content-type",
              "application/grpc");

      assertThat(answer.status().code()).isEqualTo(role == Role.INGEST ? 200 : 403);
    }
    assertThat(
            ask("skywalking", HttpMethod.POST, path, null, "authentication", "garbage")
                .status()
                .code())
        .isEqualTo(401);
  }

  @Test
  void unknownGrpcMethod_isUnimplemented() {
    var answer =
        ask(
            "skywalking",
            HttpMethod.POST,
            "/skywalking.v3.ProfileTask/getProfileTaskCommands",
            TOKENS.get(Role.INGEST),
            "content-type",
            "application/grpc");

    assertThat(answer.status().code()).isEqualTo(200);
    assertThat(answer.trailers().get("grpc-status")).isEqualTo("12");
  }

  @Test
  void tempoPort_otherApis_areNotThere() {
    for (String path :
        List.of("/tempo/api/echo", "/api/v1/labels", "/sextant/v1/status", "/metrics", "/")) {
      var answer = ask("tempo", HttpMethod.GET, path, TOKENS.get(Role.ADMIN));

      assertThat(answer.status().code()).as(path).isEqualTo(404);
      assertThat(answer.contentUtf8()).isEqualTo("nothing is served at this path");
    }
    assertThat(status("tempo", HttpMethod.POST, "/v1/traces", TOKENS.get(Role.ADMIN)))
        .isEqualTo(404);
  }

  @Test
  void otlpPorts_queryRoutes_areNotThere() {
    for (String port : List.of("otlp_grpc", "otlp_http")) {
      assertThat(status(port, HttpMethod.GET, "/sextant/v1/status", TOKENS.get(Role.ADMIN)))
          .isEqualTo(404);
      assertThat(status(port, HttpMethod.GET, "/metrics", TOKENS.get(Role.ADMIN))).isEqualTo(404);
    }
  }

  @Test
  void unknownPath_isRefusedInItsApisFormat() throws IOException {
    String admin = TOKENS.get(Role.ADMIN);
    var own = ask("http", HttpMethod.GET, "/sextant/v1/nothing", admin);
    var prometheus = ask("http", HttpMethod.GET, "/prometheus/api/v1/nothing", admin);
    var stranger = ask("http", HttpMethod.GET, "/prometheus/api/v1/nothing", null);
    var tempo = ask("http", HttpMethod.GET, "/tempo/api/nothing", admin);
    var jaeger = ask("http", HttpMethod.GET, "/jaeger/api/nothing", admin);
    var zipkin = ask("http", HttpMethod.GET, "/zipkin/api/v2/nothing", admin);

    assertThat(json(own).at("/error/code").asText()).isEqualTo("not_found");
    assertThat(json(prometheus).at("/errorType").asText()).isEqualTo("not_found");
    assertThat(json(stranger).at("/error").asText())
        .isEqualTo("send a valid access token as Authorization: Bearer …");
    assertThat(stranger.headers().get("www-authenticate")).isEqualTo("Bearer realm=\"sextant\"");
    assertThat(json(jaeger).at("/errors/0/code").asInt()).isEqualTo(404);
    assertThat(tempo.status().code()).isEqualTo(404);
    assertThat(tempo.contentUtf8()).isEqualTo("nothing is served at this path");
    assertThat(zipkin.contentUtf8()).isEqualTo("nothing is served at this path");
  }

  @Test
  void ingestTurnedAway_isOnTheStatusPage() throws IOException {
    status("otlp_http", HttpMethod.POST, "/v1/logs", "garbage");
    status("http", HttpMethod.POST, "/v1/traces", TOKENS.get(Role.VIEWER));
    status("http", HttpMethod.GET, "/api/v1/query", null);

    JsonNode refused =
        json(ask("http", HttpMethod.GET, "/sextant/v1/status", TOKENS.get(Role.VIEWER)))
            .at("/refused");

    assertThat(refused.at("/0/path").asText() + " " + refused.at("/0/status").asInt())
        .isEqualTo("/v1/traces 403");
    assertThat(refused.at("/0/reason").asText()).contains("this needs the role ingest");
    assertThat(refused.at("/1/path").asText() + " " + refused.at("/1/status").asInt())
        .isEqualTo("/v1/logs 401");
  }

  @Test
  void wrongMethod_isNoWayAround() {
    assertThat(status("http", HttpMethod.POST, "/sextant/v1/traces", null)).isEqualTo(401);
    assertThat(status("http", HttpMethod.DELETE, "/sextant/v1/traces", null)).isEqualTo(401);
    assertThat(status("http", HttpMethod.POST, "/sextant/v1/traces", TOKENS.get(Role.ADMIN)))
        .isIn(404, 405);
  }

  @Test
  void pathTricks_areNoWayAround() {
    for (String path :
        List.of(
            "/-/healthy/../../sextant/v1/status",
            "/-/healthy/%2e%2e/%2e%2e/sextant/v1/status",
            "//sextant/v1/status",
            "/sextant/v1/status/",
            "/sextant/v1/status;x=/-/healthy",
            "/SEXTANT/v1/status")) {
      assertThat(status("http", HttpMethod.GET, path, null)).as(path).isIn(400, 401);
    }
  }

  @Test
  void basicPassword_isATokenToo() {
    String pair =
        java.util.Base64.getEncoder().encodeToString(("any:" + TOKENS.get(Role.VIEWER)).getBytes());
    var answer =
        ask("http", HttpMethod.GET, "/sextant/v1/status", null, "authorization", "Basic " + pair);

    assertThat(answer.status().code()).isEqualTo(200);
  }

  @Test
  void otherTenant_isForbidden() throws IOException {
    String viewer = TOKENS.get(Role.VIEWER);
    var other = ask("http", HttpMethod.GET, "/sextant/v1/status", viewer, "x-scope-orgid", "acme");
    var ours =
        ask("http", HttpMethod.GET, "/sextant/v1/status", viewer, "x-scope-orgid", "default");
    var ingest =
        ask(
            "otlp_http",
            HttpMethod.POST,
            "/v1/traces",
            TOKENS.get(Role.INGEST),
            "x-scope-orgid",
            "acme");

    assertThat(other.status().code()).isEqualTo(403);
    assertThat(json(other).at("/error/message").asText()).contains("X-Scope-OrgID");
    assertThat(ours.status().code()).isEqualTo(200);
    assertThat(ingest.status().code()).isEqualTo(403);
  }

  @Test
  void foreignHost_isMisdirected() throws IOException {
    for (String port : List.of("http", "otlp_grpc", "otlp_http")) {
      var answer =
          ask(
              port,
              HttpMethod.GET,
              "/-/healthy",
              TOKENS.get(Role.ADMIN),
              ":authority",
              "rebound.example");

      assertThat(answer.status().code()).isEqualTo(421);
      assertThat(json(answer).at("/error/message").asText()).contains("listen.allowed-hosts");
    }
  }

  @Test
  void foreignHost_onAWellKnownPort_isMisdirectedInItsApisFormat() {
    var answer =
        ask(
            "tempo",
            HttpMethod.GET,
            "/api/echo",
            TOKENS.get(Role.ADMIN),
            ":authority",
            "rebound.example");

    assertThat(answer.status().code()).isEqualTo(421);
    assertThat(answer.contentUtf8()).isEqualTo("add the host you use to listen.allowed-hosts");
  }

  @Test
  void identityHeader_notOurs_isRefusedWhateverElseIsSent() {
    for (String identity : List.of("", "YWRtaW4=|ADMIN|99999999999999|c2lnbmVk", "a|b|c|d")) {
      var answer =
          ask(
              "http",
              HttpMethod.GET,
              "/sextant/v1/status",
              TOKENS.get(Role.ADMIN),
              "x-sextant-identity",
              identity);

      assertThat(answer.status().code()).as(identity).isEqualTo(401);
    }
  }

  @Test
  void revokedToken_countsNoMoreWithoutARestart() throws IOException {
    assertThat(status("http", HttpMethod.GET, "/sextant/v1/status", REVOKED)).isEqualTo(200);

    writeTokens(false);
    CLOCK.advance(Duration.ofSeconds(2));

    assertThat(status("http", HttpMethod.GET, "/sextant/v1/status", REVOKED)).isEqualTo(401);
    assertThat(status("http", HttpMethod.GET, "/sextant/v1/status", TOKENS.get(Role.VIEWER)))
        .isEqualTo(200);
  }

  @Test
  void ingestOnTheApiPort_hasIngestsOwnBodyLimit() {
    HttpRequest request =
        HttpRequest.of(
            RequestHeaders.of(
                HttpMethod.POST,
                "/v1/logs",
                "authorization",
                "Bearer " + TOKENS.get(Role.INGEST),
                "content-type",
                "application/x-protobuf"),
            HttpData.wrap(new byte[5 << 20]));
    int status =
        WebClient.of("http://127.0.0.1:" + server.ports().get("http"))
            .execute(request)
            .aggregate()
            .join()
            .status()
            .code();

    assertThat(status).isEqualTo(400);
  }
}
