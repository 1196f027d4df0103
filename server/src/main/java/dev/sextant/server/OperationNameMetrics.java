package dev.sextant.server;

import dev.sextant.collector.operation.OperationNames;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;

/** What naming spans by templates of their paths counts. */
final class OperationNameMetrics extends Collector {
  private final Supplier<OperationNames.Counters> names;

  OperationNameMetrics(Supplier<OperationNames.Counters> names) {
    this.names = names;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    OperationNames.Counters counters = names.get();
    return List.of(
        new CounterMetricFamily(
            "sextant_operation_names_renamed_spans",
            "Spans that were named by the template of their path.",
            counters.renamed()),
        new CounterMetricFamily(
            "sextant_operation_names_collapsed_places",
            "Places in services' paths that were found to hold values.",
            counters.collapses()),
        new CounterMetricFamily(
                "sextant_operation_names_unlearned_spans",
                "Spans whose paths were named by their shape alone, since a limit is reached.",
                List.of("limit"))
            .addMetric(List.of("max-paths"), counters.beyondPaths())
            .addMetric(List.of("memory"), counters.beyondMemory()),
        new CounterMetricFamily(
            "sextant_operation_names_batches_too_large",
            "Batches that kept their names, since renaming would have made them too large.",
            counters.tooLarge()),
        new GaugeMetricFamily(
            "sextant_operation_names_bytes",
            "Memory of what is learned and remembered of names.",
            counters.bytes()));
  }
}
