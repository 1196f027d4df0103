package dev.sextant.api.metric;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.CurrentCancellation;
import dev.sextant.api.access.Role;
import dev.sextant.metrics.MetricsStore;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.Cancellation;
import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromQuery;
import java.util.List;
import java.util.Map;

/**
 * The facade's part for metrics: authorises, then asks the engine or the store. Thread-safe; times
 * in milliseconds.
 */
public final class MetricQueries {
  private final PromEngine engine;
  private final MetricsStore store;

  public MetricQueries(PromEngine engine, MetricsStore store) {
    this.engine = engine;
    this.store = store;
  }

  /** An engine to parse with and to take limits and options from. */
  public PromEngine engine() {
    return engine;
  }

  /**
   * Evaluates at one time.
   *
   * @param with the engine with this request's own limits and options
   */
  public PromAnswer instant(Access access, PromEngine with, PromQuery query, long timeMillis) {
    return with.query(source(access), query, timeMillis, cancellation());
  }

  /** Evaluates at start, start + step, … up to the end. */
  public PromAnswer range(
      Access access,
      PromEngine with,
      PromQuery query,
      long startMillis,
      long endMillis,
      long stepMillis) {
    return with.queryRange(
        source(access), query, startMillis, endMillis, stepMillis, cancellation());
  }

  private static Cancellation cancellation() {
    return CurrentCancellation.current()::getAsBoolean;
  }

  public List<Labels> series(
      Access access, long from, long to, List<List<Matcher>> matchers, int limit) {
    return source(access).series(from, to, matchers, limit);
  }

  public List<String> labelNames(
      Access access, long from, long to, List<List<Matcher>> matchers, int limit) {
    return source(access).labelNames(from, to, matchers, limit);
  }

  public List<String> labelValues(
      Access access, String name, long from, long to, List<List<Matcher>> matchers, int limit) {
    return source(access).labelValues(name, from, to, matchers, limit);
  }

  public Map<Labels, List<Exemplar>> exemplars(
      Access access, long from, long to, List<List<Matcher>> matchers) {
    return source(access).exemplars(from, to, matchers);
  }

  public Map<String, List<Metadata>> metadata(Access access, String family, int limit) {
    return source(access).metadata(family, limit);
  }

  private SeriesSource source(Access access) {
    access.require(Role.VIEWER);
    return store.query(access.tenant());
  }
}
