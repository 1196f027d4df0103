package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.RowCursor;
import dev.sextant.storage.otlp.Slice;

/**
 * One request's way into series. Metrics have the same envelope as spans and log records, so the
 * same cursor walks them: its rows are metrics. Resources, metrics and series whose bytes are known
 * are not decoded again. For one request.
 */
final class MetricMapping {
  private static final Metadata TARGET_INFO =
      new Metadata("target_info", "gauge", "Target metadata", "");

  private final MetricsBatchBuilder batch;
  private final SeriesLimits limits;
  private final Rejections rejections = new Rejections();
  private final KnownMetrics known;
  private final KnownBytes.Probe probe = new KnownBytes.Probe();
  private final RowCursor rows;
  private final ProtoReader reader;
  private final Metric metric;
  private final PointSink points;

  MetricMapping(
      Slice request,
      MetricsBatchBuilder batch,
      EventWindow window,
      OtlpLimits nesting,
      SeriesLimits limits,
      KnownMetrics known) {
    this.batch = batch;
    this.limits = limits;
    this.known = known;
    this.rows = new RowCursor(request, nesting);
    this.reader = rows.reader();
    this.metric = new Metric(rows.reader());
    this.points = new PointSink(batch, window, limits, rejections, known, rows.reader());
  }

  Rejections rejections() {
    return rejections;
  }

  void map() {
    int ordinal = -1;
    ResourceLabels resource = ResourceLabels.NONE;
    while (rows.next()) {
      if (rows.resourceOrdinal() != ordinal) {
        targetInfo(resource);
        ordinal = rows.resourceOrdinal();
        resource = resource();
        points.resource(resource);
      }
      metric();
    }
    targetInfo(resource);
  }

  private ResourceLabels resource() {
    Slice bytes = rows.resourceBytes();
    probe.set(bytes.bytes(), bytes.from(), bytes.to());
    ResourceLabels found = known.resources.find(probe);
    if (found != null) {
      return found;
    }
    ResourceLabels made = ResourceLabels.of(known.nextId(), rows.resource().attributes(), limits);
    ResourceLabels kept = known.resources.put(probe, made, made.bytes());
    return kept == null ? made.unknown() : kept;
  }

  private MetricHead head() {
    if (!metric.textsInARow()) {
      return MetricHead.of(0, metric.decode());
    }
    probe.set(rows.bytes(), metric.messageFrom(), metric.textsTo()).within(metric.traits(), 0, 0);
    MetricHead found = known.heads.find(probe);
    if (found != null) {
      return found;
    }
    MetricHead made = MetricHead.of(known.nextId(), metric.decode());
    MetricHead kept = known.heads.put(probe, made, made.bytes());
    return kept == null ? MetricHead.of(0, metric) : kept;
  }

  private void targetInfo(ResourceLabels resource) {
    if (resource.info().size() > 0 && points.newestMillis() > 0) {
      batch.add(resource.target(), resource.info(), points.newestMillis(), 1);
      batch.metadata(TARGET_INFO);
    }
  }

  private void metric() {
    metric.read(rows.rowFrom(), rows.rowTo());
    MetricHead head = head();
    points.metric(head);
    reader.reset(metric.from(), metric.to());
    int before = batch.samples();
    while (reader.next()) {
      if (reader.field() != 1) {
        reader.skip();
      } else if (!head.objection().isEmpty()) {
        reader.skip();
        rejections.add(head.objection());
      } else {
        point(head);
      }
    }
    if (batch.samples() > before) {
      batch.metadata(head.metadata());
    }
  }

  private void point(MetricHead head) {
    int outer = reader.enter();
    switch (metric.kind()) {
      case Metric.HISTOGRAM -> new HistogramPoint().read(reader).write(points);
      case Metric.EXPONENTIAL -> new ExponentialPoint().read(reader).write(points);
      case Metric.SUMMARY -> new SummaryPoint().read(reader).write(points);
      default -> new NumberPoint(head.counter()).read(reader).write(points);
    }
    reader.leave(outer);
  }
}
