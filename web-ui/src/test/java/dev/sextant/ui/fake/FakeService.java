package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a service's spans tell, in the shapes of openapi.yaml. */
public final class FakeService {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MILLI = 1_000_000;
  private static final Map<String, Object> EXAMPLE =
      map("traceId", FakeTraces.TRACE_ID, "spanId", "a81f20c46be97d67");

  private FakeService() {}

  /** The answer for what stands behind a service's name; null where there is none. */
  static Object answer(String what, long from, long to, boolean ofOperation) {
    return switch (what) {
      case "calls" -> calls(ofOperation);
      case "errors" -> errors(from, to, List.of("no stock for item ?", FakeShop.HOSTILE));
      case "critical-path" -> path(List.of(FakeShop.HOSTILE));
      case "versions" -> versions(from, to);
      default -> null;
    };
  }

  private static Object calls(boolean ofOperation) {
    List<Object> calls = new ArrayList<>();
    calls.add(
        call(
            "database",
            "postgresql",
            "SELECT o.id, o.status, l.sku, l.amount FROM orders o JOIN lines l ON l.order_id = o.id WHERE o.customer = ? AND o.status IN (?) ORDER BY o.created DESC LIMIT ?",
            48_213,
            12,
            214));
    calls.add(call("http", "http", "POST api.northpay.example", 9_204, 911, 1_980));
    calls.add(call("rpc", "grpc", "shop.Inventory/Reserve", 12_400, 0, 18));
    if (!ofOperation) {
      calls.add(call("cache", "redis", "GET", 90_114, 0, 0.6));
      calls.add(call("message", "kafka", "publish order-events", 4_510, 0, 3));
      calls.add(call("database", "postgresql", FakeShop.HOSTILE, 3, 1, 4));
    }
    return end("calls", calls, "other", ofOperation ? null : figures(812, 0, 5));
  }

  static Map<String, Object> call(
      String kind, String system, String name, long count, long errors, double millis) {
    Map<String, Object> call = figures(count, errors, millis);
    call.put("kind", kind);
    call.put("system", system);
    call.put("name", name);
    call.put("shared", List.of(map("field", "span.db.system.name", "value", system)));
    call.put("slowest", EXAMPLE);
    return call;
  }

  private static Map<String, Object> figures(long count, long errors, double millis) {
    return map(
        "count",
        count,
        "errors",
        errors,
        "totalNanos",
        (long) (count * millis * MILLI / 3),
        "p95Nanos",
        (long) (millis * MILLI),
        "longestNanos",
        (long) (millis * MILLI * 4));
  }

  static Object errors(long from, long to, List<String> messages) {
    List<Object> errors = new ArrayList<>();
    errors.add(
        error(
            "java.net.http.HttpTimeoutException",
            "request timed out",
            "jdk.internal.net.http.HttpClientImpl.send(HttpClientImpl.java:950)",
            911,
            (from + to) / 2,
            to));
    for (String message : messages) {
      errors.add(error("shop." + message, message, message, 12, from, to));
    }
    errors.add(error("", "", "", 2, from, to));
    return end("errors", errors, "spans", 937, "other", 4);
  }

  private static Object error(
      String type, String message, String frame, long spans, long first, long last) {
    return map(
        "type",
        type,
        "message",
        message,
        "frame",
        frame,
        "spans",
        spans,
        "firstNanos",
        first + "000000",
        "lastNanos",
        last - 1_000 + "000000",
        "operation",
        "POST /charges",
        "newest",
        EXAMPLE);
  }

  /** What 480 requests waited for, some of it spans and calls of these names. */
  static Object path(List<String> names) {
    List<Object> parts = new ArrayList<>();
    List<Object> callees = new ArrayList<>();
    parts.add(part("span", "payments", 4, "POST api.northpay.example", 520, 480));
    parts.add(part("own", "payments", 4, "POST /payments", 180, 480));
    parts.add(part("network", "fraud-check", 7, "POST fraud-check", 95, 480));
    parts.add(part("span", "fraud-check", 7, "score", 60, 431));
    callees.add(network("fraud-check", 7, 480, 95));
    for (String name : names) {
      parts.add(part("span", name, 2, name, 30, 12));
      callees.add(network(name, 2, 12, 3));
    }
    Map<String, Object> answer = map("requests", 480, "traces", 100, "all", false, "skipped", 1);
    answer.put("totalNanos", 480L * 900 * MILLI);
    answer.put("parts", parts);
    answer.put("otherNanos", 480L * 15 * MILLI);
    answer.put("callers", network("payments", 4, 480, 12));
    answer.put("callees", callees);
    answer.put("complete", true);
    answer.put("spansRead", 14_880);
    answer.put("cost", map("millis", 184, "blocks", 42, "bytes", 2_202_009));
    return answer;
  }

  private static Object part(
      String kind, String service, int hue, String name, long millis, long requests) {
    return map(
        "kind",
        kind,
        "service",
        service,
        "hue",
        hue,
        "name",
        name,
        "span",
        name,
        "nanos",
        480 * millis * MILLI,
        "requests",
        requests);
  }

  private static Object network(String service, int hue, long calls, long millis) {
    return map(
        "service",
        service,
        "hue",
        hue,
        "calls",
        calls,
        "totalNanos",
        calls * millis * MILLI,
        "p95Nanos",
        3 * millis * MILLI,
        "longestNanos",
        9 * millis * MILLI);
  }

  /** The answer for a service, with lines of three minutes, and of one value for the errors. */
  public static String young(String answer) {
    try {
      ObjectNode service = (ObjectNode) JSON.readTree(answer);
      long from = service.at("/rateSeries/startMillis").asLong();
      for (String series : List.of("rateSeries", "errorSeries", "p95Series")) {
        ArrayNode values =
            service
                .putObject(series)
                .put("startMillis", from)
                .put("stepMillis", 15_000)
                .putArray("values");
        for (int i = 0; i < 240; i++) {
          if (i == 232 || i > 228 && !series.equals("errorSeries")) {
            values.add(0.01 + 0.002 * (i % 3));
          } else {
            values.addNull();
          }
        }
      }
      return JSON.writeValueAsString(service);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(answer, e);
    }
  }

  /** The answer for a service, its name and those of its operations and instances very long. */
  public static String longNamed(String answer) {
    String name = "a-service-with-a-name-that-goes-on-and-on-".repeat(6);
    return answer
        .replace("\"name\":\"payments\"", "\"name\":\"" + name + "\"")
        .replace("POST /payments", "POST /" + "a/path/of/many/segments/".repeat(12))
        .replace("payments-7c9d-x0", "pod-" + name)
        .replace("\"2.14.0\"", "\"2.14.0-SNAPSHOT+build.20261130.4711.abcdefabcdefabcdef\"");
  }

  private static Object versions(long from, long to) {
    long came = from + (to - from) * 2 / 5;
    return end(
        "versions",
        List.of(
            version("2.13.4", 190_000, from, came + 120_000, false),
            version("2.14.0", 142_000, came, to, true)),
        "spans",
        332_000);
  }

  static Object version(String version, long spans, long first, long last, boolean isNew) {
    return map(
        "version",
        version,
        "spans",
        spans,
        "firstNanos",
        first + "000000",
        "lastNanos",
        last + "000000",
        "isNew",
        isNew);
  }

  static Object end(Object... pairs) {
    Map<String, Object> answer = map(pairs);
    answer.put("complete", true);
    answer.put("spansRead", 1_204_880);
    answer.put("cost", map("millis", 84, "blocks", 12, "bytes", 9_202_009));
    return answer;
  }
}
