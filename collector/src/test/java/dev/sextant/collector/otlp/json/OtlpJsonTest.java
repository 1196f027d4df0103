package dev.sextant.collector.otlp.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sextant.collector.fixture.Corpora;
import dev.sextant.collector.http.JsonMemory;
import dev.sextant.collector.otlp.json.OtlpJson.Request;
import dev.sextant.collector.receive.Outcome;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpJsonTest {
  @Test
  void examplesOfTheSpecification_arriveWhole() throws Exception {
    ExportTraceServiceRequest traces =
        ExportTraceServiceRequest.parseFrom(protobuf(Request.TRACES, example("trace.json")));
    Span span = traces.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    assertThat(span.getTraceId()).isEqualTo(ByteString.fromHex("5b8efff798038103d269b633813fc60c"));
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(1544712660000000000L);
    ExportLogsServiceRequest logs =
        ExportLogsServiceRequest.parseFrom(protobuf(Request.LOGS, example("logs.json")));
    assertThat(logs.getResourceLogs(0).getScopeLogs(0).getLogRecords(0).getBody())
        .isEqualTo(AnyValue.newBuilder().setStringValue("Example log record").build());
    ExportMetricsServiceRequest metrics =
        ExportMetricsServiceRequest.parseFrom(protobuf(Request.METRICS, example("metrics.json")));
    HistogramDataPoint histogram =
        metrics
            .getResourceMetrics(0)
            .getScopeMetrics(0)
            .getMetrics(2)
            .getHistogram()
            .getDataPoints(0);
    assertThat(histogram.getBucketCountsList()).containsExactly(1L, 1L);
    assertThat(histogram.getExplicitBoundsList()).containsExactly(1.0);
    ExponentialHistogramDataPoint exponential =
        metrics
            .getResourceMetrics(0)
            .getScopeMetrics(0)
            .getMetrics(3)
            .getExponentialHistogram()
            .getDataPoints(0);
    assertThat(exponential.getPositive().getBucketCountsList()).containsExactly(0L, 2L);
  }

  private static String example(String name) throws Exception {
    return Files.readString(Corpora.require("opentelemetry-proto/examples/" + name));
  }

  @Test
  void numbersEnumsAndNames_areTakenInEveryForm() throws Exception {
    Span span =
        span(
            """
            {"trace_id":"000102030405060708090A0B0C0D0E0F","kind":"SPAN_KIND_CLIENT",
             "startTimeUnixNano":18446744073709551615,"end_time_unix_nano":"12","flags":257,
             "status":{"code":"STATUS_CODE_ERROR","unknown":{"a":[1,{}]}},"name":null,
             "attributes":[
               {"key":"i","value":{"intValue":"-5"}}, {"key":"n","value":{"intValue":7}},
               {"key":"d","value":{"doubleValue":"NaN"}}, {"key":"b","value":{"boolValue":true}},
               {"key":"y","value":{"bytesValue":"AQI="}},
               {"key":"l","value":{"arrayValue":{"values":[{"stringValue":"x"},{}]}}},
               {"key":"m","value":{"kvlistValue":{"values":[{"key":"k","value":{"intValue":1e3}}]}}}
             ]}
            """);
    assertThat(span.getTraceId()).isEqualTo(ByteString.fromHex("000102030405060708090a0b0c0d0e0f"));
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(-1L);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(12);
    assertThat(span.getFlags()).isEqualTo(257);
    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(span.getAttributes(0).getValue().getIntValue()).isEqualTo(-5);
    assertThat(span.getAttributes(1).getValue().getIntValue()).isEqualTo(7);
    assertThat(span.getAttributes(2).getValue().getDoubleValue()).isNaN();
    assertThat(span.getAttributes(3).getValue().getBoolValue()).isTrue();
    assertThat(span.getAttributes(4).getValue().getBytesValue())
        .isEqualTo(ByteString.fromHex("0102"));
    assertThat(span.getAttributes(5).getValue().getArrayValue().getValuesCount()).isEqualTo(2);
    assertThat(
            span.getAttributes(6).getValue().getKvlistValue().getValues(0).getValue().getIntValue())
        .isEqualTo(1000);
  }

  @Test
  void longTextsAndNesting_keepTheirLengths() throws Exception {
    String text = "ä".repeat(70_000);
    Span span = span("{\"name\":\"" + text + "\",\"events\":[{\"name\":\"" + text + "\"}]}");
    assertThat(span.getName()).isEqualTo(text);
    assertThat(span.getEvents(0).getName()).isEqualTo(text);
  }

  private static Span span(String json) throws Exception {
    String request =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + json + "]}],\"schemaUrl\":\"u\"}]}";
    ExportTraceServiceRequest parsed =
        ExportTraceServiceRequest.parseFrom(protobuf(Request.TRACES, request));
    assertThat(parsed.getResourceSpans(0).getSchemaUrl()).isEqualTo("u");
    return parsed.getResourceSpans(0).getScopeSpans(0).getSpans(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|not a JSON object",
        "{} {}|more text follows",
        "{\"resourceSpans\":{}}|/resourceSpans: expected an array",
        "{\"resourceSpans\":[7]}|/resourceSpans/0: expected an object, found '7'",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}|/resourceSpans/0/scopeSpans/0/spans/0/traceId: expected hexadecimal digits, found 'xyz'",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":\"TEAPOT\"}]}]}]}|/kind: expected a 64-bit integer",
        "{\"resourceSpans\":[{\"schemaUrl\":5}]}|expected a string",
        "{\"a\":|Unexpected end",
      })
  void badJson_isRefusedWithItsPlace(String json, String message) {
    assertThat(transcode(Request.TRACES, json, 1000))
        .isInstanceOfSatisfying(
            OtlpJson.Transcoded.Refused.class,
            refused ->
                assertThat(((Outcome.Invalid) refused.why()).message())
                    .startsWith("the body is not OTLP JSON")
                    .contains(message));
  }

  @Test
  void protobufLargerThanTheLimit_isTooLarge() {
    String zeros = "0,".repeat(5000) + "0";
    String json =
        "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"histogram\":{\"dataPoints\":["
            + "{\"bucketCounts\":["
            + zeros
            + "]}]}}]}]}]}";
    assertThat(transcode(Request.METRICS, json, 20_000))
        .isInstanceOfSatisfying(
            OtlpJson.Transcoded.Refused.class,
            refused -> assertThat(refused.why()).isInstanceOf(Outcome.TooLarge.class));
  }

  private static ByteBuffer protobuf(Request request, String json) {
    return ((OtlpJson.Transcoded.Protobuf) transcode(request, json, 1 << 20)).bytes();
  }

  private static OtlpJson.Transcoded transcode(Request request, String json, int limit) {
    ByteBuffer body = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    try (var lease = JsonMemory.lease()) {
      return OtlpJson.toProtobuf(request, body, limit, "some.setting", lease);
    }
  }
}
