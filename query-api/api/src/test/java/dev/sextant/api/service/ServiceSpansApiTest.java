package dev.sextant.api.service;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.sextant.api.TestApi;
import dev.sextant.traceql.QueryLimits;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSpansApiTest {
  private static final long MINUTE = 60_000;
  private static final long MILLI = 1_000_000;
  private static final String PATH = "/sextant/v1/services/orders/";

  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    for (int minute = 1; minute <= 50; minute++) {
      api.apply(request(minute, minute > 20 ? "1.0" : "1.1"));
    }
  }

  @AfterAll
  static void close() {
    api.close();
  }

  /**
   * A request of so many minutes ago: GET of even minutes, POST of odd ones; both ask a database
   * and a cache, POST tells a queue, and every tenth one fails.
   */
  private static TracesData request(int minute, String version) {
    boolean post = minute % 2 == 1;
    long start = (NOW_MILLIS - minute * MINUTE) * MILLI;
    Span.Builder server =
        span(minute, 1, 0, post ? "POST /orders" : "GET /orders", SpanKind.SPAN_KIND_SERVER, start);
    Span.Builder inner = span(minute, 2, 1, "load", SpanKind.SPAN_KIND_INTERNAL, start);
    Span.Builder query =
        span(minute, 3, 2, "SELECT orders", SpanKind.SPAN_KIND_CLIENT, start)
            .setEndTimeUnixNano(start + minute * MILLI)
            .addAttributes(text("db.system.name", "postgresql"))
            .addAttributes(
                text("db.query.text", "SELECT * FROM orders WHERE id = " + (4000 + minute)));
    Span.Builder cache =
        span(minute, 4, 2, "get", SpanKind.SPAN_KIND_CLIENT, start)
            .addAttributes(text("db.system", "redis"))
            .addAttributes(text("db.statement", "GET order:" + minute));
    ScopeSpans.Builder spans = ScopeSpans.newBuilder();
    if (minute % 10 == 0) {
      server.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
      server.addEvents(
          Span.Event.newBuilder()
              .setName("exception")
              .setTimeUnixNano(start)
              .addAttributes(text("exception.type", "shop.SoldOut"))
              .addAttributes(text("exception.message", "no stock for item " + minute))
              .addAttributes(
                  text(
                      "exception.stacktrace",
                      "shop.SoldOut: no stock\n\tat shop.Stock.take(Stock.java:12)\n\tat x.y()")));
      query.setStatus(
          Status.newBuilder()
              .setCode(Status.StatusCode.STATUS_CODE_ERROR)
              .setMessage("lock timeout"));
    }
    spans.addSpans(server).addSpans(inner).addSpans(query).addSpans(cache);
    if (post) {
      spans.addSpans(
          span(minute, 5, 1, "send", SpanKind.SPAN_KIND_PRODUCER, start)
              .addAttributes(text("messaging.system", "kafka"))
              .addAttributes(text("messaging.operation.type", "send"))
              .addAttributes(text("messaging.destination.name", "bills")));
    }
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(text("service.name", "orders"))
                        .addAttributes(text("service.version", version)))
                .addScopeSpans(spans))
        .build();
  }

  private static Span.Builder span(
      int trace, long id, long parent, String name, SpanKind kind, long start) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(
                ByteString.copyFrom(ByteBuffer.allocate(16).putLong(1).putLong(trace).flip()))
            .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip()))
            .setName(name)
            .setKind(kind)
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + 2 * MILLI);
    return parent == 0
        ? span
        : span.setParentSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(parent).flip()));
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static JsonNode get(String path) {
    var answer = api.get(PATH + path);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void calls_areGroupedByWhatWasCalledMostTimeFirst() {
    JsonNode calls = get("calls").at("/calls");

    assertThat(calls.findValuesAsText("kind")).containsExactly("database", "cache", "message");
    assertThat(calls.findValuesAsText("name"))
        .containsExactly("SELECT * FROM orders WHERE id = ?", "GET", "send bills");
    assertThat(calls.findValuesAsText("system")).containsExactly("postgresql", "redis", "kafka");
    assertThat(calls.at("/0/count").asInt()).isEqualTo(50);
    assertThat(calls.at("/0/errors").asInt()).isEqualTo(5);
    assertThat(calls.at("/0/totalNanos").asLong()).isEqualTo(50 * 51 / 2 * MILLI);
    assertThat(calls.at("/0/longestNanos").asLong()).isEqualTo(50 * MILLI);
    assertThat(calls.at("/0/p95Nanos").asDouble() / MILLI).isBetween(48 * 0.97, 48 * 1.03);
    assertThat(calls.at("/0/slowest/traceId").asText())
        .isEqualTo("00000000000000010000000000000032");
    assertThat(calls.at("/2/count").asInt()).isEqualTo(25);
    assertThat(get("calls").at("/other").isNull()).isTrue();
  }

  @Test
  void calls_tellWhatAllSpansOfAGroupShare() {
    JsonNode calls = get("calls").at("/calls");

    assertThat(calls.at("/0/shared").toString())
        .isEqualTo(
            "[{\"field\":\"name\",\"value\":\"SELECT orders\"},"
                + "{\"field\":\"span.db.system.name\",\"value\":\"postgresql\"}]");
    assertThat(calls.at("/2/shared").findValuesAsText("value"))
        .containsExactly("send", "kafka", "send", "bills");
  }

  @Test
  void calls_ofAnOperation_areThoseMadeWhileItWasServed() {
    JsonNode posts = get("calls?operation=POST%20%2Forders").at("/calls");
    JsonNode gets = get("calls?operation=GET%20%2Forders").at("/calls");

    assertThat(posts.at("/0/count").asInt()).isEqualTo(25);
    assertThat(posts.at("/0/totalNanos").asLong()).isEqualTo(25 * 25 * MILLI);
    assertThat(posts.findValuesAsText("kind")).containsExactly("database", "cache", "message");
    assertThat(gets.at("/0/totalNanos").asLong()).isEqualTo(25 * 26 * MILLI);
    assertThat(gets.findValuesAsText("kind")).containsExactly("database", "cache");
    assertThat(get("calls?operation=load").at("/calls")).isEmpty();
  }

  @Test
  void calls_beyondTheLimit_areToldTogether() {
    JsonNode found = get("calls?limit=1");

    assertThat(found.at("/calls")).hasSize(1);
    assertThat(found.at("/other/count").asInt()).isEqualTo(75);
    assertThat(found.at("/other/totalNanos").asLong()).isEqualTo(150 * MILLI);
  }

  @Test
  void calls_ofARange_areThoseThatStartInIt() {
    long from = NOW_MILLIS - 10 * MINUTE;
    long to = NOW_MILLIS - 5 * MINUTE;

    assertThat(get("calls?from=" + from + "&to=" + to).at("/calls/0/count").asInt()).isEqualTo(5);
  }

  @Test
  void errors_areGroupedByExceptionAndMessage() {
    JsonNode found = get("errors");

    assertThat(found.at("/spans").asInt()).isEqualTo(10);
    assertThat(found.at("/other").asInt()).isZero();
    assertThat(found.at("/errors").findValuesAsText("type")).containsExactly("", "shop.SoldOut");
    assertThat(found.at("/errors/0/message").asText()).isEqualTo("lock timeout");
    JsonNode soldOut = found.at("/errors/1");
    assertThat(soldOut.at("/message").asText()).isEqualTo("no stock for item ?");
    assertThat(soldOut.at("/frame").asText()).isEqualTo("shop.Stock.take(Stock.java:12)");
    assertThat(soldOut.at("/spans").asInt()).isEqualTo(5);
    assertThat(soldOut.at("/operation").asText()).isEqualTo("GET /orders");
    assertThat(soldOut.at("/firstNanos").asLong()).isEqualTo((NOW_MILLIS - 50 * MINUTE) * MILLI);
    assertThat(soldOut.at("/lastNanos").asLong()).isEqualTo((NOW_MILLIS - 10 * MINUTE) * MILLI);
    assertThat(soldOut.at("/newest/traceId").asText())
        .isEqualTo("0000000000000001000000000000000a");
    assertThat(get("errors?limit=1").at("/other").asInt()).isEqualTo(5);
  }

  @Test
  void versions_tellWhenTheyCame() {
    JsonNode found = get("versions");

    assertThat(found.at("/spans").asInt()).isEqualTo(50);
    assertThat(found.at("/versions").findValuesAsText("version")).containsExactly("1.0", "1.1");
    assertThat(found.at("/versions").findValuesAsText("isNew")).containsExactly("false", "true");
    assertThat(found.at("/versions/1/spans").asInt()).isEqualTo(20);
    assertThat(found.at("/versions/1/firstNanos").asLong())
        .isEqualTo((NOW_MILLIS - 20 * MINUTE) * MILLI);
  }

  @Test
  void unknownService_hasNothing() {
    JsonNode none = api.get("/sextant/v1/services/nobody/calls").json();

    assertThat(none.at("/calls")).isEmpty();
    assertThat(none.at("/other").isNull()).isTrue();
  }

  @Test
  void range_tooLong_namesItsSetting() {
    var answer = api.get(PATH + "calls?from=0");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText())
        .contains("traces.query.max-metrics-range");
  }

  @Test
  void tooManySpans_nameTheirSetting(@TempDir Path other) {
    TestApi.Options options = new TestApi.Options().traceql(QueryLimits.DEFAULT.withMaxSpans(2));
    try (TestApi small = new TestApi(other, options)) {
      small.apply(request(1, "1"));
      var answer = small.get(PATH + "calls");

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.json().at("/error/message").asText()).contains("traces.query.max-spans");
    }
  }
}
