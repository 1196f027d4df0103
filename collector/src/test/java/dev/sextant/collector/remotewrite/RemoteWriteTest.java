package dev.sextant.collector.remotewrite;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.linecorp.armeria.server.Server;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.storage.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.Snappy;

class RemoteWriteTest {
  private static final long T = NOW.toEpochMilli();
  private static final RecordingSink<MetricsBatch> sink = new RecordingSink<>();
  private static final Server server =
      Server.builder()
          .http(0)
          .service(
              "/api/v1/write",
              new RemoteWriteService(
                  new RemoteWriteReceiver(
                      sink,
                      new EventWindow(
                          InstantSource.fixed(NOW), Duration.ofDays(1), "retention.test"),
                      SeriesLimits.DEFAULT,
                      1 << 20),
                  new BoundedBody(new BodyMemory(64 << 20)),
                  BodyLimits.DEFAULT))
          .build();

  static {
    server.start().join();
  }

  @AfterAll
  static void stop() {
    server.stop().join();
  }

  @BeforeEach
  void reset() {
    sink.reset();
  }

  @Test
  void samplesExemplarsAndMetadata_areWritten() throws Exception {
    byte[] body =
        message(
            1,
            series(
                List.of("__name__", "up", "instance", "i", "job", "j"),
                sample(1, T - 1000),
                sample(Double.longBitsToDouble(NativeHistogram.STALE_BITS), T),
                message(
                    3, join(message(1, label("trace_id", "abc")), fixed(2, 0.5), varint(3, T)))),
            3,
            join(varint(1, 1), text(2, "http_requests"), text(4, "Help."), text(5, "seconds")));
    assertThat(post(body).statusCode()).isEqualTo(204);
    MetricsBatch batch = sink.only();
    assertThat(batch.targets().getFirst().target())
        .isEqualTo(Labels.of("job", "j", "instance", "i"));
    SeriesSamples up = batch.targets().getFirst().series().getFirst();
    assertThat(up.labels()).isEqualTo(Labels.of("__name__", "up", "job", "j", "instance", "i"));
    assertThat(up.values()[0]).isEqualTo(1);
    assertThat(Double.doubleToRawLongBits(up.values()[1])).isEqualTo(NativeHistogram.STALE_BITS);
    assertThat(up.exemplars().getFirst().labels()).isEqualTo(Labels.of("trace_id", "abc"));
    assertThat(up.exemplars().getFirst().value()).isEqualTo(0.5);
    assertThat(batch.metadata())
        .containsExactly(new Metadata("http_requests", "counter", "Help.", "seconds"));
  }

