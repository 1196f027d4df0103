package dev.sextant.ui.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A shop of twelve services, of which payments began to fail half an hour ago. */
final class FakeShop {
  /** Stands for whatever a foreign service may call itself. */
  static final String HOSTILE = "<img src=x onerror=\"window.hacked=1\"></img>";

  record Service(
      String name,
      int hue,
      String health,
      double rate,
      double errors,
      double p95,
      double p99,
      int up,
      String version) {}

  static final List<Service> SERVICES =
      List.of(
          new Service("gateway", 1, "warning", 1240, 0.0187, 0.212, 1.31, 3, "3.2.0"),
          new Service("orders", 2, "critical", 184, 0.0461, 0.892, 2.96, 4, "5.8.1"),
          new Service("payments", 3, "critical", 92.4, 0.0912, 2.04, 4.81, 3, "2.14.0"),
          new Service("cart", 4, "healthy", 233, 0.0003, 0.0094, 0.022, 2, "4.0.2"),
          new Service("inventory", 5, "warning", 412, 0.0002, 0.018, 0.046, 3, "2.3.4"),
          new Service("catalog", 6, "healthy", 640, 0.0001, 0.012, 0.031, 4, "7.1.0"),
          new Service("users", 7, "healthy", 158, 0, 0.014, 0.038, 2, "1.18.0"),
          new Service("pricing", 8, "healthy", 186, 0, 0.0061, 0.015, 2, "2.0.5"),
          new Service("shipping", 10, "healthy", 61.2, 0.0005, 0.037, 0.092, 2, "3.4.1"),
          new Service("notifications", 11, "healthy", 88, 0.002, 0.064, 0.18, 2, "1.6.3"),
          new Service(
              "reports", 12, "nodata", Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, "1.2.0"),
          new Service("fraud-check", 15, "healthy", 91.8, 0.0011, 0.048, 0.104, 2, "0.9.7"),
          new Service(HOSTILE, 9, "healthy", 0.4, 0, 0.001, 0.002, 1, "<b>1</b>"));

  private FakeShop() {}

  static int hue(String service) {
    return SERVICES.stream()
        .filter(s -> s.name().equals(service))
        .mapToInt(Service::hue)
        .findFirst()
        .orElse(0);
  }

  static Map<String, Object> services(long from, long to) {
    Map<String, Object> overview = new LinkedHashMap<>();
    long start = to - 6 * (to - from);
    overview.put("requests", wave(start, to, 139, 1900, 0.25, 1));
    overview.put("errors", ramp(start, to, 139, 0.9, 40, 5.0 / 6 + 1.0 / 12));
    List<Object> rows = new ArrayList<>();
    SERVICES.forEach(service -> rows.add(row(service, from, to)));
    return map(
        "services",
        rows,
        "overview",
        overview,
        "cost",
        map("millis", 38, "series", 1284, "blocks", 36, "bytes", 2_202_009));
  }

  static Map<String, Object> row(Service s, long from, long to) {
    boolean none = s.health().equals("nodata");
    long since = from + (to - from) / 2;
    boolean failing = s.health().equals("critical") || s.name().equals("gateway");
    Map<String, Object> row = red(s.rate(), s.errors(), s.p95(), s.p99());
    row.put("name", s.name());
    row.put("hue", s.hue());
    row.put("health", s.health());
    row.put("version", s.version());
    row.put("lastSeenMillis", none ? to - 22 * 60_000 : to - 5_000);
    row.put(
        "instances",
        map("up", s.up(), "down", s.name().equals("inventory") ? 1 : 0, "vanished", 0));
    List<Object> problems = new ArrayList<>();
    if (s.health().equals("critical")) {
      problems.add(map("severity", "critical", "text", "Errors 9× baseline", "sinceMillis", since));
      problems.add(map("severity", "critical", "text", "p95 6× baseline", "sinceMillis", since));
    } else if (s.health().equals("warning")) {
      problems.add(
          map(
              "severity",
              "warning",
              "text",
              failing ? "p95 3× baseline" : "Connection pool 94 % used",
              "sinceMillis",
              since));
    }
    row.put("problems", problems);
    if (!none) {
      row.put("rateSeries", wave(from, to, 60, s.rate(), 0.1, s.hue()));
      row.put(
          "errorSeries",
          failing
              ? ramp(from, to, 60, 0.002, s.errors(), 0.5)
              : wave(from, to, 60, s.errors(), 0.3, s.hue()));
      row.put(
          "p95Series",
          failing
              ? ramp(from, to, 60, s.p95() / 6, s.p95(), 0.5)
              : wave(from, to, 60, s.p95(), 0.15, s.hue() + 3));
    }
    return row;
  }

  static Map<String, Object> service(Service s, long from, long to) {
    Map<String, Object> detail = row(s, from, to);
    List<Object> operations = new ArrayList<>();
    String[] names = {
      "POST /" + s.name(), "GET /" + s.name() + "/{id}", "SELECT " + s.name(), HOSTILE
    };
    for (int i = 0; i < names.length; i++) {
      Map<String, Object> operation =
          red(s.rate() / (i + 1.5), s.errors() / (i + 1), s.p95() / (i + 1), s.p99() / (i + 1));
      operation.put("name", names[i]);
      operation.put("kind", i == 2 ? "client" : "server");
      operations.add(operation);
    }
    detail.put("operations", operations);
    List<Object> instances = new ArrayList<>();
    for (int i = 0; i < s.up() + 2; i++) {
      String state = i < s.up() ? "up" : i == s.up() ? "down" : "vanished";
      instances.add(
          map(
              "id",
              s.name() + "-7c9d-x" + i,
              "state",
              state,
              "lastSeenMillis",
              to - (state.equals("up") ? 4_000L : 1_500_000L)));
    }
    detail.put("instanceList", instances);
    return detail;
  }

  static Map<String, Object> red(double rate, double errors, double p95, double p99) {
    return map(
        "rate",
        known(rate),
        "errorShare",
        known(errors),
        "p50",
        known(p95 / 4),
        "p95",
        known(p95),
        "p99",
        known(p99));
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  static Map<String, Object> wave(
      long from, long to, int points, double level, double swing, int seed) {
    Random random = new Random(seed);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      double slow = Math.sin(i / (points / 5.0) + seed) * swing;
      values.add(Math.max(0, level * (1 + slow + (random.nextDouble() - 0.5) * swing * 0.4)));
    }
    return series(from, to, points, values);
  }

  static Map<String, Object> ramp(
      long from, long to, int points, double low, double high, double at) {
    Random random = new Random(7);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      double share = Math.clamp((i - points * at) / (points * 0.08), 0, 1);
      values.add((low + (high - low) * share) * (0.9 + random.nextDouble() * 0.2));
    }
    return series(from, to, points, values);
  }

  private static Map<String, Object> series(long from, long to, int points, List<Double> values) {
    long step = (to - from) / points;
    return map("startMillis", to - (points - 1) * step, "stepMillis", step, "values", values);
  }

  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
