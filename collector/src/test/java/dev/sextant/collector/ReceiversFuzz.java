package dev.sextant.collector;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.exposition.Dialect;
import dev.sextant.collector.exposition.ExpositionException;
import dev.sextant.collector.exposition.ExpositionHandler;
import dev.sextant.collector.exposition.ExpositionParser;
import dev.sextant.collector.exposition.Sample;
import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.http.JsonMemory;
import dev.sextant.collector.otlp.LogReceiver;
import dev.sextant.collector.otlp.SignalReceiver;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.otlp.json.OtlpJson;
import dev.sextant.collector.otlp.metrics.MetricReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.collector.remotewrite.RemoteWriteReceiver;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.storage.Batch;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.OtlpLimits;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Bodies with a few bytes changed: every receiver answers with an outcome, never with a defect. */
class ReceiversFuzz {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 2_000_000 : 20_000;
  private static final EventWindow WINDOW =
      new EventWindow(InstantSource.fixed(NOW), Duration.ofDays(1), "retention.test");

  private final Random random = new Random(42);

  /** Accepts everything; millions of batches would fill the heap of one that keeps them. */
  private static <B extends Batch> Sink<B> forgetting() {
    return batch ->
        CompletableFuture.completedFuture(new Sink.Written.Accepted(new Position(0, 0)));
  }

  @Test
  void otlpProtobuf() {
    receive(
        new SpanReceiver(forgetting(), WINDOW, OtlpLimits.DEFAULT),
        Otlp.traces(
                Otlp.span(1, 1, NOW).addAttributes(Otlp.attribute("a", "b")), Otlp.span(1, 2, NOW))
            .toByteArray());
    receive(
        new LogReceiver(forgetting(), WINDOW, OtlpLimits.DEFAULT),
        Otlp.logs(LogRecord.newBuilder().setTimeUnixNano(Otlp.nanos(NOW))).toByteArray());
    receive(
        new MetricReceiver(forgetting(), WINDOW, OtlpLimits.DEFAULT, SeriesLimits.DEFAULT, 1 << 20),
        Otlp.metrics(Otlp.resource("service.name", "shop"), histogram(), exponential())
            .toByteArray());
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

  private static Metric.Builder exponential() {
    Metric.Builder metric = Metric.newBuilder().setName("e");
    metric
        .getExponentialHistogramBuilder()
        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
        .addDataPointsBuilder()
        .setTimeUnixNano(Otlp.nanos(NOW))
        .setScale(9)
        .getPositiveBuilder()
        .setOffset(-3)
        .addBucketCounts(1)
        .addBucketCounts(300);
    return metric;
  }

  private void receive(SignalReceiver receiver, byte[] seed) {
    for (int i = 0; i < ROUNDS; i++) {
      ByteBuffer body = ByteBuffer.wrap(mutated(seed));
      assertThat(receiver.receive("default", body).toCompletableFuture().join()).isNotNull();
    }
  }

  @Test
  void remoteWrite() {
    RemoteWriteReceiver receiver =
        new RemoteWriteReceiver(
            ReceiversFuzz.<MetricsBatch>forgetting(), WINDOW, SeriesLimits.DEFAULT, 1 << 20);
    byte[] seed = {
      0x0a, 34, 0x0a, 14, 0x0a, 8, '_', '_', 'n', 'a', 'm', 'e', '_', '_', 0x12, 2, 'u', 'p', 0x12,
      4, 0x10, 1, 0x10, 2, 0x22, 10, 0x08, 3, 0x5a, 4, 0x08, 2, 0x10, 1, 0x62, 1
    };
    for (int i = 0; i < ROUNDS; i++) {
      ByteBuffer body = ByteBuffer.wrap(mutated(seed));
      assertThat(receiver.receive("default", body).toCompletableFuture().join()).isNotNull();
    }
  }

  @Test
  void otlpJson() {
    byte[] seed =
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"intValue":"5"}}]},
        "scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","kind":2,
        "startTimeUnixNano":"1544712660000000000","flags":1.0}]}]}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < ROUNDS; i++) {
      try (var lease = JsonMemory.lease()) {
        assertThat(
                OtlpJson.toProtobuf(
                    OtlpJson.Request.TRACES, ByteBuffer.wrap(mutated(seed)), 10_000, "s", lease))
            .isNotNull();
      }
    }
  }

  @Test
  void expositions() {
    byte[] seed =
        """
        # TYPE a histogram
        # UNIT a_seconds seconds
        # HELP a He\\\\lp.
        a_bucket{le="1",x="\\"y"} 1 1.5 # {t="u"} 0.5 2
        a_bucket{le="+Inf",x="\\"y"} 2e0 1.5
        a_count{x="\\"y"} 2 1.5
        # EOF
        """
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < ROUNDS; i++) {
      Dialect dialect = i % 2 == 0 ? Dialect.OPENMETRICS : Dialect.TEXT;
      try {
        ExpositionParser.parse(ByteBuffer.wrap(mutated(seed)), dialect, new Ignoring());
      } catch (ExpositionException e) {
        assertThat(e).hasMessageStartingWith("line ");
      }
    }
  }

  private byte[] mutated(byte[] seed) {
    byte[] bytes =
        java.util.Arrays.copyOf(
            seed, random.nextInt(8) == 0 ? random.nextInt(seed.length) : seed.length);
    for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static final class Ignoring implements ExpositionHandler {
    @Override
    public void type(String family, String type) {}

    @Override
    public void help(String family, String help) {}

    @Override
    public void unit(String family, String unit) {}

    @Override
    public void sample(Sample sample) {}
  }
}
