package dev.sextant.collector.otlp;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.UnknownFieldSet;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.storage.Sink;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpGrpcTest {
  private static final String TRACES =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

  private static final OtlpFixture otlp = new OtlpFixture();

  private final WebClient client = WebClient.of("h2c://127.0.0.1:" + otlp.port());
  private final byte[] request = Otlp.traces(Otlp.span(1, 1, NOW)).toByteArray();

  @AfterAll
  static void stop() {
    otlp.close();
  }

  @AfterEach
  void memoryIsGivenBack() {
    otlp.reset();
  }

  @Test
  void spans_areWrittenAndAnsweredWithAnEmptyMessage() {
    AggregatedHttpResponse response = call(TRACES, "", frame(0, request));
    assertThat(status(response)).isEqualTo("0");
    assertThat(response.content().array()).containsExactly(0, 0, 0, 0, 0);
    assertThat(otlp.spans.only().payload()).isEqualTo(ByteBuffer.wrap(request));
  }

  @Test
  void compressedMessages_areTaken() throws Exception {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(request);
    }
    assertThat(status(call(TRACES, "gzip", frame(1, gzip.toByteArray())))).isEqualTo("0");
    assertThat(status(call(TRACES, "zstd", frame(1, Zstd.compress(request))))).isEqualTo("0");
    assertThat(status(call(TRACES, "gzip", frame(0, request)))).isEqualTo("0");
    assertThat(otlp.spans.batches()).hasSize(3);
  }

  @Test
  void partialSuccess_saysHowManyAndWhy() throws Exception {
    byte[] old = Otlp.traces(Otlp.span(1, 1, Instant.ofEpochSecond(1))).toByteArray();
    AggregatedHttpResponse response = call(TRACES, "", frame(0, old));
    assertThat(status(response)).isEqualTo("0");
    byte[] frame = response.content().array();
    ExportTraceServiceResponse answer =
        ExportTraceServiceResponse.parseFrom(Arrays.copyOfRange(frame, 5, frame.length));
    assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
    assertThat(otlp.spans.batches()).isEmpty();
  }

  @Test
  void throttling_isResourceExhaustedWithRetryInfo() throws Exception {
    otlp.spans.answer(new Sink.Written.Throttled(2500, "behind by 100% of what is allowed"));
    AggregatedHttpResponse response = call(TRACES, "", frame(0, request));
    assertThat(status(response)).isEqualTo("8");
    assertThat(response.trailers().get("grpc-message"))
        .isEqualTo("behind by 100%25 of what is allowed");
    assertThat(retryDelay(response)).isEqualTo("2s 500000000ns");
  }

  @Test
  void unavailable_carriesRetryInfoToo() throws Exception {
    otlp.spans.answer(new Sink.Written.Unavailable(1000, "the disk is full"));
    AggregatedHttpResponse response = call(TRACES, "", frame(0, request));
    assertThat(status(response)).isEqualTo("14");
    assertThat(retryDelay(response)).isEqualTo("1s 0ns");
  }

  @Test
  void tooLarge_isResourceExhaustedForGood() {
    AggregatedHttpResponse response = call(TRACES, "", frame(0, new byte[(4 << 20) + 1]));
    assertThat(status(response)).isEqualTo("8");
    assertThat(response.trailers().get("grpc-message")).contains("ingest.limits.grpc-message");
    assertThat(response.headers().contains("grpc-status-details-bin")).isFalse();
    byte[] claim = {0, 0x10, 0, 0, 0};
    assertThat(status(call(TRACES, "", claim))).isEqualTo("8");
    byte[] bomb = Zstd.compress(new byte[64 << 20]);
    assertThat(status(call(TRACES, "zstd", frame(1, bomb)))).isEqualTo("8");
  }

  @Test
  void malformedMessages_areInvalidArguments() {
    assertThat(status(call(TRACES, "", frame(0, new byte[] {0x0a, 0x7f})))).isEqualTo("3");
    assertThat(status(call(TRACES, "", new byte[0]))).isEqualTo("3");
    assertThat(status(call(TRACES, "", new byte[] {0, 0, 0, 0, 9, 1}))).isEqualTo("3");
    assertThat(status(call(TRACES, "", frame(1, request)))).isEqualTo("3");
    assertThat(status(call(TRACES, "gzip", frame(1, request)))).isEqualTo("3");
    byte[] groups = new byte[100_000];
    Arrays.fill(groups, (byte) 0x0b);
    assertThat(status(call(TRACES, "", frame(0, groups)))).isEqualTo("3");
  }

  @Test
  void unknownMethodsAndCompressions_areUnimplemented() {
    assertThat(status(call("/some.Service/Method", "", frame(0, request)))).isEqualTo("12");
    AggregatedHttpResponse response = call(TRACES, "br", frame(1, request));
    assertThat(status(response)).isEqualTo("12");
    assertThat(response.headers().get("grpc-accept-encoding")).contains("gzip", "zstd");
  }

  private AggregatedHttpResponse call(String path, String encoding, byte[] body) {
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.POST, path)
            .set("content-type", "application/grpc")
            .set("te", "trailers");
    if (!encoding.isEmpty()) {
      headers.set("grpc-encoding", encoding);
    }
    return client
        .execute(headers.build(), com.linecorp.armeria.common.HttpData.wrap(body))
        .aggregate()
        .join();
  }

  private static byte[] frame(int flag, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flag)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private static String status(AggregatedHttpResponse response) {
    HttpHeaders trailers = response.trailers();
    String trailing = trailers.get("grpc-status");
    return trailing != null ? trailing : response.headers().get("grpc-status");
  }

  /** Status.details[0].value = RetryInfo; RetryInfo.retry_delay = Duration. */
  private static String retryDelay(AggregatedHttpResponse response) throws Exception {
    UnknownFieldSet status =
        UnknownFieldSet.parseFrom(
            Base64.getDecoder().decode(response.trailers().get("grpc-status-details-bin")));
    UnknownFieldSet any = nested(status, 3);
    assertThat(any.getField(1).getLengthDelimitedList().getFirst().toStringUtf8())
        .isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
    UnknownFieldSet delay = nested(nested(any, 2), 1);
    return first(delay, 1) + "s " + first(delay, 2) + "ns";
  }

  private static UnknownFieldSet nested(UnknownFieldSet message, int field) throws Exception {
    return UnknownFieldSet.parseFrom(message.getField(field).getLengthDelimitedList().getFirst());
  }

  private static long first(UnknownFieldSet message, int field) {
    return message.getField(field).getVarintList().stream().findFirst().orElse(0L);
  }
}
