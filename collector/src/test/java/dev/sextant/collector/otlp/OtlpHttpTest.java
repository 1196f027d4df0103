package dev.sextant.collector.otlp;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.storage.Sink;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpHttpTest {
  private static final OtlpFixture otlp = new OtlpFixture();
  private static final String[] PROTOBUF = {"content-type", "application/x-protobuf"};
  private static final String[] JSON = {"content-type", "application/json"};

  @AfterAll
  static void stop() {
    otlp.close();
  }

  @AfterEach
  void memoryIsGivenBack() {
    otlp.reset();
  }

  @Test
  void protobuf_isWrittenAsItCame() throws Exception {
    ExportTraceServiceRequest request = Otlp.traces(Otlp.span(1, 1, NOW), Otlp.span(1, 2, NOW));
    HttpResponse<byte[]> response = otlp.post("/v1/traces", request.toByteArray(), PROTOBUF);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/x-protobuf");
    assertThat(response.body()).isEmpty();
    assertThat(otlp.spans.only().rows()).isEqualTo(2);
    assertThat(ExportTraceServiceRequest.parseFrom(otlp.spans.only().payload())).isEqualTo(request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd", "deflate", "identity"})
  void everyEncoding_isTaken(String encoding) throws Exception {
    byte[] body = Otlp.traces(Otlp.span(1, 1, NOW)).toByteArray();
    HttpResponse<byte[]> response =
        otlp.post(
            "/v1/traces",
            compress(encoding, body),
            "content-type",
            "application/x-protobuf",
            "content-encoding",
            encoding);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(otlp.spans.only().payload()).isEqualTo(java.nio.ByteBuffer.wrap(body));
  }

  private static byte[] compress(String encoding, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (encoding) {
      case "gzip" -> {
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(body);
        }
      }
      case "deflate" -> {
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
          deflate.write(body);
        }
      }
      case "zstd" -> out.write(Zstd.compress(body));
      default -> out.write(body);
    }
    return out.toByteArray();
  }

  @Test
  void json_isAnsweredInJson() {
    String body =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[
          {"timeUnixNano":"%d","severityNumber":9,"body":{"stringValue":"hello"}}]}]}]}
        """
            .formatted(Otlp.nanos(NOW));
    HttpResponse<byte[]> response = otlp.post("/v1/logs", utf8(body), JSON);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("{}");
    assertThat(otlp.logs.only().rows()).isEqualTo(1);
  }

  @Test
  void nothingToKeep_isAcceptedAndNotWritten() {
    assertThat(otlp.post("/v1/traces", new byte[0], PROTOBUF).statusCode()).isEqualTo(200);
    assertThat(otlp.post("/v1/metrics", utf8("{}"), JSON).statusCode()).isEqualTo(200);
    assertThat(otlp.spans.batches()).isEmpty();
  }

  @Test
  void timesOutsideOfTheWindow_arePartiallyRejected() throws Exception {
    ExportTraceServiceRequest request =
        Otlp.traces(
            Otlp.span(1, 1, NOW),
            Otlp.span(1, 2, java.time.Instant.EPOCH.plusSeconds(1)),
            Otlp.span(1, 3, java.time.Instant.parse("2099-01-01T00:00:00Z")),
            Otlp.span(1, 4, NOW.plus(Duration.ofMinutes(9))));
    HttpResponse<byte[]> response = otlp.post("/v1/traces", request.toByteArray(), PROTOBUF);
    assertThat(response.statusCode()).isEqualTo(200);
    ExportTraceServiceResponse answer = ExportTraceServiceResponse.parseFrom(response.body());
    assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(2);
    assertThat(answer.getPartialSuccess().getErrorMessage()).contains("row 1", "retention.test");
    assertThat(otlp.spans.only().rows()).isEqualTo(2);
  }

  @Test
  void partialSuccessInJson_countsAsAString() {
    byte[] body =
        Otlp.logs(LogRecord.newBuilder().setTimeUnixNano(1), LogRecord.newBuilder()).toByteArray();
    HttpResponse<byte[]> protobuf = otlp.post("/v1/logs", body, PROTOBUF);
    assertThat(protobuf.statusCode()).isEqualTo(200);
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\"}]}]}]}";
    assertThat(text(otlp.post("/v1/logs", utf8(json), JSON)))
        .startsWith("{\"partialSuccess\":{\"rejectedLogRecords\":\"1\",\"errorMessage\":\"1 rej");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/traces", "/v1/metrics", "/v1/logs"})
  void malformedProtobuf_is400WithAStatus(String path) throws Exception {
    HttpResponse<byte[]> response = otlp.post(path, new byte[] {0x0a, 0x7f, 1}, PROTOBUF);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(rpcMessage(response.body())).startsWith("the body is not a valid OTLP message");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/traces", "/v1/metrics", "/v1/logs"})
  void malformedJson_is400WithAStatus(String path) {
    HttpResponse<byte[]> response = otlp.post(path, utf8("{\"resourceSpans\":[{"), JSON);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).startsWith("{\"code\":3,\"message\":\"the body is not OTLP JSON");
  }

  @Test
  void deepNesting_is400() throws Exception {
    byte[] groups = new byte[100_000];
    java.util.Arrays.fill(groups, (byte) 0x0b);
    assertThat(otlp.post("/v1/traces", groups, PROTOBUF).statusCode()).isEqualTo(400);
    byte[] lists = nested(100_000);
    HttpResponse<byte[]> deep = otlp.post("/v1/logs", lists, PROTOBUF);
    assertThat(deep.statusCode()).isEqualTo(400);
    assertThat(rpcMessage(deep.body()))
        .contains("messages nest deeper than 72", "raise ingest.limits.otlp-nesting");
    HttpResponse<byte[]> json =
        otlp.post("/v1/logs", utf8("{\"resourceLogs\":" + "[".repeat(100_000)), JSON);
    assertThat(json.statusCode()).isEqualTo(400);
    String maps =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":"
            + "{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":".repeat(390)
            + "{\"intValue\":1}"
            + "}]}}".repeat(390)
            + "}]}]}]}";
    assertThat(text(otlp.post("/v1/logs", utf8(maps), JSON)))
        .contains("messages nest deeper than 72", "raise ingest.limits.otlp-nesting");
    String unknown = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    HttpResponse<byte[]> passedOver = otlp.post("/v1/logs", utf8(unknown), JSON);
    assertThat(passedOver.statusCode()).isEqualTo(400);
    assertThat(text(passedOver)).contains("nest deeper than 1615");
  }

  /** A log record whose body is a list in a list in a list … */
  private static byte[] nested(int levels) {
    byte[] inner = new byte[0];
    java.io.ByteArrayOutputStream prefixes = new java.io.ByteArrayOutputStream();
    java.util.ArrayDeque<byte[]> heads = new java.util.ArrayDeque<>();
    int length = inner.length;
    int[] path = {1, 2, 2, 5};
    for (int i = 0; i < levels; i++) {
      byte[] head = head(i % 2 == 0 ? 1 : 5, length);
      heads.push(head);
      length += head.length;
    }
    for (int i = path.length - 1; i >= 0; i--) {
      byte[] head = head(path[i], length);
      heads.push(head);
      length += head.length;
    }
    heads.forEach(prefixes::writeBytes);
    return prefixes.toByteArray();
  }

  private static byte[] head(int field, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(field << 3 | 2);
    int rest = length;
    while (rest > 0x7f) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return out.toByteArray();
  }

  @Test
  void otherPathsMethodsAndTypes_areRefusedInTheRequestsWords() throws Exception {
    HttpResponse<byte[]> path = otlp.post("/v1/profiles", new byte[0], PROTOBUF);
    assertThat(path.statusCode()).isEqualTo(404);
    assertThat(rpcMessage(path.body())).contains("/v1/traces");
    HttpResponse<byte[]> get = otlp.send(HttpRequest.newBuilder(otlp.uri("/v1/traces")).GET());
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("allow")).contains("POST");
    HttpResponse<byte[]> type = otlp.post("/v1/traces", utf8("hi"), "content-type", "text/plain");
    assertThat(type.statusCode()).isEqualTo(415);
    assertThat(rpcMessage(type.body())).contains("text/plain", "application/x-protobuf");
    HttpResponse<byte[]> encoding =
        otlp.post(
            "/v1/traces", utf8("{}"), "content-type", "application/json", "content-encoding", "br");
    assertThat(encoding.statusCode()).isEqualTo(415);
    assertThat(text(encoding)).contains("'br'");
    HttpResponse<byte[]> tenant =
        otlp.post(
            "/v1/traces", utf8("{}"), "content-type", "application/json", "x-scope-orgid", "a");
    assertThat(tenant.statusCode()).isEqualTo(400);
    assertThat(text(tenant)).contains("unknown tenant 'a'");
  }

  @Test
  void bodyBeyondTheLimit_is413() throws Exception {
    HttpResponse<byte[]> response = otlp.post("/v1/traces", new byte[(20 << 20) + 1], PROTOBUF);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(rpcMessage(response.body())).contains("20971520", "ingest.limits.http-body");
  }

  @Test
  void storeBehindOrDown_isRetryable() throws Exception {
    byte[] body = Otlp.traces(Otlp.span(1, 1, NOW)).toByteArray();
    otlp.spans.answer(new Sink.Written.Throttled(2500, "the store is behind"));
    HttpResponse<byte[]> behind = otlp.post("/v1/traces", body, PROTOBUF);
    assertThat(behind.statusCode()).isEqualTo(429);
    assertThat(behind.headers().firstValue("retry-after")).contains("3");
    assertThat(rpcMessage(behind.body())).isEqualTo("the store is behind");
    otlp.spans.answer(new Sink.Written.Unavailable(1000, "the disk is full"));
    HttpResponse<byte[]> down = otlp.post("/v1/traces", body, PROTOBUF);
    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(down.headers().firstValue("retry-after")).contains("1");
    otlp.spans.answer(new Sink.Written.TooLarge("too many rows"));
    assertThat(otlp.post("/v1/traces", body, PROTOBUF).statusCode()).isEqualTo(413);
  }

  /** The message of a {@code google.rpc.Status}: field 2. */
  static String rpcMessage(byte[] status) throws InvalidProtocolBufferException {
    return com.google.protobuf.UnknownFieldSet.parseFrom(status)
        .getField(2)
        .getLengthDelimitedList()
        .getFirst()
        .toStringUtf8();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
