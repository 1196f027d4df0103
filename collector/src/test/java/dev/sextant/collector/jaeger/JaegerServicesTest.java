package dev.sextant.collector.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.Losses;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.trace.SpanBatch;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a Jaeger client is answered over HTTP and gRPC. */
class JaegerServicesTest {
  private static final String HTTP = "/jaeger/api/traces?format=jaeger.thrift";
  private static final String GRPC = "/jaeger.api_v2.CollectorService/PostSpans";

  private static final String SAMPLING = "/jaeger.api_v2.SamplingManager/GetSamplingStrategy";

  private static final JaegerSampling SAMPLING_SETTINGS =
      new JaegerSampling(
          new JaegerSampling.Probability(0.25),
          Map.of("cart", new JaegerSampling.Probability(1), "batch", new JaegerSampling.Rate(5)));

  private final RecordingSink<SpanBatch> sink = new RecordingSink<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Losses losses = new Losses(InstantSource.fixed(OtlpFixture.NOW), log::add);
  private final BodyMemory memory = new BodyMemory(64 << 20);
  private final Server server = serve(memory);

  private Server serve(BodyMemory bodies) {
    ServerBuilder builder = Server.builder().http(0);
    SpanReceiver spans =
        new SpanReceiver(
            sink,
            new EventWindow(InstantSource.fixed(OtlpFixture.NOW), Duration.ofDays(7), "retention"),
            OtlpLimits.DEFAULT);
    new JaegerServices(
            new BoundedBody(bodies), BodyLimits.DEFAULT, spans, SAMPLING_SETTINGS, losses)
        .routes()
        .forEach((route, service) -> builder.route().addRoute(route).build(service));
    Server built = builder.build();
    built.start().join();
    return built;
  }

  @AfterEach
  void stop() {
    var unused = server.stop(); // Netty takes two seconds, which nothing here waits for
    assertThat(memory.used()).isZero();
  }

  private AggregatedHttpResponse call(String path, String type, byte[] body, String... headers) {
    return call(server, path, type, body, headers);
  }

  private static AggregatedHttpResponse call(
      Server server, String path, String type, byte[] body, String... headers) {
    RequestHeadersBuilder head =
        RequestHeaders.builder(HttpMethod.POST, path).set("content-type", type);
    for (int i = 0; i < headers.length; i += 2) {
      head.set(headers[i], headers[i + 1]);
    }
    return WebClient.of("h2c://127.0.0.1:" + server.activeLocalPort())
        .execute(HttpRequest.of(head.build(), HttpData.wrap(body)))
        .aggregate()
        .join();
  }

  private AggregatedHttpResponse post(byte[] body, String... headers) {
    return call(HTTP, "application/x-thrift", body, headers);
  }

  /** A call with one uncompressed message. */
  private static AggregatedHttpResponse grpc(Server server, String path, byte[] message) {
    ByteBuffer frame = ByteBuffer.allocate(5 + message.length);
    frame.put((byte) 0).putInt(message.length).put(message);
    return call(server, path, "application/grpc", frame.array());
  }

  /** The status of reporting spans. */
  private static String status(Server server, byte[] message) {
    AggregatedHttpResponse answer = grpc(server, GRPC, message);
    String status = answer.headers().get("grpc-status");
    return status == null ? answer.trailers().get("grpc-status") : status;
  }

  private String grpc(byte[] message) {
    return status(server, message);
  }

  @Test
  void goodSpans_areAcceptedAndWritten() {
    assertThat(post(JaegerMessages.thrift()).status().code()).isEqualTo(202);
    assertThat(
            call(HTTP, "application/vnd.apache.thrift.binary", JaegerMessages.thrift())
                .status()
                .code())
        .isEqualTo(202);
    assertThat(grpc(JaegerMessages.protobuf())).isEqualTo("0");
    assertThat(sink.batches()).hasSize(3).allMatch(batch -> batch.rows() == 2);
  }

