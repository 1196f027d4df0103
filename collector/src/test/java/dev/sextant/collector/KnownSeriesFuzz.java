package dev.sextant.collector;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.collector.otlp.metrics.MetricReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.collector.remotewrite.RemoteWriteReceiver;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.storage.otlp.OtlpLimits;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that remember what bytes meant answer and write as those that never met them. */
class KnownSeriesFuzz {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 500_000 : 5_000;
  private static final EventWindow WINDOW =
      new EventWindow(InstantSource.fixed(NOW), Duration.ofDays(1), "retention.test");

  private final Random random = new Random(7);
  private final RecordingSink<MetricsBatch> written = new RecordingSink<>();

  private interface Receiver {
    CompletionStage<Outcome> receive(String tenant, ByteBuffer body);
  }

  @ParameterizedTest
  @ValueSource(longs = {6_000, 1 << 20})
  void otlp(long known) {
    byte[] seed =
        Otlp.metrics(
                Otlp.resource("service.name", "shop", "host.name", "h"),
                histogram(),
                gauge("pool.size", "a"),
                gauge("pool.size", "b"),
                gauge("other", "a"))
            .toByteArray();
    run(sink -> otlp(sink, known), sink -> otlp(sink, 0), seed);
  }

  private static Receiver otlp(RecordingSink<MetricsBatch> sink, long known) {
    return new MetricReceiver(sink, WINDOW, OtlpLimits.DEFAULT, SeriesLimits.DEFAULT, known)
        ::receive;
  }

  @ParameterizedTest
  @ValueSource(longs = {3_000, 1 << 20})
  void remoteWrite(long known) throws IOException {
    byte[] seed = message(1, series("up", "a"), series("up", "b"), series("down", "a"));
    run(sink -> remoteWrite(sink, known), sink -> remoteWrite(sink, 0), seed);
  }

  private static Receiver remoteWrite(RecordingSink<MetricsBatch> sink, long known) {
    return new RemoteWriteReceiver(sink, WINDOW, SeriesLimits.DEFAULT, known)::receive;
  }

  private void run(
      Function<RecordingSink<MetricsBatch>, Receiver> remembering,
      Function<RecordingSink<MetricsBatch>, Receiver> forgetful,
      byte[] seed) {
    Receiver subject = remembering.apply(written);
    RecordingSink<MetricsBatch> expected = new RecordingSink<>();
    Receiver reference = forgetful.apply(expected);
    int taken = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] body = mutated(seed);
      written.reset();
      expected.reset();
      assertThat(outcome(subject, body)).isEqualTo(outcome(reference, body));
      assertThat(payloads(written)).isEqualTo(payloads(expected));
      taken += written.batches().size();
    }
    assertThat(taken).isGreaterThan(ROUNDS / 4);
  }

  private static Outcome outcome(Receiver receiver, byte[] body) {
    return receiver.receive("default", ByteBuffer.wrap(body)).toCompletableFuture().join();
  }

  private static List<ByteBuffer> payloads(RecordingSink<MetricsBatch> sink) {
    return sink.batches().stream().map(MetricsBatch::payload).toList();
  }

  /** Half of them as they are, the others with a byte or two changed. */
  private byte[] mutated(byte[] seed) {
    byte[] body = seed.clone();
    if (random.nextBoolean()) {
      for (int i = random.nextInt(2); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
    }
    return body;
  }

  private static Metric.Builder histogram() {
    Metric.Builder metric = Metric.newBuilder().setName("h").setUnit("s");
    metric
        .getHistogramBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPointsBuilder()
        .setTimeUnixNano(Otlp.nanos(NOW))
        .setCount(3)
        .setSum(1)
        .addExplicitBounds(1)
        .addBucketCounts(1)
        .addBucketCounts(2);
    return metric;
  }

  private static Metric.Builder gauge(String name, String pool) {
    Metric.Builder metric = Metric.newBuilder().setName(name).setUnit("{threads}");
    metric
        .getGaugeBuilder()
        .addDataPointsBuilder()
        .setTimeUnixNano(Otlp.nanos(NOW))
        .setAsInt(5)
        .addAttributes(Otlp.attribute("pool.name", pool))
        .addAttributes(Otlp.attribute("kind", "x"));
    return metric;
  }

  private static byte[] series(String name, String job) throws IOException {
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    CodedOutputStream fields = CodedOutputStream.newInstance(sample);
    fields.writeDouble(1, 5);
    fields.writeInt64(2, NOW.toEpochMilli());
    fields.flush();
    return join(
        message(1, join(text(1, "__name__"), text(2, name))),
        message(1, join(text(1, "job"), text(2, job))),
        message(2, sample.toByteArray()));
  }

  private static byte[] text(int field, String value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(field, value);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] message(int field, byte[]... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (byte[] value : values) {
      out.writeByteArray(field, value);
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
