package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Traces of failing orders: the payment provider times out twice before it gives up. */
final class FakeTraces {
  static final String TRACE_ID = "4f1c9e2ab7d04c3e8a55d1f0b6729c13";
  static final String QUICK_ID = "5e".repeat(16);
  static final int TOTAL = 478;
  private static final List<String> SERVICES =
      List.of("gateway", "orders", "inventory", "payments");

  private FakeTraces() {}

  static Map<String, Object> search(long from, long to, Map<String, List<String>> query) {
    int page = Integer.parseInt(query.getOrDefault("page", List.of("0")).getFirst());
    int limit = Integer.parseInt(query.getOrDefault("limit", List.of("50")).getFirst());
    String q = query.getOrDefault("q", List.of("")).getFirst();
    if (q.endsWith("= }")) {
      int column = q.length();
      return map(
          "error",
          map(
              "code",
              "bad_request",
              "message",
              "parameter 'q': parse error at line 1, col " + column + ": unexpected }"));
    }
    boolean errors = q.contains("status = error");
    List<Object> traces = new ArrayList<>();
    int end = Math.min(TOTAL, (page + 1) * limit);
    for (int i = page * limit; i < end; i++) {
      Map<String, Object> trace = summary(i, from, to);
      if (!errors || (int) trace.get("errors") > 0) {
        traces.add(trace);
      }
    }
    return map(
        "traces",
        traces,
        "total",
        TOTAL,
        "totalExact",
        true,
        "nextPage",
        end < TOTAL ? String.valueOf(page + 1) : null,
        "cost",
        map("millis", 164, "blocks", 96, "bytes", 42_991_616));
  }

  private static Map<String, Object> summary(int i, long from, long to) {
    Random random = new Random(i);
    long start = to - (to - from) * i / TOTAL - 1000;
    boolean failed = i % 3 == 0 && i < TOTAL / 2;
    long duration = (long) ((failed ? 1.8e9 : 40e6) * Math.exp(random.nextGaussian() * 0.6));
    List<Object> services = new ArrayList<>();
    double[] share =
        failed ? new double[] {0.02, 0.07, 0.03, 0.88} : new double[] {0.2, 0.4, 0.2, 0.2};
    for (int s = 0; s < SERVICES.size(); s++) {
      services.add(
          map(
              "service",
              SERVICES.get(s),
              "hue",
              FakeShop.hue(SERVICES.get(s)),
              "spans",
              3 + s,
              "errors",
              failed ? 2 : 0,
              "selfNanos",
              (long) (duration * share[s])));
    }
    return map(
        "traceId",
        i == 0 ? TRACE_ID : String.format("%032x", 0xb02d7745e19aL * (i + 1)),
        "rootService",
        "gateway",
        "rootName",
        i == 4 ? FakeShop.HOSTILE : i % 5 == 1 ? "GET /api/catalog/{id}" : "POST /api/orders",
        "rootSeen",
        i != 7,
        "startNanos",
        start + "000000",
        "durationNanos",
        duration,
        "spans",
        26,
        "errors",
        failed ? 9 : 0,
        "databaseCalls",
        i % 4 == 3 ? 0 : 9,
        "databaseNanos",
        i % 4 == 3 ? 0 : (long) (duration * (failed ? 0.04 : 0.45)),
        "services",
        services);
  }

  static Map<String, Object> trace(long now) {
    Builder b = new Builder((now - 600_000) * 1_000_000L + 118_000_000L);
    String root = b.span("", 0, "POST /api/orders", "server", 0, 2840, true);
    b.span(root, 0, "auth.verify", "internal", 2, 7, false);
    String call = b.span(root, 0, "POST orders", "client", 11, 2826, true);
    String orders = b.span(call, 1, "POST /orders", "server", 14, 2818, true);
    b.span(orders, 1, "validateCart", "internal", 16, 3, false);
    b.db(orders, 1, "SELECT shop.carts", 21, 5);
    String reserve = b.span(orders, 1, "POST inventory /reservations", "client", 28, 123, false);
    String reservation = b.span(reserve, 2, "POST /reservations", "server", 31, 117, false);
    b.span(reservation, 2, "HikariPool.getConnection", "internal", 33, 62, false);
    b.db(reservation, 2, "SELECT stock FOR UPDATE", 96, 17);
    b.db(reservation, 2, "UPDATE stock", 114, 15);
    b.db(reservation, 2, "COMMIT", 130, 17);
    b.db(orders, 1, "INSERT shop.orders", 155, 12);
    String pay = b.span(orders, 1, "POST payments /charges", "client", 170, 2600, true);
    String charges = b.span(pay, 3, "POST /charges", "server", 172, 2590, true);
    b.db(charges, 3, "SELECT pay.idempotency", 176, 4);
    b.span(charges, 3, "FraudRules.evaluate", "internal", 182, 49, false);
    String client = b.span(charges, 3, "NorthpayClient.charge", "internal", 234, 2520, true);
    b.timeout(client, 236, 800);
    b.timeout(client, 1136, 800);
    b.timeout(client, 2136, 614);
    b.db(charges, 3, "UPDATE pay.charges", 2755, 7);
    String release =
        b.span(orders, 1, "DELETE inventory /reservations/{id}", "client", 2773, 36, false);
    String deletion = b.span(release, 2, "DELETE /reservations/{id}", "server", 2776, 30, false);
    b.db(deletion, 2, "UPDATE stock", 2780, 14);
    b.db(orders, 1, "UPDATE shop.orders", 2812, 16);
    return map(
        "traceId",
        TRACE_ID,
        "resources",
        resources(),
        "scopes",
        List.of(
            map(
                "name",
                "shop",
                "version",
                "1.4.2",
                "schemaUrl",
                "",
                "attributes",
                List.of(),
                "droppedAttributes",
                0)),
        "spans",
        b.spans);
  }

