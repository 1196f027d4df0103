package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What completion and heatmap of the search for traces ask. */
final class FakeTempo {
  private static final int COLUMNS = 60;

  private FakeTempo() {}

  static Object answer(String path) {
    return switch (path) {
      case "tags" ->
          map(
              "scopes",
              List.of(
                  map(
                      "name",
                      "span",
                      "tags",
                      List.of(
                          "db.system.name",
                          "http.request.method",
                          "http.response.status_code",
                          "http.route",
                          "odd key",
                          FakeShop.HOSTILE)),
                  map("name", "resource", "tags", List.of("service.name", "service.version")),
                  map("name", "intrinsic", "tags", List.of("name", "status"))));
      case "tag/status/values" -> values("keyword", List.of("ok", "error", "unset"));
      case "tag/resource.service.name/values" ->
          values("string", FakeShop.SERVICES.stream().map(FakeShop.Service::name).toList());
      case "tag/span.http.response.status_code/values" ->
          values("int", List.of("200", "201", "504"));
      default -> values("string", List.of());
    };
  }

  private static Object values(String type, List<String> values) {
    return map("tagValues", values.stream().map(v -> map("type", type, "value", v)).toList());
  }

  /** Series by service, or the message of an error. */
  static Object series(Map<String, List<String>> query, boolean hostile) {
    String q = query.get("q").getFirst();
    if (q.contains("by()")) {
      return "compiling query: parse error at line 1, col "
          + (q.indexOf("by()") + 4)
          + ": syntax error: unexpected )";
    }
    if (q.contains("none")) {
      return map("series", List.of(), "metrics", map());
    }
    long start = Long.parseLong(query.get("start").getFirst());
    long end = Long.parseLong(query.get("end").getFirst());
    long step = Long.parseLong(query.get("step").getFirst());
    List<String> names = hostile ? Payloads.all().subList(0, 40) : List.of("gateway", "orders");
    List<Object> series = new ArrayList<>();
    for (String name : names) {
      List<Object> samples = new ArrayList<>();
      for (long at = start; at <= end; at += step) {
        double value = 4 + 2 * Math.sin(at / 600.0) + series.size();
        samples.add(map("timestampMs", String.valueOf(at * 1000), "value", value));
      }
      Object label = map("key", "resource.service.name", "value", map("stringValue", name));
      Object trace = map("key", "trace:id", "value", map("stringValue", FakeTraces.TRACE_ID));
      Object exemplar =
          map(
              "labels",
              List.of(trace, label),
              "value",
              2.5,
              "timestampMs",
              String.valueOf((end - 600) * 1000 + series.size()));
      series.add(map("labels", List.of(label), "samples", samples, "exemplars", List.of(exemplar)));
    }
    return map("series", series, "metrics", map());
  }

  static Object compare() {
    return map(
        "selected",
        884,
        "others",
        11_544,
        "fields",
        List.of(
            field("span.server.address", "api.northpay.example", true, 34, 34, 36, 444),
            field("resource.service.version", "2.14.0", true, 326, 340, 488, 4_440),
            field("span.error.type", "HttpTimeoutException", true, 32, 34, 4, 444),
            field("span.http.response.status_code", "504", false, 31, 34, 4, 444),
            field("name", FakeShop.HOSTILE, true, 31, 884, 4, 11_544)),
        "incomplete",
        null,
        "cost",
        map("millis", 40, "blocks", 4, "bytes", 40_960));
  }

  private static Object field(
      String field,
      String value,
      boolean isText,
      int selected,
      int selectedOf,
      int others,
      int othersOf) {
    return map(
        "field",
        field,
        "value",
        value,
        "isText",
        isText,
        "selected",
        selected,
        "selectedOf",
        selectedOf,
        "others",
        others,
        "othersOf",
        othersOf);
  }

  static Object durations(long from, long to) {
    long step = Math.max(1, (to - from) / COLUMNS);
    List<Object> ends = new ArrayList<>();
    for (int i = 1; i <= COLUMNS; i++) {
      ends.add(from + i * step);
    }
    List<Object> rows = new ArrayList<>();
    for (int power = 22; power < 33; power++) {
      List<Object> counts = new ArrayList<>();
      for (int i = 0; i < COLUMNS; i++) {
        boolean slow = power > 29;
        double middle = slow ? 31 : 26;
        double height = slow ? (i > 30 ? 40 : 0) : 900 + 300 * Math.sin(i / 6.0);
        counts.add((long) (height * Math.exp(-Math.pow(power - middle, 2) / 3)));
      }
      rows.add(map("topNanos", 1L << power, "counts", counts));
    }
    return map(
        "stepMillis",
        step,
        "endsMillis",
        ends,
        "rows",
        rows,
        "incomplete",
        null,
        "cost",
        map("millis", 12, "blocks", 4, "bytes", 40_960));
  }
}
