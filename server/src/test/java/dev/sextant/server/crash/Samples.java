package dev.sextant.server.crash;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;

/** Each batch has a few samples, a millisecond apart, of each of its client's series. */
final class Samples implements Content {
  static final String METRIC = "crash_gauge";
  static final int SERIES = 20;
  static final int POINTS = 20;

  @Override
  public String path() {
    return "/v1/metrics";
  }

  @Override
  public int rows() {
    return SERIES * POINTS;
  }

  static double value(Batch batch, int series, int point) {
    return batch.number() * 1000.0 + series * 10 + point;
  }

  @Override
  public byte[] body(Batch batch) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (int series = 0; series < SERIES; series++) {
      for (int point = 0; point < POINTS; point++) {
        gauge.addDataPoints(
            NumberDataPoint.newBuilder()
                .setTimeUnixNano((batch.timeMillis() + point) * 1_000_000)
                .setAsDouble(value(batch, series, point))
                .addAttributes(Spans.attribute("series", Integer.toString(series))));
      }
    }
    Resource resource =
        Spans.resource("crash-samples").toBuilder()
            .addAttributes(Spans.attribute("service.instance.id", Integer.toString(batch.client())))
            .build();
    Metric metric = Metric.newBuilder().setName(METRIC).setGauge(gauge).build();
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(resource)
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build()
        .toByteArray();
  }
}
