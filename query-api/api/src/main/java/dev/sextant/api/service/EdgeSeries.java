package dev.sextant.api.service;

import dev.sextant.api.metric.MetricReader;
import dev.sextant.metrics.model.Labels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks for the figures of every edge that derivation, or Tempo's metrics generator, wrote. */
final class EdgeSeries {
  static final String CLIENT = "client";
  static final String SERVER = "server";
  static final String TYPE = "connection_type";
  static final String CLIENT_TYPE = "client_type";
  static final String SERVER_TYPE = "server_type";
  static final String SYSTEM = "system";
  static final String QUEUE = "queue";

  private static final String PREFIX = "traces_service_graph_request_";
  private static final List<String> BY =
      List.of(CLIENT, SERVER, TYPE, CLIENT_TYPE, SERVER_TYPE, SYSTEM, QUEUE);

  private final MetricReader reader;
  private final String tenant;
  private final Steps steps;
  private final Map<Labels, EdgeFigures> found = new TreeMap<>();

  private EdgeSeries(MetricReader reader, String tenant, Steps steps) {
    this.reader = reader;
    this.tenant = tenant;
    this.steps = steps;
  }

  /** Figures by the labels of an edge, sorted. */
  static Map<Labels, EdgeFigures> ask(MetricReader reader, String tenant, Steps steps) {
    EdgeSeries series = new EdgeSeries(reader, tenant, steps);
    for (MetricReader.Row row : series.rows("total")) {
      series.of(row.labels()).callsOf(row);
    }
    for (MetricReader.Row row : series.rows("failed_total")) {
      series.of(row.labels()).failedOf(row);
    }
    for (String side : List.of(CLIENT, SERVER)) {
      series.durations(side);
    }
    return series.found;
  }

  /** Calls and failed calls of all edges, per step. */
  static EdgeFigures all(MetricReader reader, String tenant, Steps steps) {
    EdgeFigures all = new EdgeFigures(steps);
    EdgeSeries series = new EdgeSeries(reader, tenant, steps);
    series.range("sum (" + increase("total", steps.step()) + ")").forEach(all::callsOf);
    series.range("sum (" + increase("failed_total", steps.step()) + ")").forEach(all::failedOf);
    return all;
  }

  private void durations(String side) {
    for (MetricReader.Value value : whole(side + "_seconds_bucket", ", le")) {
      Labels edge = value.labels().without("le");
      Durations durations = side(edge, side);
      durations.bucket(value.labels().get("le"), value.value());
    }
    whole(side + "_seconds_sum", "")
        .forEach(value -> side(value.labels(), side).sum(value.value()));
    whole(side + "_seconds_count", "")
        .forEach(value -> side(value.labels(), side).count(value.value()));
  }

  private Durations side(Labels edge, String side) {
    return side.equals(CLIENT) ? of(edge).client : of(edge).server;
  }

  private EdgeFigures of(Labels edge) {
    return found.computeIfAbsent(edge, none -> new EdgeFigures(steps));
  }

  private List<MetricReader.Row> rows(String metric) {
    return range(by("") + increase(metric, steps.step()) + ")");
  }

  private List<MetricReader.Row> range(String expression) {
    return reader.range(
        tenant, expression, steps.startMillis(), steps.endMillis(), steps.stepMillis());
  }

  private List<MetricReader.Value> whole(String metric, String more) {
    String expression = by(more) + increase(metric, steps.range()) + ")";
    return reader.instant(tenant, expression, steps.endMillis());
  }

  private static String by(String more) {
    return "sum by (" + String.join(", ", BY) + more + ") (";
  }

  /**
   * From the last value before a window to the last in it: windows that follow one another miss no
   * call and count none twice, where an extrapolated increase loses what came between their
   * samples.
   */
  private static String increase(String metric, String window) {
    return "increase(" + PREFIX + metric + "[" + window + "] anchored)";
  }
}
