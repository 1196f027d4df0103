package dev.sextant.collector.otlp.metrics;

import dev.sextant.metrics.model.Metadata;

/**
 * What a metric's name, unit, description and kind say about its series.
 *
 * @param id a number that no other head has; 0 where it is not remembered
 * @param objection why no point of the metric can be kept, or the empty string
 */
record MetricHead(
    long id, String name, String family, Metadata metadata, boolean counter, String objection) {

  static final MetricHead NONE = new MetricHead(0, "", "", new Metadata("", "", "", ""), false, "");

  static MetricHead of(long id, Metric metric) {
    String family = metric.family();
    String objection = metric.objection();
    if (objection.isEmpty() && family.isEmpty()) {
      objection = "no Prometheus name can be made of metric '" + metric.name() + "'";
    }
    Metadata metadata =
        new Metadata(family, metric.type(), metric.description(), MetricNames.unit(metric.unit()));
    return new MetricHead(id, metric.name(), family, metadata, metric.isCounter(), objection);
  }

  /** Heap that it takes, in bytes, near enough to bound memory by. */
  long bytes() {
    return 300 + 2L * name.length() + 2L * family.length() + metadata.help().length();
  }
}
