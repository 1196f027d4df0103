package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers in which every text that a sender chooses is one of {@link Payloads}. */
final class FakeHostile {
  static final String TRACE_ID = "2b".repeat(16);
  private static final List<String> TEXTS = Payloads.all();

  private FakeHostile() {}

  private static String text(int i) {
    return TEXTS.get(i % TEXTS.size());
  }

  private static List<Object> attributes(int i) {
    return List.of(
        map("key", text(i), "value", text(i + 1)),
        map("key", "link", "value", text(i)),
        map("key", "list", "value", List.of(text(i), map(text(i + 2), text(i + 3)))),
        map("key", "exception.type", "value", text(i)),
        map("key", "exception.message", "value", text(i)),
        map("key", "exception.stacktrace", "value", text(i) + "\n\tat " + text(i + 1)),
        map("key", "http.response.status_code", "value", text(i)),
        map("key", "url.full", "value", text(i)));
  }

  static Object answer(String path, long from, long to) {
    if (path.equals("traces/" + TRACE_ID)) {
      return trace(to - 600_000);
    }
    if (path.startsWith("spans/values/") || path.startsWith("logs/values/")) {
      return map(
          "values",
          path.startsWith("spans")
              ? TEXTS
              : TEXTS.stream().map(t -> map("value", t, "lines", 3)).toList());
    }
    if (path.startsWith("services/")) {
      return service(path.substring(path.lastIndexOf('/') + 1), from, to);
    }
    return switch (path) {
      case "traces" -> traces(from, to);
      case "logs" -> logs(from, to);
      case "topology" -> FakeTopology.named(TEXTS);
      default -> null;
    };
  }

  /** A service and what its spans tell. */
  private static Object service(String what, long from, long to) {
    List<Object> all = new ArrayList<>();
    return switch (what) {
      case "calls" -> {
        TEXTS.forEach(text -> all.add(FakeService.call("database", text, text, 3, 1, 4)));
        yield FakeService.end("calls", all, "other", null);
      }
      case "critical-path" -> FakeService.path(TEXTS);
      case "errors" -> FakeService.errors(from, to, TEXTS);
      case "versions" -> {
        for (int i = 0; i < TEXTS.size(); i++) {
          all.add(FakeService.version(text(i), 3, from + i, to, i < 20));
        }
        yield FakeService.end("versions", all, "spans", 600);
      }
      default -> {
        Map<String, Object> detail = FakeShop.service(FakeShop.SERVICES.getFirst(), from, to);
        detail.put("name", text(0));
        detail.put("version", text(1));
        for (int i = 0; i < TEXTS.size(); i++) {
          all.add(map("name", text(i), "rate", i, "errorShare", 0, "p50", 1, "p95", 1, "p99", 1));
        }
        detail.put("operations", all);
        yield detail;
      }
    };
  }