  /** The same order, paid at once: without retries, with a cache asked twice and a message sent. */
  static Map<String, Object> quick(long now) {
    Builder b = new Builder((now - 540_000) * 1_000_000L);
    String root = b.span("", 0, "POST /api/orders", "server", 0, 420, false);
    b.span(root, 0, "auth.verify", "internal", 2, 7, false);
    b.span(root, 0, "auth.verify", "internal", 9, 2, false);
    String call = b.span(root, 0, "POST orders", "client", 11, 405, false);
    String orders = b.span(call, 1, "POST /orders", "server", 14, 400, false);
    b.span(orders, 1, "validateCart", "internal", 16, 5, false);
    b.db(orders, 1, "SELECT shop.carts", 21, 5);
    b.cache(orders, 1, "GET", 26, 1);
    b.cache(orders, 1, "GET", 27, 1);
    String reserve = b.span(orders, 1, "POST inventory /reservations", "client", 28, 60, false);
    String reservation = b.span(reserve, 2, "POST /reservations", "server", 31, 55, false);
    b.db(reservation, 2, "SELECT stock FOR UPDATE", 36, 17);
    b.db(reservation, 2, "UPDATE stock", 54, 15);
    b.db(reservation, 2, "COMMIT", 70, 12);
    b.db(orders, 1, "INSERT shop.orders", 95, 12);
    String pay = b.span(orders, 1, "POST payments /charges", "client", 110, 270, false);
    String charges = b.span(pay, 3, "POST /charges", "server", 112, 265, false);
    b.db(charges, 3, "SELECT pay.idempotency", 116, 4);
    b.span(charges, 3, "FraudRules.evaluate", "internal", 122, 49, false);
    b.span(charges, 3, "NorthpayClient.charge", "internal", 174, 190, false);
    b.db(charges, 3, "UPDATE pay.charges", 368, 7);
    b.span(
        orders,
        1,
        FakeShop.HOSTILE + " a very long name of an operation",
        "producer",
        384,
        8,
        true);
    b.db(orders, 1, "UPDATE shop.orders", 395, 16);
    return map("traceId", QUICK_ID, "resources", resources(), "spans", b.spans);
  }

  /** A trace of very many spans, up to 14 deep, that take part of what is left of their parents. */
  static Map<String, Object> large(String traceId, long now, int count) {
    Builder b = new Builder((now - 600_000) * 1_000_000L);
    Random random = new Random(count);
    List<String> ids = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    long length = count * 4L;
    ids.add(b.span("", 0, "batch", "server", 0, length, false));
    ends.add(length);
    long at = 0;
    for (int i = 1; i < count; i++) {
      while (ids.size() > 1 && (ids.size() > 14 || random.nextInt(10) < 3)) {
        ids.removeLast();
        ends.removeLast();
      }
      at = Math.min(at + 1 + random.nextInt(6), ends.getLast() - 1);
      long end = Math.max(at + 1, at + (ends.getLast() - at) / (2 + random.nextInt(20)));
      String parent = ids.getLast();
      String id;
      if (i % 5 == 0) {
        b.db(parent, i % 4, "SELECT step_" + i % 40, at, end - at);
        id = parent;
      } else {
        id = b.span(parent, i % 4, "step " + i % 300, "internal", at, end - at, i % 97 == 0);
      }
      if (i % 5 != 0 && random.nextInt(10) < 6) {
        ids.add(id);
        ends.add(end);
      }
    }
    return map("traceId", traceId, "resources", resources(), "spans", b.spans);
  }

