package dev.sextant.collector.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpanMappingTest {
  private static final String TIME = "\"timestamp\":1700000000000001,\"duration\":250";
  private static final ZipkinFixture zipkin = new ZipkinFixture();

  @BeforeEach
  void reset() {
    zipkin.sink.reset();
  }

  @AfterAll
  static void close() {
    zipkin.close();
  }

  /** Posts a span's fields beside ids and times. */
  private static Span post(String fields) throws Exception {
    return posted("{\"traceId\":\"a\",\"id\":\"b\"," + TIME + "," + fields + "}");
  }

  private static Span posted(String span) throws Exception {
    zipkin.sink.reset();
    var answer = zipkin.json("/v2/spans", "[" + span + "]");
    assertThat(answer.body()).isEmpty();
    assertThat(answer.statusCode()).isEqualTo(202);
    return zipkin.spans().getFirst();
  }

  private static Map<String, Object> map(List<KeyValue> attributes) {
    Map<String, Object> map = new TreeMap<>();
    for (KeyValue attribute : attributes) {
      assertThat(map.put(attribute.getKey(), value(attribute.getValue()))).isNull();
    }
    return map;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> value.getIntValue();
      case BOOL_VALUE -> value.getBoolValue();
      default -> throw new AssertionError(value);
    };
  }

  private static Map<String, Object> attributes(String fields) throws Exception {
    return map(post(fields).getAttributesList());
  }

  private static ResourceSpans resource() throws Exception {
    return zipkin.written().getFirst().getResourceSpans(0);
  }

  private static String hex(com.google.protobuf.ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Test
  void idsArePadded_andTimesAreNanoseconds() throws Exception {
    Span span = post("\"parentId\":\"c\",\"name\":\"get\"");
    assertThat(hex(span.getTraceId())).isEqualTo("0000000000000000000000000000000a");
    assertThat(hex(span.getSpanId())).isEqualTo("000000000000000b");
    assertThat(hex(span.getParentSpanId())).isEqualTo("000000000000000c");
    assertThat(span.getName()).isEqualTo("get");
    assertThat(span.getStartTimeUnixNano()).isEqualTo(1_700_000_000_000_001_000L);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(1_700_000_000_000_251_000L);
  }

  @Test
  void longTraceIds_keepAllTheirDigits() throws Exception {
    Span span =
        posted("{\"traceId\":\"FEDCBA9876543210fedcba9876543211\",\"id\":\"b\"," + TIME + "}");
    assertThat(hex(span.getTraceId())).isEqualTo("fedcba9876543210fedcba9876543211");
  }

  @Test
  void aParentThatIsTheSpanItself_isNone() throws Exception {
    assertThat(post("\"parentId\":\"b\"").getParentSpanId().isEmpty()).isTrue();
  }

  @Test
  void kinds_areOtlps_andOpenTracingsTagIsUnderstood() throws Exception {
    assertThat(post("\"kind\":\"PRODUCER\"").getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_PRODUCER);
    assertThat(post("\"name\":\"x\"").getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_UNSPECIFIED);
    Span tagged = post("\"tags\":{\"span.kind\":\"server\"}");
    assertThat(tagged.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(tagged.getAttributesCount()).isZero();
    Span both = post("\"kind\":\"CLIENT\",\"tags\":{\"span.kind\":\"server\"}");
    assertThat(both.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(map(both.getAttributesList())).containsEntry("span.kind", "server");
  }

  @Test
  void endpoints_areServiceAndPeer() throws Exception {
    Map<String, Object> attributes =
        attributes(
            "\"localEndpoint\":{\"serviceName\":\"cart\",\"ipv4\":\"10.0.0.1\",\"port\":8080},"
                + "\"remoteEndpoint\":{\"serviceName\":\"stock\",\"ipv6\":\"2001:db8::1\",\"port\":9}");
    assertThat(attributes)
        .isEqualTo(
            Map.of(
                "network.local.address", "10.0.0.1",
                "network.local.port", 8080L,
                "peer.service", "stock",
                "network.peer.address", "2001:db8::1",
                "network.peer.port", 9L));
    assertThat(map(resource().getResource().getAttributesList()))
        .isEqualTo(Map.of("service.name", "cart"));
  }

  @Test
  void badAddressesAndPorts_areLeftOut() throws Exception {
    assertThat(
            attributes(
                "\"localEndpoint\":{\"ipv4\":\"127.0.0.one\",\"ipv6\":\"x\",\"port\":70000}"))
        .isEmpty();
  }

  @Test
  void tags_areText_butForStatusCodes() throws Exception {
    assertThat(
            attributes(
                "\"tags\":{\"http.status_code\":\"200\",\"http.response.status_code\":\"404\","
                    + "\"retries\":\"3\",\"http.path\":\"/a\",\"number\":7}"))
        .isEqualTo(
            Map.of(
                "http.status_code", 200L,
                "http.response.status_code", 404L,
                "retries", "3",
                "http.path", "/a",
                "number", "7"));
    assertThat(attributes("\"tags\":{\"http.status_code\":\"2xx\"}"))
        .isEqualTo(Map.of("http.status_code", "2xx"));
  }

  @Test
  void tagsOfTheProcess_areTheResources() throws Exception {
    post(
        "\"localEndpoint\":{\"serviceName\":\"cart\"},\"tags\":{\"host.name\":\"n1\","
            + "\"service.name\":\"other\",\"service.version\":\"2\"}");
    assertThat(map(resource().getResource().getAttributesList()))
        .isEqualTo(Map.of("service.name", "cart", "host.name", "n1", "service.version", "2"));
    assertThat(map(zipkin.spans().getFirst().getAttributesList()))
        .isEqualTo(Map.of("service.name", "other"));
  }

  @Test
  void scopeAndTraceState_haveFieldsOfTheirOwn() throws Exception {
    Span span =
        post(
            "\"tags\":{\"otel.scope.name\":\"brave\",\"otel.scope.version\":\"6\","
                + "\"w3c.tracestate\":\"a=b\"}");
    var scope = resource().getScopeSpans(0).getScope();
    assertThat(scope.getName() + " " + scope.getVersion()).isEqualTo("brave 6");
    assertThat(span.getTraceState()).isEqualTo("a=b");
    assertThat(span.getAttributesCount()).isZero();
  }

  @Test
  void errors_areTheStatus() throws Exception {
    Span failed = post("\"tags\":{\"error\":\"no route\"}");
    assertThat(failed.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(failed.getStatus().getMessage()).isEqualTo("no route");
    assertThat(failed.getAttributesCount()).isZero();
    for (String bare : List.of("true", "")) {
      Status status = post("\"tags\":{\"error\":\"" + bare + "\"}").getStatus();
      assertThat(status.getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      assertThat(status.getMessage()).isEmpty();
    }
    assertThat(attributes("\"tags\":{\"error\":\"\"}")).isEqualTo(Map.of("error", ""));
    Span fine = post("\"tags\":{\"error\":\"false\"}");
    assertThat(fine.hasStatus()).isFalse();
    assertThat(map(fine.getAttributesList())).containsEntry("error", "false");
  }

  @Test
  void opentelemetrysStatus_isRead() throws Exception {
    assertThat(post("\"tags\":{\"otel.status_code\":\"OK\"}").getStatus().getCode())
        .isEqualTo(Status.StatusCode.STATUS_CODE_OK);
    Span failed =
        post("\"tags\":{\"otel.status_code\":\"ERROR\",\"otel.status_description\":\"late\"}");
    assertThat(failed.getStatus().getMessage()).isEqualTo("late");
    assertThat(failed.getAttributesCount()).isZero();
    Span both =
        post(
            "\"tags\":{\"otel.status_code\":\"ERROR\",\"otel.status_description\":\"late\","
                + "\"error\":\"true\"}");
    assertThat(both.getStatus().getMessage()).isEqualTo("late");
    assertThat(both.getAttributesCount()).isZero();
    assertThat(attributes("\"tags\":{\"otel.status_code\":\"odd\"}"))
        .containsEntry("otel.status_code", "odd");
  }

  @Test
  void annotations_areEvents() throws Exception {
    Span span = post("\"annotations\":[{\"timestamp\":1700000000000100,\"value\":\"wire send\"}]");
    assertThat(span.getEvents(0).getName()).isEqualTo("wire send");
    assertThat(span.getEvents(0).getTimeUnixNano()).isEqualTo(1_700_000_000_000_100_000L);
  }

  @Test
  void flags_areAttributes() throws Exception {
    assertThat(attributes("\"debug\":true,\"shared\":true"))
        .isEqualTo(Map.of("zipkin.debug", true, "zipkin.shared", true));
    assertThat(attributes("\"debug\":false,\"shared\":false")).isEmpty();
  }

  @Test
  void aSpanWithoutTimes_beginsAtItsFirstAnnotation_orNow() throws Exception {
    Span annotated =
        posted(
            "{\"traceId\":\"a\",\"id\":\"b\",\"annotations\":["
                + "{\"timestamp\":1700000000000100,\"value\":\"b\"},"
                + "{\"timestamp\":1700000000000090,\"value\":\"a\"}]}");
    assertThat(annotated.getStartTimeUnixNano()).isEqualTo(1_700_000_000_000_090_000L);
    assertThat(annotated.getEndTimeUnixNano()).isEqualTo(annotated.getStartTimeUnixNano());
    Span bare = posted("{\"traceId\":\"a\",\"id\":\"b\",\"timestamp\":0}");
    assertThat(bare.getStartTimeUnixNano()).isEqualTo(ZipkinFixture.NOW_MICROS * 1000);
    assertThat(map(bare.getAttributesList())).isEqualTo(Map.of("zipkin.timestamp_missing", true));
  }

  @Test
  void gatewaysTags_tellThePeer() throws Exception {
    assertThat(
            attributes(
                "\"kind\":\"CLIENT\",\"tags\":{\"upstream_cluster\":"
                    + "\"outbound|9080||reviews.shop.svc.cluster.local\","
                    + "\"peer.address\":\"10.1.1.1:80\"}"))
        .containsEntry("peer.service", "reviews.shop.svc.cluster.local")
        .containsEntry("network.peer.address", "10.1.1.1")
        .containsEntry("network.peer.port", 80L);
    assertThat(attributes("\"kind\":\"SERVER\",\"tags\":{\"upstream_cluster\":\"google\"}"))
        .doesNotContainKey("peer.service");
    assertThat(attributes("\"kind\":\"CLIENT\",\"tags\":{\"upstream_cluster\":\"-\"}"))
        .doesNotContainKey("peer.service");
    assertThat(attributes("\"tags\":{\"peer.ipv4\":\"10.1.1.2\",\"peer.port\":\"81\"}"))
        .containsEntry("network.peer.address", "10.1.1.2")
        .containsEntry("network.peer.port", 81L);
  }

  @Test
  void bothEndsOfAVersion1Span_areTwoSpansUnderOneId() throws Exception {
    String span =
        """
        [{"traceId":"a","id":"b","parentId":"c","name":"get","timestamp":1700000000000000,
        "duration":1000,"annotations":[
        {"timestamp":1700000000000000,"value":"cs","endpoint":{"serviceName":"front"}},
        {"timestamp":1700000000000300,"value":"sr","endpoint":{"serviceName":"back"}},
        {"timestamp":1700000000000700,"value":"ss","endpoint":{"serviceName":"back"}},
        {"timestamp":1700000000001000,"value":"cr","endpoint":{"serviceName":"front"}}],
        "binaryAnnotations":[
        {"key":"http.path","value":"/x","endpoint":{"serviceName":"front"}},
        {"key":"sa","value":true,"endpoint":{"serviceName":"back","ipv4":"10.0.0.2"}}]}]
        """;
    assertThat(zipkin.json("/v1/spans", span).statusCode()).isEqualTo(202);
    Span client = zipkin.spans().get(0);
    Span server = zipkin.spans().get(1);
    assertThat(client.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(client.getEndTimeUnixNano() - client.getStartTimeUnixNano()).isEqualTo(1_000_000);
    assertThat(map(client.getAttributesList()))
        .isEqualTo(
            Map.of(
                "http.path", "/x",
                "peer.service", "back",
                "network.peer.address", "10.0.0.2"));
    assertThat(server.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(server.getSpanId()).isEqualTo(client.getSpanId());
    assertThat(server.getStartTimeUnixNano() - client.getStartTimeUnixNano()).isEqualTo(300_000);
    assertThat(server.getEndTimeUnixNano() - server.getStartTimeUnixNano()).isEqualTo(400_000);
    assertThat(map(server.getAttributesList())).isEqualTo(Map.of("zipkin.shared", true));
    assertThat(zipkin.written().getFirst().getResourceSpansList())
        .extracting(resource -> map(resource.getResource().getAttributesList()).get("service.name"))
        .containsExactly("front", "back");
  }
}
