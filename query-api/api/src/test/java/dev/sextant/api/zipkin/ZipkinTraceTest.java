package dev.sextant.api.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import dev.sextant.api.tempo.TempoLimits;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

class ZipkinTraceTest {
  private static final String SECOND = "463ac35c9f6413ad48485a3953bb6124";
  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api =
        new TestApi(dir, new TestApi.Options().tempo(TempoLimits.DEFAULT.withMaxTraceBytes(2500)));
    api.apply(AsReceived.of(Shop.first()));
    api.apply(AsReceived.of(Shop.second()));
    api.apply(otlp());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static byte[] get(String path) {
    var answer = api.raw("/zipkin/api/v2/" + path);
    assertThat(answer.status().code()).as(path + ": " + answer.contentUtf8()).isEqualTo(200);
    assertThat(answer.headers().get("content-type")).startsWith("application/json");
    return answer.content().array();
  }

  private static String refused(String path, int status) {
    var answer = api.raw("/zipkin/api/v2/" + path);
    assertThat(answer.status().code()).as(path).isEqualTo(status);
    assertThat(answer.headers().get("content-type")).startsWith("text/plain");
    return answer.contentUtf8();
  }

  @Test
  void aTrace_comesBackAsItWasSent_inZipkinsOwnBytes() {
    for (List<Span> sent : List.of(Shop.first(), Shop.second())) {
      byte[] body = get("trace/" + sent.getFirst().traceId());
      assertThat(SpanBytesDecoder.JSON_V2.decodeList(body)).isEqualTo(sent);
      assertThat(new String(body, StandardCharsets.UTF_8))
          .isEqualTo(new String(SpanBytesEncoder.JSON_V2.encodeList(sent), StandardCharsets.UTF_8));
    }
  }

  @Test
  void ids_mayBeShortOrPadded() {
    for (String id : List.of("1", "0000000000000001", "00000000000000000000000000000001")) {
      assertThat(SpanBytesDecoder.JSON_V2.decodeList(get("trace/" + id))).isEqualTo(Shop.first());
    }
  }

  @Test
  void anUnknownTrace_is404_andANonsenseId400() {
    assertThat(refused("trace/abc", 404)).isEqualTo("abc not found");
    assertThat(refused("trace/xyz", 400))
        .isEqualTo("'xyz' is no trace id; it must be 1 to 32 hexadecimal digits");
    assertThat(refused("trace/" + "1".repeat(33), 400)).contains("1 to 32 hexadecimal digits");
    assertThat(refused("nothing", 404)).isNotEmpty();
  }

  @Test
  void many_answersThoseThatThereAre() {
    byte[] body = get("traceMany?traceIds=" + SECOND + ",abc,1");
    assertThat(new String(body, StandardCharsets.UTF_8))
        .isEqualTo(
            "["
                + new String(SpanBytesEncoder.JSON_V2.encodeList(Shop.second()))
                + ","
                + new String(SpanBytesEncoder.JSON_V2.encodeList(Shop.first()))
                + "]");
    assertThat(refused("traceMany", 400)).isEqualTo("parameter 'traceIds' is missing");
    assertThat(refused("traceMany?traceIds=1,01", 400)).isEqualTo("redundant traceId: 01");
    assertThat(refused("traceMany?traceIds=1,,2", 400)).contains("'' is no trace id");
  }

  @Test
  void anAnswerThatIsTooLong_isRefusedWithTheWayOut() {
    assertThat(refused("trace/77", 422))
        .isEqualTo(
            "the answer is longer than 2500 bytes; ask for fewer traces or raise"
                + " traces.query.max-trace-bytes");
  }

  /** Trace 77 is long; trace 88 uses what Zipkin has no field for. */
  private static TracesData otlp() {
    TracesData.Builder data = TracesData.newBuilder();
    var resource = data.addResourceSpansBuilder();
    resource
        .getResourceBuilder()
        .addAttributes(AsReceived.text("service.name", "Checkout"))
        .addAttributes(AsReceived.text("host.name", "n1"));
    var scope = resource.addScopeSpansBuilder();
    scope.getScopeBuilder().setName("lib").setVersion("2");
    var longName =
        Span.newBuilder().traceId("77").id("1").name("n".repeat(3000)).timestamp(Shop.FIRST);
    data.addAllResourceSpans(AsReceived.of(List.of(longName.build())).getResourceSpansList());
    var span = scope.addSpansBuilder();
    span.mergeFrom(
        AsReceived.of(
                List.of(
                    Span.newBuilder()
                        .traceId("88")
                        .id("1")
                        .timestamp(Shop.FIRST - 5 * Shop.MINUTE)
                        .build()))
            .getResourceSpans(0)
            .getScopeSpans(0)
            .getSpans(0));
    span.setName("GET /Orders")
        .setKind(SpanKind.SPAN_KIND_INTERNAL)
        .setTraceState("a=b")
        .setEndTimeUnixNano(span.getStartTimeUnixNano() + 1)
        .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK))
        .addAttributes(AsReceived.number("retries", 3))
        .addAttributes(AsReceived.text("net.peer.ip", "no address"));
    span.addEventsBuilder()
        .setName("exception")
        .setTimeUnixNano(span.getStartTimeUnixNano())
        .addAttributes(AsReceived.text("exception.type", "Late"));
    return data.build();
  }

  @Test
  void whatZipkinHasNoFieldFor_isTagsAndAnnotations() {
    assertThat(new String(get("trace/88"), StandardCharsets.UTF_8))
        .isEqualTo(
            "[{\"traceId\":\"0000000000000088\",\"id\":\"0000000000000001\",\"name\":\"GET /Orders\","
                + "\"timestamp\":%d,\"duration\":1,".formatted(Shop.FIRST - 5 * Shop.MINUTE)
                + "\"localEndpoint\":{\"serviceName\":\"Checkout\"},"
                + "\"annotations\":[{\"timestamp\":%d,".formatted(Shop.FIRST - 5 * Shop.MINUTE)
                + "\"value\":\"\\\"exception\\\": {\\\"exception.type\\\":\\\"Late\\\"}\"}],"
                + "\"tags\":{\"host.name\":\"n1\",\"net.peer.ip\":\"no address\","
                + "\"otel.scope.name\":\"lib\",\"otel.scope.version\":\"2\","
                + "\"otel.status_code\":\"OK\",\"retries\":\"3\",\"span.kind\":\"internal\","
                + "\"w3c.tracestate\":\"a=b\"}}]");
  }

  @Test
  void otherApis_areGivenSpansThatAreToldApart() {
    JsonNode spans = api.get("/sextant/v1/traces/1").json().at("/spans");
    Map<String, String> parents = new HashMap<>();
    for (JsonNode span : spans) {
      parents.put(span.at("/spanId").asText(), span.at("/parentSpanId").asText());
    }
    assertThat(parents).hasSize(4);
    String server = parents.get("0000000000000003");
    assertThat(parents)
        .containsEntry("0000000000000002", "0000000000000001")
        .containsEntry(server, "0000000000000002");
    JsonNode tempo = api.get("/tempo/api/traces/1").json();
    assertThat(tempo.findValuesAsText("spanId")).doesNotHaveDuplicates().hasSize(4);
    assertThat(tempo.toString()).contains("zipkin.shared_id");
  }
}
