package dev.sextant.benchmarks.ingest;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.List;
import java.util.stream.IntStream;

/** {@link TargetSamples} as OTLP exports, one target each. */
final class OtlpSamples implements Traffic {
  /** Of a point's time before its value: eight bytes and the tag between them. */
  private static final int TIME_BEFORE_VALUE = 9;

  private final TargetSamples samples = new TargetSamples();
  private final List<Template> templates =
      IntStream.range(0, TargetSamples.TARGETS).mapToObj(this::template).toList();

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
    Template template = templates.get(samples.target(number));
    long nanos = samples.timeMillis(number) * 1_000_000;
    byte[] request = template.copy();
    for (int series = 0; series < TargetSamples.SERIES; series++) {
      int at = template.valueAt(series);
      Template.fixed64(request, at - TIME_BEFORE_VALUE, nanos);
      double value = samples.value(number, series);
      Template.fixed64(request, at, Double.doubleToRawLongBits(value));
    }
    return request;
  }

  private Template template(int target) {
    ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder();
    for (int series = 0; series < TargetSamples.SERIES; series++) {
      metrics.addMetrics(metric(series));
    }
    byte[] request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .setResource(Otlp.resource(target))
                    .addScopeMetrics(metrics))
            .build()
            .toByteArray();
    return new Template(request, TargetSamples.SERIES);
  }

  private Metric metric(int series) {
    NumberDataPoint point =
        NumberDataPoint.newBuilder()
            .setTimeUnixNano(1)
            .setAsDouble(Template.VALUE)
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
