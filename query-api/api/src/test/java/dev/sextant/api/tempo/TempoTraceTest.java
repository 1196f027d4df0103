package dev.sextant.api.tempo;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.sextant.api.TestApi;
import dev.sextant.trace.EmbeddedTraceStore;
import dev.sextant.trace.TraceStoreSettings;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code traces} and {@code v2/traces}, {@code echo} and {@code status/buildinfo}. */
class TempoTraceTest {
  private static final String ID = "00000000ccbbaa99887766554433221f";
  private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";
  private static final long START = NOW_MILLIS * 1_000_000 + 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path dir;
  @TempDir Path other;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    api.apply(TracesData.newBuilder().addResourceSpans(full()).build());
    api.apply(TracesData.newBuilder().addResourceSpans(plain()).build());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  /** A span with every field there is. */
  private static ResourceSpans full() {
    Span span =
        Span.newBuilder()
            .setTraceId(ByteString.fromHex(ID))
            .setSpanId(ByteString.fromHex("fedcba9876543210"))
            .setParentSpanId(ByteString.fromHex("00000000000000ff"))
            .setTraceState("vendor=1")
            .setName("work \"quoted\"")
            .setKind(Span.SpanKind.SPAN_KIND_CONSUMER)
            .setStartTimeUnixNano(START)
            .setEndTimeUnixNano(START + 1_234_567)
            .setStatus(
                Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage("broken"))
            .addAttributes(text("text", "ä\n"))
            .addAttributes(text("empty", ""))
            .addAttributes(attribute("none", AnyValue.newBuilder()))
            .addAttributes(attribute("flag", AnyValue.newBuilder().setBoolValue(false)))
            .addAttributes(attribute("zero", AnyValue.newBuilder().setIntValue(0)))
            .addAttributes(attribute("big", AnyValue.newBuilder().setIntValue(-(1L << 60))))
            .addAttributes(attribute("half", AnyValue.newBuilder().setDoubleValue(0.5)))
            .addAttributes(attribute("nan", AnyValue.newBuilder().setDoubleValue(Double.NaN)))
            .addAttributes(
                attribute("bytes", AnyValue.newBuilder().setBytesValue(ByteString.fromHex("00ff"))))
            .addAttributes(
                attribute(
                    "list",
                    AnyValue.newBuilder()
                        .setArrayValue(
                            ArrayValue.newBuilder()
                                .addValues(AnyValue.newBuilder().setIntValue(1))
                                .addValues(AnyValue.newBuilder().setStringValue("b")))))
            .addAttributes(
                attribute(
                    "map",
                    AnyValue.newBuilder()
                        .setKvlistValue(KeyValueList.newBuilder().addValues(text("k", "v")))))
            .setDroppedAttributesCount(3)
            .addEvents(
                Span.Event.newBuilder()
                    .setTimeUnixNano(START + 5)
                    .setName("exception")
                    .addAttributes(text("exception.type", "E"))
                    .setDroppedAttributesCount(4))
            .setDroppedEventsCount(5)
            .addLinks(
                Span.Link.newBuilder()
                    .setTraceId(ByteString.fromHex(UNKNOWN))
                    .setSpanId(ByteString.fromHex("0000000000000007"))
                    .setTraceState("l=1")
                    .addAttributes(text("why", "retry"))
                    .setDroppedAttributesCount(6)
                    .setFlags(0x101))
            .setDroppedLinksCount(7)
            .setFlags(0x300)
            .build();
    return ResourceSpans.newBuilder()
        .setResource(
            Resource.newBuilder()
                .addAttributes(text("service.name", "orders"))
                .setDroppedAttributesCount(1))
        .setSchemaUrl("https://opentelemetry.io/schemas/1.30.0")
        .addScopeSpans(
            ScopeSpans.newBuilder()
                .setScope(
                    InstrumentationScope.newBuilder()
                        .setName("lib")
                        .setVersion("1.0")
                        .addAttributes(text("lib.language", "java"))
                        .setDroppedAttributesCount(2))
                .setSchemaUrl("https://opentelemetry.io/schemas/1.31.0")
                .addSpans(span))
        .build();
  }

