package dev.sextant.api.service;

import static dev.sextant.api.TestApi.NOW_MILLIS;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import java.util.function.LongToDoubleFunction;

/** Series as derivation and receivers write them, with a sample each 15 s up to now. */
public final class DerivedSeries {
  static final long TICK_MILLIS = 15_000;
  private static final String EDGE = "traces_service_graph_request_";
  private static final Labels TARGET = Labels.of("job", "test");

  private final MetricsBatchBuilder batch = new MetricsBatchBuilder("default");

  public MetricsBatch build() {
    return batch.build();
  }

  /** A counter that grows at each tick by what the tick's age gives. */
  private void counter(Labels labels, long sinceMillis, LongToDoubleFunction growth) {
    double value = 0;
    for (long age = sinceMillis; age >= 0; age -= TICK_MILLIS) {
      value += age == sinceMillis ? 0 : growth.applyAsDouble(age);
      batch.add(TARGET, labels, NOW_MILLIS - age, value);
    }
  }

  /**
   * Served calls of one operation.
   *
   * @param okPerTick and {@code failedPerTick}: by age in milliseconds
   */
  public DerivedSeries served(
      String service,
      String operation,
      long sinceMillis,
      LongToDoubleFunction okPerTick,
      LongToDoubleFunction failedPerTick) {
    Labels labels =
        Labels.of(
            "__name__", "traces_spanmetrics_calls_total",
            "service", service,
            "span_name", operation,
            "span_kind", "SPAN_KIND_SERVER",
            "status_code", "STATUS_CODE_UNSET");
    counter(labels, sinceMillis, okPerTick);
    counter(labels.with("status_code", "STATUS_CODE_ERROR"), sinceMillis, failedPerTick);
    return this;
  }

  /** Durations of one operation, all between {@code lower} and {@code upper} seconds. */
  public DerivedSeries durations(
      String service,
      String operation,
      long sinceMillis,
      String lower,
      String upper,
      LongToDoubleFunction perTick) {
    Labels labels =
        Labels.of(
            "__name__",
            "traces_spanmetrics_latency_bucket",
            "service",
            service,
            "span_name",
            operation,
            "span_kind",
            "SPAN_KIND_SERVER",
            "status_code",
            "STATUS_CODE_UNSET",
            // Tells two calls of this method for one operation apart.
            "range",
            lower);
    buckets(labels, sinceMillis, lower, upper, perTick);
    return this;
  }

  private void buckets(
      Labels labels, long sinceMillis, String lower, String upper, LongToDoubleFunction perTick) {
    counter(labels.with("le", lower), sinceMillis, age -> 0);
    counter(labels.with("le", upper), sinceMillis, perTick);
    counter(labels.with("le", "+Inf"), sinceMillis, perTick);
  }

  /** Calls of a client, which nobody serves. */
  DerivedSeries clientSpans(String service) {
    Labels labels =
        Labels.of(
            "__name__", "traces_spanmetrics_calls_total",
            "service", service,
            "span_name", "GET",
            "span_kind", "SPAN_KIND_CLIENT",
            "status_code", "STATUS_CODE_UNSET");
    counter(labels, 3_600_000, age -> 1);
    return this;
  }

  /** An edge of the last two hours, its calls between 0.1 and 0.2 s long to the client. */
  public DerivedSeries edge(
      String client, String server, String type, double perTick, double failedPerTick) {
    return edge(labels(client, server, type), "0.1", "0.2", age -> perTick, age -> failedPerTick);
  }

  DerivedSeries edge(Labels edge, double perTick) {
    return edge(edge, "0.1", "0.2", age -> perTick, age -> 0);
  }

  static Labels labels(String client, String server, String type) {
    return Labels.of("client", client, "server", server, "connection_type", type);
  }

  /**
   * An edge of the last two hours.
   *
   * @param lower and {@code upper}: bounds of the client's durations in seconds, which take 0.05 s
   *     longer than the server's
   * @param perTick and {@code failedPerTick}: by age in milliseconds
   */
  DerivedSeries edge(
      Labels edge,
      String lower,
      String upper,
      LongToDoubleFunction perTick,
      LongToDoubleFunction failedPerTick) {
    long since = 2 * 3_600_000;
    counter(edge.with("__name__", EDGE + "total"), since, perTick);
    counter(edge.with("__name__", EDGE + "failed_total"), since, failedPerTick);
    buckets(edge.with("__name__", EDGE + "client_seconds_bucket"), since, lower, upper, perTick);
    buckets(edge.with("__name__", EDGE + "server_seconds_bucket"), since, "0.05", "0.1", perTick);
    counter(edge.with("__name__", EDGE + "client_seconds_count"), since, perTick);
    counter(edge.with("__name__", EDGE + "server_seconds_count"), since, perTick);
    counter(
        edge.with("__name__", EDGE + "client_seconds_sum"),
        since,
        age -> 0.125 * perTick.applyAsDouble(age));
    counter(
        edge.with("__name__", EDGE + "server_seconds_sum"),
        since,
        age -> 0.075 * perTick.applyAsDouble(age));
    return this;
  }

  /** A gauge's samples from one age to another, both in milliseconds. */
  DerivedSeries gauge(Labels labels, double value, long fromAge, long toAge) {
    for (long age = fromAge; age >= toAge; age -= TICK_MILLIS) {
      batch.add(TARGET, labels, NOW_MILLIS - age, value);
    }
    return this;
  }
}
