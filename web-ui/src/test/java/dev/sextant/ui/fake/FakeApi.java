package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** The HTTP APIs with made-up data in the shapes of openapi.yaml, for tests of the pages. */
public final class FakeApi implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Spans of the traces that are large. */
  private static final Map<String, Integer> LARGE =
      Map.of("1b".repeat(16), 10_000, "1d".repeat(16), 10_200, "1c".repeat(16), 100_000);

  /** One request as it arrived. */
  public record Seen(String method, String path, Map<String, List<String>> headers) {}

  private final HttpServer server;
  private final Map<String, byte[]> large = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean empty;
  private volatile boolean hostile;
  private volatile long lines;
  private volatile int landscape;
  private volatile int drift;
  private volatile boolean failing;

  private FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public static FakeApi start() throws IOException {
    return new FakeApi();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A server to which nothing was sent yet. */
  public void beEmpty(boolean empty) {
    this.empty = empty;
    this.lines = 0;
  }

  /** Texts that senders choose are those of {@link Payloads}. */
  public void beHostile(boolean hostile) {
    this.hostile = hostile;
  }

  /**
   * How many nodes the service graph has.
   *
   * @param nodes 0 for the shop
   */
  public void landscape(int nodes) {
    landscape = nodes;
    drift = 0;
  }

  /** So many services came into the landscape since, and so many hosts went. */
  public void driftLandscape(int nodes) {
    drift = nodes;
  }

  /** Whether requests for the service graph fail. */
  public void failTopology(boolean fails) {
    failing = fails;
  }

  /** As if one log line had arrived. */
  public void receiveLine() {
    lines++;
  }

  public List<Seen> seen() {
    return seen;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      seen.add(
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders())));
      byte[] sent = exchange.getRequestBody().readAllBytes();
      if (path.equals("/sextant/v1/stream")) {
        stream(exchange);
        return;
      }
      if (path.equals("/sextant/v1/echo")) {
        reply(exchange, 200, map("length", sent.length));
        return;
      }
      if (failing && path.startsWith("/sextant/v1/topology")) {
        Object error = map("code", "execution", "message", "more than query.max-samples (5000000)");
        reply(exchange, 422, map("error", error));
        return;
      }
      Map<String, List<String>> query = query(exchange.getRequestURI().getRawQuery());
      Object answer =
          hostile && path.startsWith("/prometheus/api/v1/")
              ? FakeHostile.metrics(path.substring(19))
              : hostile && path.startsWith("/tempo/api/v2/search/")
                  ? FakeHostile.tags(path.substring(21))
                  : path.startsWith("/sextant/v1/")
                      ? own(path.substring(12), query)
                      : path.startsWith("/prometheus/api/v1/")
                          ? FakeMetrics.answer(path.substring(19), query)
                          : path.startsWith("/tempo/api/v2/search/")
                              ? FakeTempo.answer(path.substring(21))
                              : path.equals("/tempo/api/metrics/query_range")
                                  ? FakeTempo.series(query, hostile)
                                  : null;
      if (answer instanceof String message) {
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(400, bytes.length);
        exchange.getResponseBody().write(bytes);
        return;
      }
      int status =
          answer == null
              ? 404
              : answer instanceof Map<?, ?> m
                      && ("error".equals(m.get("status")) || m.containsKey("error"))
                  ? 400
                  : 200;
      reply(
          exchange,
          status,
          answer == null
              ? map("error", map("code", "not_found", "message", "there is no " + path))
              : answer);
    }
  }

  private Object own(String path, Map<String, List<String>> query) {
    long now = System.currentTimeMillis();
    long to = Long.parseLong(query.getOrDefault("to", List.of(String.valueOf(now))).getFirst());
    long from =
        Long.parseLong(
            query.getOrDefault("from", List.of(String.valueOf(to - 3_600_000))).getFirst());
    if (hostile) {
      Object answer = FakeHostile.answer(path, from, to);
      if (answer != null) {
        return answer;
      }
    }
    if (path.matches("services/.+/(calls|critical-path|errors|versions)")) {
      return FakeService.answer(
          path.substring(path.lastIndexOf('/') + 1), from, to, query.containsKey("operation"));
    }
    if (path.startsWith("services/")) {
      return FakeShop.SERVICES.stream()
          .filter(s -> s.name().equals(path.substring(9)))
          .findFirst()
          .map(s -> (Object) FakeShop.service(s, from, to))
          .orElse(null);
    }
    if (path.startsWith("traces/")) {
      String id = path.substring(7);
      Integer spans = LARGE.get(id);
      if (id.equals(FakeTraces.QUICK_ID)) {
        return FakeTraces.quick(now);
      }
      return id.equals(FakeTraces.TRACE_ID)
          ? FakeTraces.trace(now)
          : spans == null ? null : large.computeIfAbsent(id, it -> largeTrace(it, now, spans));
    }
    if (path.startsWith("logs/values/")) {
      return FakeLogs.values(path.substring(12));
    }
    if (path.startsWith("spans/values/")) {
      return map(
          "values",
          path.endsWith("service.name")
              ? FakeShop.SERVICES.stream().map(FakeShop.Service::name).toList()
              : List.of("POST /api/orders", "GET /api/catalog/{id}", FakeShop.HOSTILE));
    }
    if (empty) {
      return nothing(path, now);
    }
    return switch (path) {
      case "status" -> status(now, 1_204_880, 90_113, 2_000_000);
      case "services" -> FakeShop.services(from, to);
      case "topology" -> landscape == 0 ? FakeTopology.shop() : FakeLandscape.of(landscape, drift);
      case "topology/difference" ->
          landscape == 0 ? FakeTopology.difference() : FakeLandscape.difference(landscape);
      case "topology/timeline" -> FakeTopology.timeline(from, to);
      case "traces" -> FakeTraces.search(from, to, query);
      case "spans/compare" -> FakeTempo.compare();
      case "spans/durations" -> FakeTempo.durations(from, to);
      case "logs" -> FakeLogs.search(from, to, query);
      case "logs/histogram" ->
          FakeLogs.histogram(
              from, to, Integer.parseInt(query.getOrDefault("buckets", List.of("60")).getFirst()));
      case "alerts" -> FakeMetrics.alerts(now);
      default -> null;
    };
  }

  private Object nothing(String path, long now) {
    return switch (path) {
      case "status" -> status(now, 0, lines, 0);
      case "services" -> map("services", List.of());
      case "topology", "topology/difference" -> map("nodes", List.of(), "edges", List.of());
      case "traces" -> map("traces", List.of(), "total", 0, "totalExact", true);
      case "logs" -> map("lines", List.of(), "total", 0, "totalExact", true);
      case "logs/histogram" ->
          map("bucketMillis", 60_000, "levels", List.of(), "buckets", List.of());
      case "alerts" -> map("firing", 0, "pending", 0, "groups", List.of());
      default -> null;
    };
  }

  private static Map<String, Object> status(long now, long spans, long lines, long samples) {
    return map(
        "version",
        "0.1.0",
        "tenant",
        "default",
        "startedMillis",
        now - 7_200_000,
        "ports",
        map("ui", 8080, "http", 9090, "otlp_grpc", 4317, "otlp_http", 4318),
        "received",
        map("spans", spans, "samples", samples, "lines", lines),
        "refused",
        List.of(
            map(
                "timeMillis",
                now - 30_000,
                "path",
                "/v1/traces",
                "status",
                415,
                "reason",
                "the body was not OTLP")),
        "disk",
        map("usableBytes", 227_633_266_688L, "dataBytes", 1_288_490_188L),
        "agentJar",
        "/opt/sextant/sextant-agent.jar");
  }

  /** Lets the streamed answer go on to its second line. */
  public void release() {
    released.countDown();
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write("{\"line\":1}\n".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.getResponseBody().write("{\"line\":2}\n".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] largeTrace(String id, long now, int spans) {
    try {
      return JSON.writeValueAsBytes(FakeTraces.large(id, now, spans));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists are JSON", e);
    }
  }

  private static void reply(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = body instanceof byte[] made ? made : JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      String[] pair = part.split("=", 2);
      query
          .computeIfAbsent(
              URLDecoder.decode(pair[0], StandardCharsets.UTF_8), k -> new ArrayList<>())
          .add(pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