  /** A later span of the same trace, as little as one may have. */
  private static ResourceSpans plain() {
    return ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(text("service.name", "stock")))
        .addScopeSpans(
            ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.getDefaultInstance())
                .addSpans(
                    Span.newBuilder()
                        .setTraceId(ByteString.fromHex(ID))
                        .setSpanId(ByteString.fromHex("0000000000000001"))
                        .setName("reserve")
                        .setStartTimeUnixNano(START + 10)
                        .setEndTimeUnixNano(START + 20)
                        .setStatus(Status.getDefaultInstance())))
        .build();
  }

  private static JsonNode json(AggregatedHttpResponse answer) throws IOException {
    assertThat(answer.status().code()).isEqualTo(200);
    assertThat(answer.contentType().isJson()).isTrue();
    return JSON.readTree(answer.contentUtf8());
  }

  @Test
  void v1_protobuf_isTheTraceAsItWasSent() throws Exception {
    AggregatedHttpResponse answer = api.raw("/tempo/api/traces/" + ID, "application/protobuf");

    assertThat(answer.contentType().toString()).isEqualTo("application/protobuf");
    assertThat(TracesData.parseFrom(answer.content().array()).getResourceSpansList())
        .containsExactly(full(), plain());
  }

  @Test
  void v2_protobuf_isTheTraceInAnEnvelope() throws Exception {
    AggregatedHttpResponse answer =
        api.raw("/tempo/api/v2/traces/" + ID, "text/html, application/protobuf;q=0.5");
    UnknownFieldSet envelope = envelope(answer);

    assertThat(
            TracesData.parseFrom(envelope.getField(1).getLengthDelimitedList().getFirst())
                .getResourceSpansList())
        .containsExactly(full(), plain());
    assertThat(envelope.hasField(2)).isTrue();
    assertThat(envelope.hasField(3)).isFalse();
    assertThat(envelope.hasField(4)).isFalse();
  }

  private static UnknownFieldSet envelope(AggregatedHttpResponse answer) throws IOException {
    return UnknownFieldSet.parseFrom(CodedInputStream.newInstance(answer.content().array()));
  }

  @Test
  void v1_json_isProto3s() throws Exception {
    JsonNode trace = json(api.raw("/tempo/api/traces/" + ID, "application/json"));

    assertThat(trace.at("/batches")).hasSize(2);
    assertThat(trace.at("/batches/0/resource"))
        .isEqualTo(
            JSON.readTree(
                """
                {"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}],
                 "droppedAttributesCount":1}
                """));
    assertThat(trace.at("/batches/0/schemaUrl").asText()).endsWith("1.30.0");
    assertThat(trace.at("/batches/0/scopeSpans/0/schemaUrl").asText()).endsWith("1.31.0");
    assertThat(trace.at("/batches/0/scopeSpans/0/scope"))
        .isEqualTo(
            JSON.readTree(
                """
                {"name":"lib","version":"1.0","droppedAttributesCount":2,
                 "attributes":[{"key":"lib.language","value":{"stringValue":"java"}}]}
                """));
    assertThat(trace.at("/batches/0/scopeSpans/0/spans/0"))
        .isEqualTo(
            JSON.readTree(
                """
                {"traceId":"AAAAAMy7qpmId2ZVRDMiHw==","spanId":"/ty6mHZUMhA=","traceState":"vendor=1",
                 "parentSpanId":"AAAAAAAAAP8=","name":"work \\"quoted\\"","kind":"SPAN_KIND_CONSUMER",
                 "startTimeUnixNano":"%d","endTimeUnixNano":"%d",
                 "attributes":[
                  {"key":"text","value":{"stringValue":"ä\\n"}},
                  {"key":"empty","value":{"stringValue":""}},
                  {"key":"none","value":{}},
                  {"key":"flag","value":{"boolValue":false}},
                  {"key":"zero","value":{"intValue":"0"}},
                  {"key":"big","value":{"intValue":"-1152921504606846976"}},
                  {"key":"half","value":{"doubleValue":0.5}},
                  {"key":"nan","value":{"doubleValue":"NaN"}},
                  {"key":"bytes","value":{"bytesValue":"AP8="}},
                  {"key":"list","value":{"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"b"}]}}},
                  {"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}}],
                 "droppedAttributesCount":3,
                 "events":[{"timeUnixNano":"%d","name":"exception","droppedAttributesCount":4,
                  "attributes":[{"key":"exception.type","value":{"stringValue":"E"}}]}],
                 "droppedEventsCount":5,
                 "links":[{"traceId":"ASNFZ4mrze8BI0VniavN7w==","spanId":"AAAAAAAAAAc=","traceState":"l=1",
                  "attributes":[{"key":"why","value":{"stringValue":"retry"}}],
                  "droppedAttributesCount":6,"flags":257}],
                 "droppedLinksCount":7,
                 "status":{"message":"broken","code":"STATUS_CODE_ERROR"},"flags":768}
                """
                    .formatted(START, START + 1_234_567, START + 5)));
  }

  @Test
  void v1_json_leavesZerosOut() throws Exception {
    JsonNode trace = json(api.raw("/tempo/api/traces/" + ID));

    assertThat(trace.at("/batches/1/scopeSpans/0"))
        .isEqualTo(
            JSON.readTree(
                """
                {"scope":{},"spans":[{"traceId":"AAAAAMy7qpmId2ZVRDMiHw==","spanId":"AAAAAAAAAAE=",
                 "name":"reserve","startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":{}}]}
                """
                    .formatted(START + 10, START + 20)));
  }

  @Test
  void v2_json_namesResourceSpans() throws Exception {
    JsonNode answer = json(api.raw("/tempo/api/v2/traces/" + ID));
    JsonNode v1 = json(api.raw("/tempo/api/traces/" + ID));

    assertThat(answer.at("/trace/resourceSpans")).isEqualTo(v1.at("/batches"));
    assertThat(answer.at("/metrics")).isEqualTo(JSON.createObjectNode());
    assertThat(answer.has("status")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ID,
        "ccbbaa99887766554433221f",
        "CCBBAA99887766554433221F",
        "0ccbbaa99887766554433221f"
      })
  void id_isPaddedWithZeros(String id) throws Exception {
    assertThat(json(api.raw("/tempo/api/traces/" + id)).at("/batches")).hasSize(2);
    assertThat(json(api.raw("/tempo/api/v2/traces/" + id)).at("/trace/resourceSpans")).hasSize(2);
  }

  @Test
  void unknownId_isEmpty() throws Exception {
    AggregatedHttpResponse v1 = api.raw("/tempo/api/traces/" + UNKNOWN);
    AggregatedHttpResponse v2 = api.raw("/tempo/api/v2/traces/" + UNKNOWN);
    UnknownFieldSet bytes =
        envelope(api.raw("/tempo/api/v2/traces/" + UNKNOWN, "application/protobuf"));

    assertThat(v1.status().code()).isEqualTo(404);
    assertThat(v1.content().isEmpty()).isTrue();
    assertThat(v1.headers().contentType()).isNull();
    assertThat(json(v2).at("/trace/resourceSpans")).isEmpty();
    assertThat(json(v2).has("status")).isFalse();
    assertThat(bytes.getField(1).getLengthDelimitedList()).containsExactly(ByteString.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x1|trace IDs can only contain hex characters: invalid character 'x' at position 1",
        "12g4|trace IDs can only contain hex characters: invalid character 'g' at position 3",
        "%F0%9F%98%80|trace IDs can only contain hex characters: invalid character '\uD83D\uDE00' at position 1",
        "000000000000000000000000000000001|trace IDs can't be larger than 128 bits",
        "1?start=x|invalid start: strconv.ParseInt: parsing \"x\": invalid syntax",
        "1?end=2147483648|invalid end: strconv.ParseInt: parsing \"2147483648\": value out of range",
        "1?start=9&end=3|http parameter start must be before end. received start=9 end=3",
        "1?start=9|http parameter start must be before end. received start=9 end=0",
        "1?mode=sideways|invalid value for mode sideways"
      })
  void wrongRequest_isPlainTextInTemposWords(String request, String message) {
    for (String prefix : List.of("/tempo/api/traces/", "/tempo/api/v2/traces/")) {
      AggregatedHttpResponse answer = api.raw(prefix + request);

      assertThat(answer.contentUtf8()).isEqualTo(message);
      assertThat(answer.status().code()).isEqualTo(400);
      assertThat(answer.contentType().toString()).isEqualTo("text/plain; charset=utf-8");
    }
  }

  @Test
  void timeRange_doesNotCutTheTrace() throws Exception {
    JsonNode trace = json(api.raw("/tempo/api/traces/" + ID + "?start=1&end=2&mode=all"));

    assertThat(trace.at("/batches")).hasSize(2);
  }

  @Test
  void tooLarge_isRefusedByV1AndCutByV2() throws Exception {
    TempoLimits limits =
        TempoLimits.DEFAULT.withMaxTraceBytes(
            full().getScopeSpans(0).getSpans(0).getSerializedSize());
    try (TestApi small = new TestApi(other, new TestApi.Options().tempo(limits))) {
      small.apply(TracesData.newBuilder().addResourceSpans(full()).build());
      assertThat(small.raw("/tempo/api/traces/" + ID).status().code()).isEqualTo(200);
      small.apply(TracesData.newBuilder().addResourceSpans(plain()).build());

      AggregatedHttpResponse v1 = small.raw("/tempo/api/traces/" + ID);
      JsonNode v2 = json(small.raw("/tempo/api/v2/traces/" + ID));
      UnknownFieldSet bytes =
          envelope(small.raw("/tempo/api/v2/traces/" + ID, "application/protobuf"));

      assertThat(v1.status().code()).isEqualTo(422);
      assertThat(v1.contentUtf8())
          .startsWith("trace exceeds max size (max bytes: " + limits.maxTraceBytes() + ")")
          .contains("traces.query.max-trace-bytes");
      assertThat(v2.at("/trace/resourceSpans")).hasSize(1);
      assertThat(v2.at("/status").asText()).isEqualTo("PARTIAL");
      assertThat(v2.at("/message").asText())
          .startsWith(
              "Trace exceeds maximum size of "
                  + limits.maxTraceBytes()
                  + " bytes, a partial trace is returned")
          .contains("traces.query.max-trace-bytes");
      assertThat(bytes.getField(3).getVarintList()).containsExactly(1L);
      assertThat(bytes.getField(4).getLengthDelimitedList())
          .containsExactly(ByteString.copyFromUtf8(v2.at("/message").asText()));
    }
  }

  @Test
  void moreSpansThanAreRead_is422WithTheSetting() {
    EmbeddedTraceStore small =
        EmbeddedTraceStore.open(
            other.resolve("traces"),
            TraceStoreSettings.DEFAULT.withTraces(1, 1),
            () -> TestApi.NOW);
    try (TestApi few = new TestApi(other, new TestApi.Options().traces(small))) {
      ResourceSpans.Builder two = ResourceSpans.newBuilder();
      for (String span : List.of("00000000000000a1", "00000000000000a2")) {
        two.addScopeSpansBuilder()
            .addSpansBuilder()
            .setTraceId(ByteString.fromHex(ID))
            .setSpanId(ByteString.fromHex(span))
            .setStartTimeUnixNano(START)
            .setEndTimeUnixNano(START);
      }
      few.apply(TracesData.newBuilder().addResourceSpans(two).build());
      String why = "trace " + ID + " has more than storage.traces.max-trace-spans (1) spans";

      for (String path : List.of("/tempo/api/traces/", "/tempo/api/v2/traces/")) {
        AggregatedHttpResponse answer = few.raw(path + ID);

        assertThat(answer.status().code()).as(path).isEqualTo(422);
        assertThat(answer.contentUtf8()).isEqualTo(why);
      }
      AggregatedHttpResponse own = few.raw("/sextant/v1/traces/" + ID);
      assertThat(own.status().code()).isEqualTo(422);
      assertThat(own.contentUtf8()).contains("\"limit_exceeded\"", why);
    }
  }

  @Test
  void echo_answersEcho() {
    AggregatedHttpResponse answer = api.raw("/tempo/api/echo");

    assertThat(answer.status().code()).isEqualTo(200);
    assertThat(answer.contentUtf8()).isEqualTo("echo");
  }

  @Test
  void buildInfo_hasTemposFields() throws Exception {
    JsonNode info = json(api.raw("/tempo/api/status/buildinfo"));

    assertThat(info.fieldNames())
        .toIterable()
        .containsExactly("version", "revision", "branch", "buildUser", "buildDate", "goVersion");
    assertThat(info.get("revision").asText()).isEqualTo("sextant-1.2.3");
    assertThat(info.get("version").asText()).matches("2\\.1\\.\\d+");
  }
}
