package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import org.jspecify.annotations.Nullable;

/** Takes the data points of one request: checks what all kinds share, and adds their samples. */
final class PointSink {
  private final MetricsBatchBuilder batch;
  private final EventWindow window;
  private final SeriesLimits limits;
  private final Rejections rejections;
  private Labels target = Labels.EMPTY;
  private @Nullable String resourceObjection;
  private String metric = "";
  private String family = "";
  private long newestMillis;

  PointSink(
      MetricsBatchBuilder batch, EventWindow window, SeriesLimits limits, Rejections rejections) {
    this.batch = batch;
    this.window = window;
    this.limits = limits;
    this.rejections = rejections;
  }

  void resource(Labels newTarget, @Nullable String objection) {
    target = newTarget;
    resourceObjection = objection;
    newestMillis = 0;
  }

  void metric(String name, String newFamily) {
    metric = name;
    family = newFamily;
  }

  /** Of the resource's samples so far, in milliseconds since the epoch; 0 before the first. */
  long newestMillis() {
    return newestMillis;
  }

  SeriesLimits limits() {
    return limits;
  }

  /** Whether the point at hand may be kept; where not, it counts as rejected. */
  boolean accepts(Point point, @Nullable String objection) {
    String why = objection;
    if (why == null) {
      why =
          resourceObjection == null
              ? point.labels.objection(limits)
              : "its resource: " + resourceObjection;
    }
    if (why == null) {
      why = window.objection(point.timeMillis());
    }
    if (why != null) {
      rejections.add("a data point of metric " + metric + " is rejected: " + why);
      return false;
    }
    newestMillis = Math.max(newestMillis, point.timeMillis());
    return true;
  }

  /** The labels of {@code family + suffix}, with one more label where {@code extra} is one. */
  Labels series(Point point, String suffix, String extra, String extraValue) {
    return point.labels.series(target, family + suffix, extra, extraValue);
  }

  void sample(Point point, Labels series, double value, boolean counts) {
    batch.add(target, series, point.timeMillis(), value, counts ? point.startMillis() : 0);
  }

  void histogram(Point point, Labels series, NativeHistogram histogram) {
    batch.add(target, series, point.timeMillis(), histogram, point.startMillis());
  }

  void exemplar(Labels series, Exemplar exemplar) {
    if (window.objection(exemplar.timestampMillis()) == null) {
      batch.exemplar(target, series, exemplar);
    }
  }
}
