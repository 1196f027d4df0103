package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Enough of Prometheus' API for the Metrics and Alerts pages: five series whatever is asked. */
final class FakeMetrics {
  private static final List<String> SERVICES =
      List.of("payments", "orders", "gateway", "fraud-check", "inventory");
  private static final double[] LOW = {0.29, 0.19, 0.095, 0.046, 0.018};
  private static final double[] HIGH = {2.04, 0.89, 0.212, 0.048, 0.018};

  private FakeMetrics() {}

  /** An answer in Prometheus' envelope, or an error that names a position. */
  static Map<String, Object> answer(String path, Map<String, List<String>> query) {
    String expression = query.getOrDefault("query", List.of("")).getFirst();
    if (expression.contains("5 minutes")) {
      int column = expression.indexOf("5 minutes") + 2;
      return map(
          "status",
          "error",
          "errorType",
          "bad_data",
          "error",
          "invalid parameter \"query\": 1:"
              + column
              + ": parse error: a duration is a number and a unit, as in 5m");
    }
    return map("status", "success", "data", data(path, query, expression));
  }

  private static Object data(String path, Map<String, List<String>> query, String expression) {
    return switch (path) {
      case "query_range" ->
          map(
              "resultType",
              "matrix",
              "result",
              expression.contains("nothing") || expression.contains("no-jvm")
                  ? List.of()
                  : expression.contains("jvm_") ? instances(query, expression) : matrix(query));
      case "query" -> map("resultType", "vector", "result", vector());
      case "query_exemplars" ->
          expression.contains("latency") || expression.contains("histogram_")
              ? FakeExemplars.answer(
                  Double.parseDouble(query.get("start").getFirst()),
                  Double.parseDouble(query.get("end").getFirst()))
              : List.of();
      case "labels" ->
          query.containsKey("match[]")
              ? List.of("__name__", "job", "le", "service")
              : List.of("__name__", "instance", "job", "le", "level", "service");
      case "features" ->
          map("promql_functions", map("rate", true, "info", false), "promql_operators", map());
      case "metadata" ->
          map(
              "http_server_request_duration_seconds",
              List.of(map("type", "histogram", "help", "Duration of requests", "unit", "s")),
              "up",
              List.of(map("type", "gauge", "help", "Whether the target answers", "unit", "")));
      case "series" -> List.of();
      default ->
          path.contains("__name__")
              ? List.of(
                  "http_server_request_duration_seconds_bucket",
                  "http_server_request_duration_seconds_count",
                  "traces_spanmetrics_calls_total",
                  "traces_spanmetrics_latency_bucket",
                  "up")
              : SERVICES;
    };
  }

  private static List<Object> matrix(Map<String, List<String>> query) {
    double start = Double.parseDouble(query.get("start").getFirst());
    double end = Double.parseDouble(query.get("end").getFirst());
    double step = Double.parseDouble(query.get("step").getFirst());
    List<Object> result = new ArrayList<>();
    for (int s = 0; s < SERVICES.size(); s++) {
      List<Object> values = new ArrayList<>();
      for (double t = start; t <= end; t += step) {
        double share = Math.clamp(((t - start) / (end - start) - 0.5) / 0.08, 0, 1);
        double value = (LOW[s] + (HIGH[s] - LOW[s]) * share) * (1 + 0.03 * Math.sin(t / 97 + s));
        values.add(List.of(t, String.valueOf(value)));
      }
      result.add(map("metric", map("service", SERVICES.get(s)), "values", values));
    }
    result.add(
        map(
            "metric",
            map("service", FakeShop.HOSTILE),
            "values",
            List.of(List.of(start, "0.1"), List.of(start + step, "NaN"))));
    return result;
  }

