package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;
import static dev.sextant.ui.fake.FakeShop.red;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The service graph of the shop. */
final class FakeTopology {
  static final String MESSAGE = "messaging_system";

  private record Edge(
      String from, String to, String type, double rate, double errors, double p95) {}

  private static final List<Edge> EDGES =
      List.of(
          new Edge("client:user", "gateway", "virtual_node", 1240, 0.0187, 0.212),
          new Edge("gateway", "users", "", 158, 0, 0.014),
          new Edge("gateway", "cart", "", 233, 0.0003, 0.0094),
          new Edge("gateway", "catalog", "", 640, 0.0001, 0.012),
          new Edge("gateway", "orders", "", 184, 0.0461, 0.892),
          new Edge("cart", "cache:cart-cache", "database", 466, 0, 0.0006),
          new Edge("catalog", "inventory", "", 226, 0, 0.017),
          new Edge("orders", "inventory", "", 186, 0.0002, 0.12),
          new Edge("orders", "pricing", "", 186, 0, 0.0061),
          new Edge("orders", "database:shop-pg", "database", 402, 0, 0.0031),
          new Edge("orders", "payments", "", 92.4, 0.091, 2.04),
          new Edge("orders", "queue:order-events", MESSAGE, 88, 0, 0.003),
          new Edge("orders", "orders", "", 2, 0, 0.01),
          new Edge("shipping", "orders", "", 3, 0, 0.01),
          new Edge("inventory", "database:inventory-db", "database", 824, 0, 0.0024),
          new Edge("payments", "database:shop-pg", "database", 184, 0, 0.0028),
          new Edge("payments", "fraud-check", "", 91.8, 0.0011, 0.048),
          new Edge("payments", "external:api.northpay.example", "virtual_node", 84.1, 0.1, 2.0),
          new Edge("queue:order-events", "notifications", MESSAGE, 88, 0.002, 0.064),
          new Edge("queue:order-events", "shipping", MESSAGE, 61, 0.0005, 0.037));

  private FakeTopology() {}

  static Map<String, Object> shop() {
    List<Map<String, Object>> edges = edges();
    return map(
        "nodes",
        nodes(),
        "edges",
        edges,
        "edgesFound",
        edges.size(),
        "cost",
        map("millis", 61, "series", 214));
  }

  private static List<Map<String, Object>> nodes() {
    List<Map<String, Object>> nodes = new ArrayList<>();
    for (FakeShop.Service s : FakeShop.SERVICES) {
      if (!s.health().equals("nodata") && !s.name().equals(FakeShop.HOSTILE)) {
        Map<String, Object> red = red(s.rate(), s.errors(), s.p95(), s.p99());
        String kind = s.name().equals("gateway") ? "gateway" : "service";
        nodes.add(node(s.name(), s.name(), kind, "", s.hue(), s.health(), red));
      }
    }
    nodes.add(other("client", "user", "", "healthy", red(1240, 0.0187, 0.212, 1.31)));
    nodes.add(other("cache", "cart-cache", "redis", "healthy", red(466, 0, 0.0006, 0.001)));
    nodes.add(other("database", "inventory-db", "h2", "healthy", red(824, 0, 0.0024, 0.004)));
    nodes.add(other("database", "shop-pg", "postgresql", "healthy", red(586, 0, 0.003, 0.005)));
    nodes.add(other("queue", "order-events", "kafka", "healthy", red(88, 0, 0.003, 0.004)));
    nodes.add(other("external", "api.northpay.example", "", "critical", red(84.1, 0.1, 2.0, 2.4)));
    return nodes;
  }

  static Map<String, Object> other(
      String kind, String name, String system, String health, Map<String, Object> red) {
    return node(kind + ":" + name, name, kind, system, null, health, red);
  }

  static Map<String, Object> node(
      String id,
      String name,
      String kind,
      String system,
      Integer hue,
      String health,
      Map<String, Object> red) {
    red.put("id", id);
    red.put("name", name);
    red.put("kind", kind);
    red.put("system", system);
    red.put("namespace", hue == null ? "" : "shop");
    red.put("hue", hue);
    red.put("health", health);
    red.put("network", hue == null ? null : 0.0012);
    return red;
  }

