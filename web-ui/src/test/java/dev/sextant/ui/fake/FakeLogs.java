package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lines of the shop, one every 53 ms of the range, at most 5,000. */
final class FakeLogs {
  static final int TOTAL = 5000;
  private static final List<String> BODIES =
      List.of(
          "POST /api/orders failed: 504 from orders after 2,838 ms",
          "Released reservation rs_55ae for order 84-20911",
          "Order 84-20911 failed: payment declined by timeout, reservation released",
          "Charge ch_8d21 gave up after 3 attempts, 2,518 ms",
          "northpay timed out after 614 ms, deadline of the request reached",
          "Retry 2 of 2 in 200 ms, order 84-20911",
          "northpay timed out after 800 ms",
          "Fraud score 0.08 for customer c_40917, 49 ms",
          "Reserved 3 items as rs_55ae in 117 ms",
          FakeShop.HOSTILE);
  private static final List<String> LEVELS =
      List.of("error", "info", "error", "error", "error", "warn", "error", "debug", "info", "info");
  private static final List<String> FROM =
      List.of(
          "gateway",
          "orders",
          "orders",
          "payments",
          "payments",
          "payments",
          "payments",
          "payments",
          "inventory",
          "cart");

  private FakeLogs() {}

  static Map<String, Object> search(long from, long to, Map<String, List<String>> query) {
    int page = Integer.parseInt(query.getOrDefault("page", List.of("0")).getFirst());
    int limit = Integer.parseInt(query.getOrDefault("limit", List.of("200")).getFirst());
    List<String> levels = query.getOrDefault("level", List.of());
    List<String> texts = query.getOrDefault("text", List.of());
    boolean trace = query.containsKey("traceId");
    List<Object> lines = new ArrayList<>();
    int total = trace ? 14 : TOTAL;
    int end = Math.min(total, (page + 1) * limit);
    for (int i = page * limit; i < end; i++) {
      Map<String, Object> line = line(i, from, to, trace);
      boolean wanted =
          (levels.isEmpty() || levels.contains(line.get("level")))
              && texts.stream().allMatch(t -> line.get("body").toString().contains(t));
      if (wanted) {
        lines.add(line);
      }
    }
    boolean narrowed = !levels.isEmpty() || !texts.isEmpty();
    return map(
        "lines",
        lines,
        "total",
        narrowed ? lines.size() : total,
        "totalExact",
        true,
        "nextPage",
        end < total ? String.valueOf(page + 1) : null,
        "cost",
        map("millis", 92, "blocks", 214, "bytes", 18_874_368));
  }

  private static Map<String, Object> line(int i, long from, long to, boolean trace) {
    int kind = trace ? i % 8 : (i * 7 + i / 13) % 10;
    String service = FROM.get(kind);
    long at = to - 1000 - i * Math.max(1, (to - from) / TOTAL);
    return map(
        "id",
        String.valueOf(900_000 - i),
        "timeNanos",
        at + "123456",
        "level",
        LEVELS.get(kind),
        "severityText",
        LEVELS.get(kind).toUpperCase(),
        "service",
        service,
        "hue",
        FakeShop.hue(service),
        "body",
        BODIES.get(kind),
        "traceId",
        kind < 8 ? FakeTraces.TRACE_ID : "",
        "spanId",
        kind == 6 ? String.format("%016x", 0xa81f20c46be97d55L + 18) : "",
        "attributes",
        List.of(
            map("key", "thread.name", "value", "charge-worker-" + i % 9),
                map("key", "logger", "value", "shop.pay.NorthpayClient"),
            map("key", "order.id", "value", "84-20911"), map("key", "attempt", "value", 1)),
        "resource",
        List.of(
            map("key", "service.name", "value", service),
            map("key", "service.version", "value", "2.14.0"),
            map("key", "k8s.pod.name", "value", service + "-7c9d-x2")));
  }

  static Map<String, Object> histogram(long from, long to, int buckets) {
    long step = Math.max(1, (to - from) / buckets);
    List<Object> found = new ArrayList<>();
    for (int i = 0; i < buckets; i++) {
      boolean bad = i > buckets / 2;
      found.add(
          map(
              "startMillis",
              from + i * step,
              "counts",
              List.of(
                  0,
                  240 + i % 5 * 6,
                  520 + i % 7 * 20,
                  bad ? 160 + i % 4 * 8 : 12,
                  bad ? 230 + i % 6 * 9 : 9)));
    }
    return map(
        "bucketMillis",
        step,
        "levels",
        List.of("trace", "debug", "info", "warn", "error"),
        "buckets",
        found);
  }

  static Map<String, Object> values(String field) {
    List<Object> values = new ArrayList<>();
    switch (field) {
      case "level" -> fill(values, "info", 37_300, "debug", 17_300, "error", 8700, "warn", 6600);
      case "service.name" ->
          fill(values, "payments", 30_800, "orders", 21_700, "gateway", 10_500, "inventory", 6900);
      case "service.version" ->
          fill(values, "2.14.0", 30_800, "5.8.1", 21_700, FakeShop.HOSTILE, 3);
      case "logger" ->
          fill(values, "shop.pay.NorthpayClient", 21_000, "shop.orders.OrderService", 17_000);
      case "thread.name" -> fill(values, "charge-worker-7", 3100, "charge-worker-8", 2900);
      default -> {}
    }
    return map("values", values);
  }

  private static void fill(List<Object> values, Object... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      values.add(map("value", pairs[i], "lines", pairs[i + 1]));
    }
  }
}