  private static List<Object> resources() {
    List<Object> resources = new ArrayList<>();
    for (String service : SERVICES) {
      resources.add(
          map(
              "service",
              service,
              "hue",
              FakeShop.hue(service),
              "attributes",
              List.of(
                  map("key", "service.name", "value", service),
                  map("key", "service.version", "value", "2.14.0"),
                  map("key", "k8s.pod.name", "value", service + "-7c9d-x2"),
                  map("key", "process.pid", "value", 4711))));
    }
    return resources;
  }

  private static final class Builder {
    private final long start;
    private final List<Object> spans = new ArrayList<>();
    private final List<Object> attributes = List.of();

    Builder(long start) {
      this.start = start;
    }

    String span(
        String parent,
        int resource,
        String name,
        String kind,
        long at,
        long millis,
        boolean error) {
      return add(
          parent, resource, name, kind, at, millis, error, new ArrayList<>(attributes), List.of());
    }

    void db(String parent, int resource, String name, long at, long millis) {
      List<Object> of = new ArrayList<>();
      of.add(map("key", "db.system.name", "value", "postgresql"));
      of.add(map("key", "db.query.text", "value", name + " WHERE id = ?"));
      add(parent, resource, name, "client", at, millis, false, of, List.of());
    }

    void cache(String parent, int resource, String name, long at, long millis) {
      List<Object> of = new ArrayList<>();
      of.add(map("key", "db.system", "value", "redis"));
      add(parent, resource, name, "client", at, millis, false, of, List.of());
    }

    void timeout(String parent, long at, long millis) {
      List<Object> of = new ArrayList<>();
      of.add(map("key", "http.request.method", "value", "POST"));
      of.add(map("key", "peer.service", "value", "northpay"));
      of.add(map("key", "server.address", "value", "api.northpay.example"));
      of.add(map("key", "server.port", "value", 443));
      of.add(map("key", "url.full", "value", "https://api.northpay.example/v2/charges"));
      of.add(map("key", "error.type", "value", "HttpTimeoutException"));
      of.add(map("key", "http.client.timeout_ms", "value", 800));
      of.add(map("key", "thread.name", "value", "charge-worker-7"));
      of.add(map("key", "evil.link", "value", "javascript:window.hacked=1"));
      of.add(map("key", FakeShop.HOSTILE, "value", FakeShop.HOSTILE));
      of.add(map("key", "empty", "value", ""));
      String trace =
          "java.net.http.HttpTimeoutException: request timed out\n"
              + "\tat shop.pay.NorthpayClient.charge(NorthpayClient.java:61)\n".repeat(12);
      Object event =
          map(
              "timeNanos",
              String.valueOf(start + (at + millis - 1) * 1_000_000),
              "name",
              "exception",
              "attributes",
              List.of(
                  map("key", "exception.type", "value", "java.net.http.HttpTimeoutException"),
                  map("key", "exception.message", "value", "request timed out"),
                  map("key", "exception.stacktrace", "value", trace)));
      Object retried =
          map(
              "timeNanos",
              String.valueOf(start + (at + 20) * 1_000_000),
              "name",
              "retry",
              "attributes",
              List.of(map("key", "attempt", "value", 2)),
              "droppedAttributes",
              1);
      add(
          parent,
          3,
          "POST api.northpay.example /v2/charges",
          "client",
          at,
          millis,
          true,
          of,
          List.of(event, retried));
    }

    private static Object link() {
      return map(
          "traceId",
          "1b".repeat(16),
          "spanId",
          "a81f20c46be97d55",
          "traceState",
          "",
          "flags",
          0,
          "attributes",
          List.of(map("key", "why", "value", "retry of")),
          "droppedAttributes",
          0);
    }

    private String add(
        String parent,
        int resource,
        String name,
        String kind,
        long at,
        long millis,
        boolean error,
        List<Object> of,
        List<Object> events) {
      String id = String.format("%016x", spans.size() + 0xa81f20c46be97d55L);
      spans.add(
          map(
              "spanId",
              id,
              "parentSpanId",
              parent,
              "resource",
              resource,
              "scope",
              "shop",
              "name",
              name,
              "kind",
              kind,
              "startNanos",
              String.valueOf(start + at * 1_000_000),
              "durationNanos",
              millis * 1_000_000,
              "status",
              error ? "error" : "unset",
              "statusMessage",
              "",
              "traceState",
              events.isEmpty() ? "" : "vendor=t61rcWkgMzE",
              "flags",
              events.isEmpty() ? 257 : 769,
              "scopeIndex",
              0,
              "attributes",
              of,
              "events",
              events,
              "links",
              events.isEmpty() ? List.of() : List.of(link()),
              "dropped",
              map("attributes", events.size(), "events", 0, "links", 0)));
      return id;
    }
  }
}
