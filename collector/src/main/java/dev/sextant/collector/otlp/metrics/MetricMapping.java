package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.RowCursor;
import java.nio.ByteBuffer;

/**
 * One request's way into series. Metrics have the same envelope as spans and log records, so the
 * same cursor walks them: its rows are metrics. For one request.
 */
final class MetricMapping {
  private final MetricsBatchBuilder batch;
  private final EventWindow window;
  private final SeriesLimits limits;
  private final Rejections rejections = new Rejections();

  MetricMapping(MetricsBatchBuilder batch, EventWindow window, SeriesLimits limits) {
    this.batch = batch;
    this.window = window;
    this.limits = limits;
  }

  Rejections rejections() {
    return rejections;
  }

  void map(ByteBuffer request, OtlpLimits nesting) {
    RowCursor metrics = new RowCursor(request, nesting);
    ProtoReader reader = metrics.reader();
    int resource = -1;
    ResourceLabels labels = new ResourceLabels(Labels.EMPTY, Labels.EMPTY);
    PointSink points = new PointSink(batch, window, limits, rejections);
    while (metrics.next()) {
      if (metrics.resourceOrdinal() != resource) {
        targetInfo(labels, points);
        resource = metrics.resourceOrdinal();
        labels = ResourceLabels.of(metrics.resource().attributes());
        points.resource(labels.target(), limits.objection(labels.info().toMap()));
      }
      reader.reset(metrics.rowFrom(), metrics.rowTo());
      metric(Metric.read(reader), reader, points);
    }
    targetInfo(labels, points);
  }

  private void targetInfo(ResourceLabels labels, PointSink points) {
    if (labels.info().size() > 0 && points.newestMillis() > 0) {
      batch.add(labels.target(), labels.info(), points.newestMillis(), 1);
      batch.metadata(new Metadata("target_info", "gauge", "Target metadata", ""));
    }
  }

  private void metric(Metric metric, ProtoReader reader, PointSink points) {
    String objection = metric.objection();
    String family = metric.family();
    if (objection.isEmpty() && family.isEmpty()) {
      objection = "no Prometheus name can be made of metric '" + metric.name() + "'";
    }
    reader.reset(metric.from(), metric.to());
    int before = batch.samples();
    points.metric(metric.name(), family);
    while (reader.next()) {
      if (reader.field() != 1) {
        reader.skip();
      } else if (!objection.isEmpty()) {
        reader.skip();
        rejections.add(objection);
      } else {
        point(metric, reader, points);
      }
    }
    if (batch.samples() > before) {
      batch.metadata(
          new Metadata(
              family, metric.type(), metric.description(), MetricNames.unit(metric.unit())));
    }
  }

  private static void point(Metric metric, ProtoReader reader, PointSink points) {
    int outer = reader.enter();
    switch (metric.kind()) {
      case Metric.HISTOGRAM -> new HistogramPoint().read(reader).write(points);
      case Metric.EXPONENTIAL -> new ExponentialPoint().read(reader).write(points);
      case Metric.SUMMARY -> new SummaryPoint().read(reader).write(points);
      default -> new NumberPoint(metric.isCounter()).read(reader).write(points);
    }
    reader.leave(outer);
  }
}