  private static List<Map<String, Object>> edges() {
    List<Map<String, Object>> edges = new ArrayList<>();
    for (Edge edge : EDGES) {
      edges.add(edge(edge.from, edge.to, edge.type, edge.rate, edge.errors, edge.p95));
    }
    return edges;
  }

  static Map<String, Object> edge(
      String from, String to, String type, double rate, double errors, double p95) {
    Map<String, Object> edge = red(rate, errors, p95, p95 * 1.4);
    edge.put("from", from);
    edge.put("to", to);
    edge.put("type", type);
    edge.put("calls", rate * 3600);
    edge.put("network", type.isEmpty() ? 0.0012 : null);
    return edge;
  }

  /** The shop against an hour in which it was well: fraud-check is new, pricing vanished. */
  static Map<String, Object> difference() {
    List<Map<String, Object>> nodes = nodes();
    for (Map<String, Object> node : nodes) {
      boolean isNew = node.get("id").equals("fraud-check");
      boolean gone = node.get("id").equals("pricing");
      changed(node, isNew ? "new" : gone ? "vanished" : "same", red(1, 0, 0.1, 0.2), List.of());
    }
    List<Map<String, Object>> edges = edges();
    for (Map<String, Object> edge : edges) {
      double rate = (double) edge.get("rate");
      double p95 = (double) edge.get("p95");
      Map<String, Object> before = red(rate, 0, p95, p95);
      switch ((String) edge.get("to")) {
        case "fraud-check" -> changed(edge, "new", null, List.of());
        case "pricing" -> changed(edge, "vanished", before, List.of());
        case "payments" ->
            changed(
                edge,
                "changed",
                red(rate / 2, 0.001, p95 / 6, p95),
                List.of(
                    change("rate", rate / 2, rate),
                    change("errorShare", 0.001, 0.091),
                    change("p95", p95 / 6, p95)));
        case "users" ->
            changed(
                edge, "changed", red(rate, 0, p95 * 2, p95), List.of(change("p95", p95 * 2, p95)));
        default -> changed(edge, "same", before, List.of());
      }
    }
    Object thresholds = map("relative", 0.3, "rate", 0.1, "errorShare", 0.01, "p95", 0.005);
    return map(
        "nodes",
        nodes,
        "edges",
        edges,
        "edgesFound",
        edges.size(),
        "thresholds",
        thresholds,
        "cost",
        map("millis", 92));
  }

  static void changed(Map<String, Object> of, String state, Object before, List<Object> changes) {
    of.put("state", state);
    of.put("before", before);
    of.put("changes", changes);
  }

  static Object change(String figure, double before, double now) {
    return map(
        "figure",
        figure,
        "before",
        before,
        "now",
        now,
        "absolute",
        now - before,
        "relative",
        (now - before) / before);
  }

  static Map<String, Object> timeline(long from, long to) {
    return map(
        "requests",
        FakeShop.wave(from, to, 120, 4_800, 0.1, 3),
        "errors",
        FakeShop.ramp(from, to, 120, 0.9, 40, 0.5));
  }

  /** Nodes of every kind that are called so, each of which calls the next. */
  static Map<String, Object> named(List<String> names) {
    List<String> kinds = List.of("service", "database", "queue", "external", "client", "cache");
    List<Object> nodes = new ArrayList<>();
    List<Object> edges = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String kind = kinds.get(i % kinds.size());
      Integer hue = kind.equals("service") ? 1 : null;
      Map<String, Object> red = red(1, 0, 0.1, 0.2);
      Map<String, Object> node =
          node(names.get(i), names.get(i), kind, names.get(i), hue, "healthy", red);
      node.put("namespace", names.get(i / 20));
      nodes.add(node);
      edges.add(edge(names.get(i), names.get((i + 1) % names.size()), "", 1, 0, 0.1));
    }
    return map(
        "nodes", nodes, "edges", edges, "edgesFound", edges.size(), "cost", map("millis", 9));
  }
}