  @Test
  void integerHistograms_areMadeAbsolute() throws Exception {
    byte[] histogram =
        join(
            varint(1, 9),
            fixed(3, 4.5),
            varint(4, 6),
            fixed(5, 0.001),
            varint(6, 2),
            message(11, join(varint(1, 3), varint(2, 2))),
            message(11, join(varint(1, 2), varint(2, 1))),
            message(12, new byte[] {2, 4, 5}),
            varint(14, 2),
            varint(15, T));
    assertThat(
            post(message(1, series(List.of("__name__", "h"), message(4, histogram)))).statusCode())
        .isEqualTo(204);
    SeriesSamples series = sink.only().targets().getFirst().series().getFirst();
    NativeHistogram written = series.histograms()[0];
    assertThat(written.schema()).isEqualTo(3);
    assertThat(written.positiveSpans()).containsExactly(-2, 2, 1, 1);
    assertThat(written.positiveCounts()).containsExactly(1, 3, 0);
    assertThat(written.zeroCount()).isEqualTo(2);
    assertThat(written.resetHint()).isEqualTo(NativeHistogram.ResetHint.NO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__name__,up,9bad,x|label name '9bad'",
        "__name__,up,b,1,a,2|labels are not sorted: 'a' after 'b'",
        "__name__,up,a,1,a,2|label 'a' stands twice",
        "__name__,0up|its metric name '0up'",
        "job,x|its metric name ''",
      })
  void badLabels_are400AndTheGoodSeriesAreKept(String labels, String message) throws Exception {
    byte[] body =
        message(
            1,
            series(List.of(labels.split(",")), sample(1, T)),
            1,
            series(List.of("__name__", "good"), sample(2, T)));
    HttpResponse<String> response = post(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .startsWith("1 samples rejected, the others are kept")
        .contains(message);
    assertThat(sink.only().targets().getFirst().series().getFirst().labels().metricName())
        .isEqualTo("good");
  }

  @Test
  void timesOutsideOfTheWindow_areRejectedAlone() throws Exception {
    byte[] body =
        message(
            1,
            series(
                List.of("__name__", "up"),
                sample(1, 1000),
                sample(2, T),
                sample(3, T + 3_600_000)));
    HttpResponse<String> response = post(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("2 samples rejected").contains("retention.test");
    assertThat(sink.only().targets().getFirst().series().getFirst().values()).containsExactly(2);
  }

  @Test
  void otherFormats_areRefusedWithTheWayOut() throws Exception {
    HttpResponse<String> v2 =
        post(new byte[0], "application/x-protobuf;proto=io.prometheus.write.v2.Request", "snappy");
    assertThat(v2.statusCode()).isEqualTo(415);
    assertThat(v2.body()).contains("remote write 2.0", "prometheus.WriteRequest");
    assertThat(post(new byte[0], "application/json", "snappy").statusCode()).isEqualTo(415);
    assertThat(post(new byte[0], "application/x-protobuf", "gzip").statusCode()).isEqualTo(415);
    assertThat(send("GET", new byte[0], "application/x-protobuf", "snappy").statusCode())
        .isEqualTo(405);
  }

  @Test
  void brokenBodies_are400AndLargeOnes413() throws Exception {
    assertThat(post(new byte[] {0x0a, 0x7f}).statusCode()).isEqualTo(400);
    assertThat(send("POST", new byte[] {1, 2, 3}, "application/x-protobuf", "snappy").statusCode())
        .isEqualTo(400);
    assertThat(post(new byte[21 << 20]).statusCode()).isEqualTo(413);
    sink.answer(new Sink.Written.Throttled(1500, "behind"));
    HttpResponse<String> behind = post(message(1, series(List.of("__name__", "up"), sample(1, T))));
    assertThat(behind.statusCode()).isEqualTo(429);
    assertThat(behind.headers().firstValue("retry-after")).contains("2");
  }

  private static HttpResponse<String> post(byte[] body) throws Exception {
    return post(body, "application/x-protobuf", "snappy");
  }

  private static HttpResponse<String> post(byte[] body, String type, String encoding)
      throws Exception {
    return send("POST", Snappy.compress(body), type, encoding);
  }

  private static HttpResponse<String> send(String method, byte[] body, String type, String encoding)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.activeLocalPort() + "/api/v1/write"))
              .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
              .version(HttpClient.Version.HTTP_1_1)
              .header("content-type", type)
              .header("content-encoding", encoding)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static byte[] series(List<String> labels, byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i += 2) {
      out.write(message(1, label(labels.get(i), labels.get(i + 1))));
    }
    out.write(join(parts));
    return out.toByteArray();
  }

  private static byte[] label(String name, String value) throws IOException {
    return join(text(1, name), text(2, value));
  }

  private static byte[] sample(double value, long time) throws IOException {
    return message(2, join(fixed(1, value), varint(2, time)));
  }

  private static byte[] message(int field, byte[] body) throws IOException {
    return write(out -> out.writeByteArray(field, body));
  }

  private static byte[] message(int field, byte[] body, int field2, byte[] body2)
      throws IOException {
    return join(message(field, body), message(field2, body2));
  }

  private static byte[] text(int field, String text) throws IOException {
    return write(out -> out.writeString(field, text));
  }

  private static byte[] fixed(int field, double value) throws IOException {
    return write(out -> out.writeDouble(field, value));
  }

  /** Signed fields take their zigzag form. */
  private static byte[] varint(int field, long value) throws IOException {
    return write(out -> out.writeUInt64(field, value));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] write(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    writing.to(out);
    out.flush();
    return bytes.toByteArray();
  }
}