  /** A series of each of three instances. */
  private static List<Object> instances(Map<String, List<String>> query, String expression) {
    double level = expression.contains("memory") ? 4e8 : expression.contains("thread") ? 48 : 0.11;
    double start = Double.parseDouble(query.get("start").getFirst());
    double end = Double.parseDouble(query.get("end").getFirst());
    double step = Double.parseDouble(query.get("step").getFirst());
    List<Object> result = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Object> values = new ArrayList<>();
      for (double t = start; t <= end; t += step) {
        double saw = (t / 600 + i * 0.3) % 1;
        values.add(List.of(t, String.valueOf(level * (0.6 + 0.4 * saw))));
      }
      result.add(map("metric", map("instance", "payments-7c9d-x" + i), "values", values));
    }
    return result;
  }

  private static List<Object> vector() {
    List<Object> result = new ArrayList<>();
    for (int s = 0; s < SERVICES.size(); s++) {
      result.add(
          map(
              "metric",
              map("service", SERVICES.get(s)),
              "value",
              List.of(1, String.valueOf(HIGH[s]))));
    }
    return result;
  }

  static Map<String, Object> alerts(long now) {
    return map(
        "firing",
        2,
        "pending",
        1,
        "groups",
        List.of(
            map(
                "name",
                "checkout",
                "file",
                "shop.rules.yml",
                "intervalMillis",
                30_000,
                "rules",
                List.of(
                    rule(
                        now,
                        "CheckoutErrorShare",
                        "firing",
                        "sum(rate(errors[5m])) / sum(rate(requests[5m])) > 0.02",
                        0.0461),
                    rule(
                        now,
                        "PaymentsP95Over1s",
                        "firing",
                        "histogram_quantile(0.95, sum by (le) (rate(latency_seconds_bucket[5m]))) > 1",
                        2.04),
                    rule(
                        now,
                        "ReservationPoolNearlyFull",
                        "pending",
                        "pool_used / pool_size > 0.9",
                        0.94),
                    rule(
                        now,
                        "OrderRateDropsToZero",
                        "inactive",
                        "sum(rate(orders_total[5m])) < 1",
                        0))),
            map(
                "name",
                "platform",
                "file",
                "jvm.rules.yml",
                "intervalMillis",
                60_000,
                "rules",
                List.of(
                    rule(
                        now,
                        "HeapAfterGcOver85Percent",
                        "inactive",
                        "jvm_memory_used_after_gc / jvm_memory_max > 0.85",
                        0),
                    broken(now),
                    map(
                        "name",
                        "job:requests:rate5m",
                        "type",
                        "recording",
                        "state",
                        "unknown",
                        "health",
                        "ok",
                        "lastError",
                        "",
                        "expression",
                        "sum by (job) (rate(requests_total[5m]))",
                        "forMillis",
                        0,
                        "labels",
                        map(),
                        "annotations",
                        map(),
                        "lastEvaluationMillis",
                        now - 9000,
                        "evaluationMillis",
                        1.2,
                        "alerts",
                        List.of(),
                        "notifications",
                        List.of())))));
  }

  private static Map<String, Object> broken(long now) {
    Map<String, Object> rule =
        rule(now, "DiskFillsIn24h", "inactive", "predict_linear(disk[6h], 86400) < 0", 0);
    rule.put("health", "err");
    rule.put("lastError", "1:16: unknown function predict_linear");
    return rule;
  }

  private static Map<String, Object> rule(
      long now, String name, String state, String expression, double value) {
    List<Object> active = new ArrayList<>();
    List<Object> sent = new ArrayList<>();
    if (!state.equals("inactive")) {
      for (String service : List.of("orders", "payments")) {
        active.add(
            map(
                "state",
                state,
                "activeAtMillis",
                now - 26 * 60_000,
                "value",
                value,
                "labels",
                map("alertname", name, "service", service, "severity", "critical"),
                "annotations",
                map(
                    "summary",
                    service + " requests fail",
                    "runbook",
                    "javascript:window.hacked=1",
                    "dashboard",
                    "https://runbooks.example/checkout")));
      }
    }
    if (state.equals("firing")) {
      sent.add(
          map(
              "timeMillis",
              now - 25 * 60_000,
              "receiver",
              "shop-oncall",
              "state",
              "firing",
              "outcome",
              "delivered",
              "detail",
              "HTTP 200 in 34 ms"));
      sent.add(
          map(
              "timeMillis",
              now - 26 * 60_000,
              "receiver",
              "shop-oncall",
              "state",
              "firing",
              "outcome",
              "retrying",
              "detail",
              "connection refused"));
    }
    return map(
        "name",
        name,
        "type",
        "alerting",
        "state",
        state,
        "health",
        "ok",
        "lastError",
        "",
        "expression",
        expression,
        "forMillis",
        180_000,
        "labels",
        map("severity", state.equals("pending") ? "warning" : "critical", "owner", "shop-oncall"),
        "annotations",
        map("summary", "Requests fail", "description", FakeShop.HOSTILE),
        "lastEvaluationMillis",
        now - 9000,
        "evaluationMillis",
        1.8,
        "alerts",
        active,
        "notifications",
        sent);
  }
}