  @Test
  void compressed_isTaken() throws Exception {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(JaegerMessages.thrift());
    }
    assertThat(post(gzip.toByteArray(), "content-encoding", "gzip").status().code()).isEqualTo(202);
    assertThat(sink.only().rows()).isEqualTo(2);
  }

  @Test
  void storeThatIsBehind_isNeverAnsweredWithSuccess() {
    sink.answer(new Sink.Written.Throttled(1500, "behind"));
    AggregatedHttpResponse http = post(JaegerMessages.thrift());
    assertThat(http.status().code()).isEqualTo(429);
    assertThat(http.headers().get("retry-after")).isEqualTo("2");
    assertThat(grpc(JaegerMessages.protobuf())).isEqualTo("8");
    sink.answer(new Sink.Written.Unavailable(1000, "the disk is full"));
    assertThat(post(JaegerMessages.thrift()).status().code()).isEqualTo(503);
    assertThat(grpc(JaegerMessages.protobuf())).isEqualTo("14");
  }

  @Test
  void otherFormats_areRefusedByName() {
    assertThat(call(HTTP, "application/json", new byte[] {'{'}).contentUtf8())
        .contains("application/x-thrift");
    assertThat(call(HTTP, "application/json", new byte[] {'{'}).status().code()).isEqualTo(415);
    AggregatedHttpResponse zipkin =
        call("/jaeger/api/traces?format=zipkin.thrift", "application/x-thrift", new byte[1]);
    assertThat(zipkin.status().code()).isEqualTo(400);
    assertThat(zipkin.contentUtf8()).contains("zipkin.thrift");
  }

  @Test
  void spansWithoutIds_areRejectedBesideGoodOnes() {
    ProtoWriter out = new ProtoWriter();
    int batch = out.begin(1);
    int span = out.begin(1);
    out.text(3, "lost");
    out.end(span);
    out.end(batch);
    assertThat(grpc(out.toByteArray())).isEqualTo("3");
    byte[] both = new byte[out.length() + JaegerMessages.protobuf().length];
    System.arraycopy(out.toByteArray(), 0, both, 0, out.length());
    System.arraycopy(JaegerMessages.protobuf(), 0, both, out.length(), both.length - out.length());
    assertThat(grpc(both)).isEqualTo("0");
    assertThat(sink.only().rows()).isEqualTo(2);
    LossCounter.Counts counts = losses.counts().get("jaeger-grpc");
    assertThat(counts.rejectedItems()).containsEntry(LossCounter.ItemReason.INVALID, 1L);
    assertThat(counts.refusedMessages()).containsEntry(LossCounter.Reason.INVALID, 1L);
    assertThat(log)
        .containsExactly("jaeger-grpc: a message was refused: the span 'lost' has no trace id");
  }

  @Test
  void garbage_isInvalid() {
    assertThat(post(new byte[0]).status().code()).isEqualTo(400);
    assertThat(post(new byte[] {15, 0, 2, 12, 0x7f, -1, -1, -1}).contentUtf8())
        .contains("malformed thrift at byte");
    assertThat(grpc(new byte[] {0x0a, 0x7f})).isEqualTo("3");
    byte[] groups = new byte[100_000];
    Arrays.fill(groups, (byte) 0x0b);
    assertThat(grpc(groups)).isEqualTo("3");
    byte[] structs = new byte[300_000];
    for (int i = 0; i < structs.length; i += 3) {
      structs[i] = 12;
    }
    assertThat(post(structs).status().code()).isEqualTo(400);
  }

  /** A span of so many tags, and a bare one behind it. */
  private static byte[] manyTags(int tags) {
    ProtoWriter out = new ProtoWriter();
    int batch = out.begin(1);
    for (int spanId = 3; spanId < 5; spanId++) {
      int span = out.begin(1);
      out.id(1, 1, 2);
      out.id(2, spanId);
      JaegerMessages.time(out, 6, JaegerMessages.START_MICROS);
      for (int i = 0; spanId == 3 && i < tags; i++) {
        int tag = out.begin(8);
        out.text(1, Integer.toString(i, 36));
        out.end(tag);
      }
      out.end(span);
    }
    out.end(batch);
    assertThat(out.length()).isLessThan(4 << 20);
    return out.toByteArray();
  }

  @Test
  void spanOfTooManyTags_isRejectedBesideGoodOnes() {
    BodyMemory wide = new BodyMemory(256 << 20);
    Server own = serve(wide);
    try {
      assertThat(status(own, manyTags(450_000))).isEqualTo("0");
      assertThat(sink.only().rows()).isEqualTo(1);
    } finally {
      own.stop().join();
    }
    assertThat(wide.used()).isZero();
  }

  @Test
  void manySmallTags_areHeldWithinTheMemoryOfBodies() {
    assertThat(grpc(manyTags(300_000))).isEqualTo("8");
    assertThat(sink.batches()).isEmpty();
  }

  @Test
  void sampling_isOfTheService_elseTheDefault() {
    WebClient client = WebClient.of("http://127.0.0.1:" + server.activeLocalPort());
    String strategy =
        "{\"strategyType\":\"PROBABILISTIC\",\"probabilisticSampling\":{\"samplingRate\":";
    assertThat(client.get("/jaeger/sampling?service=cart").aggregate().join().contentUtf8())
        .isEqualTo(strategy + "1.0}}");
    assertThat(client.get("/jaeger/sampling/?service=x").aggregate().join().contentUtf8())
        .isEqualTo(strategy + "0.25}}");
    assertThat(client.get("/jaeger/sampling?service=batch").aggregate().join().contentUtf8())
        .isEqualTo(
            "{\"strategyType\":\"RATE_LIMITING\",\"rateLimitingSampling\":{\"maxTracesPerSecond\":5}}");
    assertThat(client.get("/jaeger/sampling").aggregate().join().status().code()).isEqualTo(400);
  }

  @Test
  void samplingOverGrpc_isOfTheServiceToo() {
    ProtoWriter out = new ProtoWriter();
    out.text(1, "cart");
    AggregatedHttpResponse answer = grpc(server, SAMPLING, out.toByteArray());
    ProtoWriter expected = new ProtoWriter();
    int probabilistic = expected.begin(2);
    expected.fixed64(1, Double.doubleToRawLongBits(1));
    expected.end(probabilistic);
    assertThat(Arrays.copyOfRange(answer.content().array(), 5, answer.content().length()))
        .isEqualTo(expected.toByteArray());
    assertThat(grpc(server, SAMPLING, new byte[] {0x0a, 9}).trailers().get("grpc-status"))
        .isEqualTo("3");
  }

  @Test
  void tooLarge_namesTheSetting() {
    AggregatedHttpResponse answer = post(new byte[(20 << 20) + 1]);
    assertThat(answer.status().code()).isEqualTo(413);
    assertThat(answer.contentUtf8()).contains("ingest.limits.http-body");
  }
}
