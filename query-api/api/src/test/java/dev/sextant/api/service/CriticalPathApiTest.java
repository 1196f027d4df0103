package dev.sextant.api.service;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.sextant.api.TestApi;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriticalPathApiTest {
  private static final long MINUTE = 60_000;
  private static final long MILLI = 1_000_000;
  private static final String ORDER = "POST /orders";

  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    for (int minute = 1; minute <= 50; minute++) {
      api.apply(order(minute, minute <= 5 ? 10_000 : 0));
    }
    api.apply(unnamed());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  /**
   * An order of so many minutes ago, 100 ms long: a query from 10 to 30, a call to stock from 30 to
   * 90 that stock serves in 40, of which its own query takes 25. The gateway's call takes 110.
   *
   * @param skewMillis by which stock's clock is ahead
   */
  private static TracesData order(int minute, long skewMillis) {
    long start = NOW_MILLIS - minute * MINUTE;
    Spans spans = new Spans(minute);
    spans.add("gateway", 1, 0, "GET", SpanKind.SPAN_KIND_CLIENT, start - 5, 110);
    spans.add("orders", 2, 1, ORDER, SpanKind.SPAN_KIND_SERVER, start, 100);
    spans.add("orders", 3, 2, "SELECT orders", SpanKind.SPAN_KIND_CLIENT, start + 10, 20);
    spans.add("orders", 4, 2, "GET", SpanKind.SPAN_KIND_CLIENT, start + 30, 60);
    spans.add("stock", 5, 4, "GET /stock", SpanKind.SPAN_KIND_SERVER, start + skewMillis + 40, 40);
    spans.add(
        "stock", 6, 5, "SELECT stock", SpanKind.SPAN_KIND_CLIENT, start + skewMillis + 45, 25);
    spans.add("stock", 7, 5, "GET", SpanKind.SPAN_KIND_CLIENT, start + skewMillis + 70, 5);
    spans.add("depot", 8, 7, "GET /far", SpanKind.SPAN_KIND_SERVER, start + skewMillis + 70, 4);
    return spans.build();
  }

  private static TracesData unnamed() {
    Spans spans = new Spans(100);
    spans.add("", 1, 0, "GET /", SpanKind.SPAN_KIND_SERVER, NOW_MILLIS - MINUTE, 7);
    spans.add("", 2, 1, "SELECT x", SpanKind.SPAN_KIND_CLIENT, NOW_MILLIS - MINUTE, 7);
    return spans.build();
  }

  /** Spans of one trace; times in milliseconds. */
  private static final class Spans {
    private final long trace;
    private final List<ResourceSpans> resources = new ArrayList<>();

    Spans(long trace) {
      this.trace = trace;
    }

    void add(
        String service, long id, long parent, String name, SpanKind kind, long start, long length) {
      Span.Builder span =
          Span.newBuilder()
              .setTraceId(
                  ByteString.copyFrom(ByteBuffer.allocate(16).putLong(1).putLong(trace).flip()))
              .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip()))
              .setName(name)
              .setKind(kind)
              .setStartTimeUnixNano(start * MILLI)
              .setEndTimeUnixNano((start + length) * MILLI);
      if (parent != 0) {
        span.setParentSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(parent).flip()));
      }
      if (kind == SpanKind.SPAN_KIND_CLIENT) {
        span.addAttributes(text("server.address", name.startsWith("GET") ? "stock.svc" : "db"));
      }
      if (name.startsWith("SELECT")) {
        span.addAttributes(text("db.system.name", "postgresql"));
      }
      Resource.Builder resource = Resource.newBuilder();
      if (!service.isEmpty()) {
        resource.addAttributes(text("service.name", service));
      }
      resources.add(
          ResourceSpans.newBuilder()
              .setResource(resource)
              .addScopeSpans(ScopeSpans.newBuilder().addSpans(span))
              .build());
    }

    TracesData build() {
      return TracesData.newBuilder().addAllResourceSpans(resources).build();
    }

    private static KeyValue text(String key, String value) {
      return KeyValue.newBuilder()
          .setKey(key)
          .setValue(AnyValue.newBuilder().setStringValue(value))
          .build();
    }
  }

  private static JsonNode get(String service, String operation, String more) {
    String path = "/sextant/v1/services/" + service + "/critical-path?operation=" + operation;
    var answer = api.get(path + more);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  /** Each part as kind, service, name, milliseconds a request. */
  private static List<String> parts(JsonNode found) {
    long requests = found.at("/requests").asLong();
    return StreamSupport.stream(found.at("/parts").spliterator(), false)
        .map(
            part ->
                "%s %s %s %d"
                    .formatted(
                        part.at("/kind").asText(),
                        part.at("/service").asText(),
                        part.at("/name").asText(),
                        part.at("/nanos").asLong() / MILLI / requests))
        .toList();
  }

  @Test
  void parts_areWhatTheRequestsWaitedFor_clocksSetRight() {
    JsonNode found = get("orders", "POST%20/orders", "");

    assertThat(found.at("/requests").asInt()).isEqualTo(50);
    assertThat(found.at("/traces").asInt()).isEqualTo(50);
    assertThat(found.at("/all").asBoolean()).isTrue();
    assertThat(parts(found))
        .containsExactly(
            "span stock SELECT stock 25",
            "own orders POST /orders 20",
            "span orders SELECT orders 20",
            "network stock GET stock.svc 20",
            "span stock GET /stock 10",
            "span depot GET /far 4",
            "network depot GET stock.svc 1");
    assertThat(found.at("/totalNanos").asLong()).isEqualTo(50 * 100 * MILLI);
    assertThat(found.at("/parts/0/requests").asInt()).isEqualTo(50);
    assertThat(found.at("/otherNanos").asLong()).isZero();
    assertThat(found.at("/complete").asBoolean()).isTrue();
  }

  @Test
  void network_isTheClientsTimeLessTheServers_beforeAndBehind() {
    JsonNode found = get("orders", "POST%20/orders", "");

    assertThat(found.at("/callers/calls").asInt()).isEqualTo(50);
    assertThat(found.at("/callers/totalNanos").asLong()).isEqualTo(50 * 10 * MILLI);
    assertThat(found.at("/callees")).hasSize(1);
    assertThat(found.at("/callees/0/service").asText()).isEqualTo("stock");
    assertThat(found.at("/callees/0/totalNanos").asLong()).isEqualTo(50 * 20 * MILLI);
    assertThat(found.at("/callees/0/longestNanos").asLong()).isEqualTo(20 * MILLI);
  }

  @Test
  void fewTraces_areOfTheWholeRange_andSaidToBeSome() {
    String range = "&from=%d&to=%d".formatted(NOW_MILLIS - 50 * MINUTE, NOW_MILLIS);
    JsonNode found = get("orders", "POST%20/orders", "&traces=10" + range);

    assertThat(found.at("/traces").asInt()).isEqualTo(10);
    assertThat(found.at("/all").asBoolean()).isFalse();
    // Not the newest ten only: of five skewed traces the first tenth has but one.
    assertThat(found.at("/totalNanos").asLong()).isEqualTo(10 * 100 * MILLI);
    String late = "&from=%d&to=%d".formatted(NOW_MILLIS - 500 * MINUTE, NOW_MILLIS);
    assertThat(get("orders", "POST%20/orders", "&traces=10" + late).at("/traces").asInt())
        .as("few tenths have any: the newest fill up")
        .isEqualTo(10);
  }

  @Test
  void limit_keepsTheLargestParts_andTellsTheRest() {
    JsonNode found = get("orders", "POST%20/orders", "&limit=2");

    assertThat(parts(found))
        .containsExactly("span stock SELECT stock 25", "own orders POST /orders 20");
    assertThat(found.at("/otherNanos").asLong()).isEqualTo(50 * 55 * MILLI);
  }

  @Test
  void servedElsewhere_hasItsOwnPath() {
    JsonNode found = get("stock", "GET%20/stock", "");

    assertThat(found.at("/totalNanos").asLong()).isEqualTo(50 * 40 * MILLI);
    assertThat(found.at("/callers/totalNanos").asLong()).isEqualTo(50 * 20 * MILLI);
    assertThat(get("stock", "GET%20/nothing", "").at("/requests").asInt()).isZero();
  }

  @Test
  void unnamedService_isTheOneCalledUnknown() {
    assertThat(parts(get("unknown_service", "GET%20/", "")))
        .containsExactly("span unknown_service SELECT x 7");
    String base = "/sextant/v1/services/unknown_service/";
    assertThat(api.get(base + "calls").json().at("/calls")).hasSize(1);
    assertThat(api.get(base + "calls?operation=GET%20/").json().at("/calls")).hasSize(1);
    assertThat(api.get(base + "versions").json().at("/spans").asInt()).isEqualTo(1);
    assertThat(api.get(base + "errors").json().at("/spans").asInt()).isZero();
  }

  @Test
  void operation_isAskedFor() {
    var answer = api.get("/sextant/v1/services/orders/critical-path");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText()).contains("operation");
  }
}
