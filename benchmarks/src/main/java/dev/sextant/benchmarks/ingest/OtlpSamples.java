package dev.sextant.benchmarks.ingest;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;

/** {@link TargetSamples} as OTLP exports, one target each. */
final class OtlpSamples implements Traffic {
  private final TargetSamples samples = new TargetSamples();

  @Override
  public String path() {
    return "/v1/metrics";
  }

  @Override
  public int rows() {
    return TargetSamples.SERIES;
  }

  @Override
  public byte[] request(long number) {
    ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder();
    for (int series = 0; series < TargetSamples.SERIES; series++) {
      metrics.addMetrics(metric(number, series));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(Otlp.resource(samples.target(number)))
                .addScopeMetrics(metrics))
        .build()
        .toByteArray();
  }

  private Metric metric(long number, int series) {
    NumberDataPoint point =
        NumberDataPoint.newBuilder()
            .setTimeUnixNano(samples.timeMillis(number) * 1_000_000)
            .setAsDouble(samples.value(number, series))
            .addAttributes(Otlp.text("pool", samples.pool(series)))
            .build();
    Metric.Builder metric = Metric.newBuilder().setName(samples.metric(series));
    return samples.counter(series)
        ? metric
            .setSum(
                Sum.newBuilder()
                    .setIsMonotonic(true)
                    .setAggregationTemporality(
                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .addDataPoints(point))
            .build()
        : metric.setGauge(Gauge.newBuilder().addDataPoints(point)).build();
  }
}