  private static Object traces(long from, long to) {
    List<Object> traces = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      traces.add(
          map(
              "traceId",
              i == 0 ? TRACE_ID : "%032x".formatted(i),
              "rootService",
              text(i),
              "rootName",
              text(i + 1),
              "rootSeen",
              true,
              "startNanos",
              (from + (to - from) * i / TEXTS.size()) + "000000",
              "durationNanos",
              1_000_000L * (i + 1),
              "spans",
              3,
              "errors",
              i % 2,
              "databaseCalls",
              1,
              "databaseNanos",
              1_000L * i,
              "services",
              List.of(
                  map(
                      "service",
                      text(i),
                      "hue",
                      1 + i % 16,
                      "spans",
                      3,
                      "errors",
                      0,
                      "selfNanos",
                      1_000_000L * (i + 1)))));
    }
    return map("traces", traces, "total", TEXTS.size(), "totalExact", true, "nextPage", null);
  }

  private static Object logs(long from, long to) {
    List<Object> lines = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      lines.add(
          map(
              "id",
              "" + i,
              "timeNanos",
              (from + (to - from) * i / TEXTS.size()) + "000000",
              "level",
              "error",
              "severityText",
              text(i),
              "service",
              text(i),
              "hue",
              1,
              "body",
              text(i),
              "traceId",
              TRACE_ID,
              "spanId",
              "%016x".formatted(i + 1),
              "attributes",
              attributes(i),
              "resource",
              attributes(i + 1)));
    }
    return map("lines", lines, "total", TEXTS.size(), "totalExact", true, "nextPage", null);
  }

  private static Map<String, Object> trace(long startMillis) {
    List<Object> resources = new ArrayList<>();
    List<Object> scopes = new ArrayList<>();
    List<Object> spans = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      resources.add(
          map(
              "service",
              text(i),
              "hue",
              1 + i % 16,
              "schemaUrl",
              text(i),
              "attributes",
              attributes(i),
              "droppedAttributes",
              0));
      scopes.add(
          map(
              "name",
              text(i),
              "version",
              text(i),
              "schemaUrl",
              text(i),
              "attributes",
              attributes(i),
              "droppedAttributes",
              0));
      spans.add(span(i, startMillis));
    }
    return map("traceId", TRACE_ID, "resources", resources, "scopes", scopes, "spans", spans);
  }

  private static Object span(int i, long startMillis) {
    long start = (startMillis + i * 10L) * 1_000_000;
    Object event =
        map(
            "timeNanos",
            "" + start,
            "name",
            text(i),
            "attributes",
            attributes(i),
            "droppedAttributes",
            0);
    Object exception =
        map(
            "timeNanos",
            "" + start,
            "name",
            "exception",
            "attributes",
            attributes(i),
            "droppedAttributes",
            0);
    Object link =
        map(
            "traceId",
            "%032x".formatted(i + 1),
            "spanId",
            "%016x".formatted(i + 1),
            "traceState",
            text(i),
            "flags",
            1,
            "attributes",
            attributes(i),
            "droppedAttributes",
            0);
    return map(
        "spanId",
        "%016x".formatted(i + 1),
        "parentSpanId",
        i == 0 ? "" : "%016x".formatted(1),
        "resource",
        i,
        "scopeIndex",
        i,
        "scope",
        text(i),
        "name",
        text(i),
        "kind",
        "client",
        "startNanos",
        "" + start,
        "skewNanos",
        0,
        "durationNanos",
        i == 0 ? 3_000_000_000L : 8_000_000L,
        "status",
        "error",
        "statusMessage",
        text(i),
        "traceState",
        text(i),
        "flags",
        1,
        "attributes",
        attributes(i),
        "events",
        List.of(event, exception),
        "links",
        List.of(link),
        "dropped",
        map("attributes", 0, "events", 0, "links", 0));
  }

  /** Series of which every label's name and value is foreign. */
  static Object metrics(String path) {
    long now = System.currentTimeMillis() / 1000;
    List<Object> result = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      Map<String, Object> labels =
          map("__name__", text(i), "service", text(i), text(i), text(i + 1));
      result.add(
          path.equals("query_range")
              ? map("metric", labels, "values", List.of(List.of(now - 60, "1"), List.of(now, "2")))
              : map("metric", labels, "value", List.of(now, "1")));
    }
    Object data =
        switch (path) {
          case "query_range" -> map("resultType", "matrix", "result", result);
          case "query" -> map("resultType", "vector", "result", result);
          case "query_exemplars" -> exemplars(now);
          case "metadata", "features" -> map();
          default -> TEXTS;
        };
    return map("status", "success", "data", data);
  }

  /** One that names a trace, and one that names a text as such. */
  private static List<Object> exemplars(long now) {
    List<Object> series = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      Map<String, Object> named = map("trace_id", FakeTraces.TRACE_ID, "span_id", text(i));
      series.add(
          map(
              "seriesLabels",
              map("service", text(i), "span_name", text(i)),
              "exemplars",
              List.of(
                  map("labels", named, "value", "1." + i, "timestamp", now - 30 - i),
                  map("labels", map("trace_id", text(i)), "value", "1", "timestamp", now - 9))));
    }
    return series;
  }

  static Object tags(String path) {
    return path.equals("tags")
        ? map("scopes", List.of(map("name", "span", "tags", TEXTS)))
        : map(
            "tagValues", TEXTS.stream().map(text -> map("type", "string", "value", text)).toList());
  }
}
