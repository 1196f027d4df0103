package dev.sextant.collector.otlp.metrics;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.MetricsBatch.TargetSamples;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.storage.otlp.OtlpLimits;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricReceiverTest {
  private static final long T = Otlp.nanos(NOW);
  private static final long START = T - 60_000_000_000L;
  private static final AggregationTemporality CUMULATIVE =
      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  private static final Resource SHOP =
      Otlp.resource(
          "service.name",
          "cart",
          "service.namespace",
          "shop",
          "service.instance.id",
          "i1",
          "host.name",
          "h");

  private final RecordingSink<MetricsBatch> sink = new RecordingSink<>();
  private final MetricReceiver receiver =
      new MetricReceiver(
          sink,
          new EventWindow(InstantSource.fixed(NOW), Duration.ofDays(1), "retention.test"),
          OtlpLimits.DEFAULT,
          new SeriesLimits(10, 100, 20),
          1 << 20);

  @Test
  void counter_hasTotalStartTimeTargetAndMetadata() {
    assertThat(receive(SHOP, counter("http.requests", 5))).isEqualTo(Outcome.ACCEPTED);
    MetricsBatch batch = sink.only();
    TargetSamples target = batch.targets().getFirst();
    assertThat(target.target()).isEqualTo(Labels.of("job", "shop/cart", "instance", "i1"));
    SeriesSamples series = series("http_requests_total");
    assertThat(series.labels())
        .isEqualTo(
            Labels.of(
                "__name__",
                "http_requests_total",
                "job",
                "shop/cart",
                "instance",
                "i1",
                "http_method",
                "GET"));
    assertThat(series.values()).containsExactly(5);
    assertThat(series.startTimestamps()).containsExactly(START / 1_000_000);
    assertThat(batch.metadata())
        .contains(new Metadata("http_requests_total", "counter", "Requests.", ""));
  }

  @Test
  void resourceAttributes_standOnTargetInfoOnly() {
    receive(SHOP, counter("c", 1));
    SeriesSamples info = series("target_info");
    assertThat(info.labels())
        .isEqualTo(
            Labels.of(
                "__name__", "target_info", "job", "shop/cart", "instance", "i1", "host_name", "h"));
    assertThat(info.values()).containsExactly(1);
    assertThat(info.startTimestamps()).isNull();
  }

  @Test
  void gaugesAndStaleness() {
    Metric.Builder gauge =
        Metric.newBuilder()
            .setName("temp")
            .setUnit("Cel")
            .setGauge(
                Gauge.newBuilder()
                    .addDataPoints(
                        NumberDataPoint.newBuilder().setTimeUnixNano(T - 1_000_000).setAsInt(-3))
                    .addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(T).setFlags(1)));
    receive(SHOP, gauge);
    double[] values = series("temp_celsius").values();
    assertThat(values[0]).isEqualTo(-3);
    assertThat(Double.doubleToRawLongBits(values[1])).isEqualTo(NativeHistogram.STALE_BITS);
  }

  @Test
  void explicitHistogram_becomesCumulativeBuckets() {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setTimeUnixNano(T)
            .setStartTimeUnixNano(START)
            .setCount(6)
            .setSum(3.5)
            .addAllExplicitBounds(List.of(0.005, 10.0))
            .addAllBucketCounts(List.of(1L, 2L, 3L))
            .addExemplars(
                io.opentelemetry.proto.metrics.v1.Exemplar.newBuilder()
                    .setTimeUnixNano(T)
                    .setAsDouble(7)
                    .setTraceId(Otlp.id(16, 1))
                    .setSpanId(Otlp.id(8, 2)));
    receive(
        SHOP,
        Metric.newBuilder()
            .setName("latency")
            .setUnit("s")
            .setHistogram(
                Histogram.newBuilder().setAggregationTemporality(CUMULATIVE).addDataPoints(point)));
    Map<String, Double> buckets = new LinkedHashMap<>();
    for (SeriesSamples each : all()) {
      if (each.labels().metricName().equals("latency_seconds_bucket")) {
        buckets.put(each.labels().get("le"), each.values()[0]);
      }
    }
    assertThat(buckets)
        .containsExactly(Map.entry("0.005", 1.0), Map.entry("10", 3.0), Map.entry("+Inf", 6.0));
    assertThat(series("latency_seconds_sum").values()).containsExactly(3.5);
    assertThat(series("latency_seconds_count").values()).containsExactly(6);
    List<Exemplar> exemplars =
        all().stream()
            .filter(s -> s.labels().get("le").equals("10"))
            .findFirst()
            .orElseThrow()
            .exemplars();
    assertThat(exemplars)
        .containsExactly(
            new Exemplar(
                Labels.of("trace_id", "0".repeat(31) + "1", "span_id", "0".repeat(15) + "2"),
                7,
                NOW.toEpochMilli()));
  }

  @Test
  void exponentialHistogram_becomesNative() {
    receive(SHOP, exponential(3, -2, 1, 0, 0, 0, 4));
    NativeHistogram histogram = series("size").histograms()[0];
    assertThat(histogram.schema()).isEqualTo(3);
    assertThat(histogram.positiveSpans()).containsExactly(-1, 1, 3, 1);
    assertThat(histogram.positiveCounts()).containsExactly(1, 4);
    assertThat(histogram.negativeCounts()).containsExactly(2);
    assertThat(histogram.count()).isEqualTo(8);
    assertThat(histogram.zeroThreshold()).isEqualTo(1e-128);
  }

  @Test
  void finerScales_areMergedDownToSchema8() {
    receive(SHOP, exponential(10, 0, 1, 1, 1, 1, 1));
    NativeHistogram histogram = series("size").histograms()[0];
    assertThat(histogram.schema()).isEqualTo(8);
    assertThat(histogram.positiveSpans()).containsExactly(1, 2);
    assertThat(histogram.positiveCounts()).containsExactly(4, 1);
  }

  @Test
  void coarserScales_areRejected() {
    assertThat(receive(SHOP, exponential(-5, 0, 1), counter("good", 1)))
        .isEqualTo(
            new Outcome.Partial(
                1,
                "a data point of metric size is rejected: its scale -5 is below -4, the coarsest"
                    + " there is"));
    assertThat(series("good_total")).isNotNull();
  }

  @Test
  void summary_hasQuantiles() {
    SummaryDataPoint.Builder point =
        SummaryDataPoint.newBuilder()
            .setTimeUnixNano(T)
            .setCount(4)
            .setSum(8)
            .addQuantileValues(
                SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(3));
    receive(
        SHOP,
        Metric.newBuilder().setName("rpc").setSummary(Summary.newBuilder().addDataPoints(point)));
    assertThat(series("rpc").labels().get("quantile")).isEqualTo("0.99");
    assertThat(series("rpc_sum").values()).containsExactly(8);
    assertThat(series("rpc_count").values()).containsExactly(4);
  }

  @Test
  void delta_isRejectedByPointWithTheWayOut() {
    Metric.Builder delta =
        Metric.newBuilder()
            .setName("d")
            .setSum(
                Sum.newBuilder()
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                    .addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(T))
                    .addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(T)));
    Outcome outcome = receive(SHOP, delta, counter("good", 1));
    assertThat(outcome).isInstanceOf(Outcome.Partial.class);
    assertThat(((Outcome.Partial) outcome).rejected()).isEqualTo(2);
    assertThat(((Outcome.Partial) outcome).message()).contains("delta", "TEMPORALITY_PREFERENCE");
    assertThat(series("good_total")).isNotNull();
  }

  @Test
  void pointsBeyondABound_areRejectedAlone() {
    NumberDataPoint.Builder old = NumberDataPoint.newBuilder().setTimeUnixNano(1);
    NumberDataPoint.Builder wide = NumberDataPoint.newBuilder().setTimeUnixNano(T);
    for (int i = 0; i < 11; i++) {
      wide.addAttributes(Otlp.attribute("a" + i, "x"));
    }
    NumberDataPoint.Builder longValue =
        NumberDataPoint.newBuilder()
            .setTimeUnixNano(T)
            .addAttributes(Otlp.attribute("a", "x".repeat(101)));
    NumberDataPoint.Builder good = NumberDataPoint.newBuilder().setTimeUnixNano(T).setAsInt(1);
    Gauge.Builder gauge =
        Gauge.newBuilder()
            .addDataPoints(old)
            .addDataPoints(wide)
            .addDataPoints(longValue)
            .addDataPoints(good);
    Outcome outcome = receive(SHOP, Metric.newBuilder().setName("g").setGauge(gauge));
    assertThat(((Outcome.Partial) outcome).rejected()).isEqualTo(3);
    assertThat(series("g").values()).containsExactly(1);
  }

  @Test
  void brokenHistograms_areRejected() {
    Histogram.Builder histogram = Histogram.newBuilder().setAggregationTemporality(CUMULATIVE);
    histogram.addDataPointsBuilder().setTimeUnixNano(T).addExplicitBounds(1).addBucketCounts(1);
    histogram
        .addDataPointsBuilder()
        .setTimeUnixNano(T)
        .addAllExplicitBounds(List.of(2.0, 1.0))
        .addAllBucketCounts(List.of(1L, 1L, 1L));
    Outcome outcome = receive(SHOP, Metric.newBuilder().setName("h").setHistogram(histogram));
    assertThat(((Outcome.Partial) outcome).rejected()).isEqualTo(2);
    assertThat(sink.batches()).isEmpty();
  }

  @Test
  void keysThatBecomeOneLabel_joinTheirValues() {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .setTimeUnixNano(T)
            .addAttributes(Otlp.attribute("a.b", "1"))
            .addAttributes(Otlp.attribute("a_b", "2"))
            .addAttributes(Otlp.attribute("job", "mine"));
    receive(
        SHOP, Metric.newBuilder().setName("g").setGauge(Gauge.newBuilder().addDataPoints(point)));
    assertThat(series("g").labels().get("a_b")).isEqualTo("1;2");
    assertThat(series("g").labels().get("job")).isEqualTo("shop/cart");
  }

  private static Metric.Builder counter(String name, long value) {
    return Metric.newBuilder()
        .setName(name)
        .setDescription("Requests.")
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(CUMULATIVE)
                .addDataPoints(
                    NumberDataPoint.newBuilder()
                        .setStartTimeUnixNano(START)
                        .setTimeUnixNano(T)
                        .setAsInt(value)
                        .addAttributes(Otlp.attribute("http.method", "GET"))));
  }

  private static Metric.Builder exponential(int scale, int offset, long... counts) {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .setTimeUnixNano(T)
            .setStartTimeUnixNano(START)
            .setScale(scale)
            .setZeroCount(1)
            .setCount(8)
            .setSum(9);
    point.getPositiveBuilder().setOffset(offset);
    for (long count : counts) {
      point.getPositiveBuilder().addBucketCounts(count);
    }
    point.getNegativeBuilder().setOffset(5).addBucketCounts(2);
    return Metric.newBuilder()
        .setName("size")
        .setExponentialHistogram(
            ExponentialHistogram.newBuilder()
                .setAggregationTemporality(CUMULATIVE)
                .addDataPoints(point));
  }

  private Outcome receive(Resource resource, Metric.Builder... metrics) {
    ByteBuffer request = ByteBuffer.wrap(Otlp.metrics(resource, metrics).toByteArray());
    return receiver.receive("default", request).toCompletableFuture().join();
  }

  private List<SeriesSamples> all() {
    return sink.only().targets().stream().flatMap(t -> t.series().stream()).toList();
  }

  private SeriesSamples series(String name) {
    return all().stream()
        .filter(s -> s.labels().metricName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
