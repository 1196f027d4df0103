package dev.sextant.api.service;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.metric.MetricReader;
import dev.sextant.storage.TimeRange;
import java.util.List;

/**
 * The facade's part for the service graph, from the metrics that derivation writes for each edge.
 * Thread-safe.
 */
public final class TopologyQueries {
  /** The most edges that an answer may hold. */
  public static final int MAX_EDGES = 10_000;

  private static final int POINTS = 40;
  private static final int TIMELINE_POINTS = 120;

  private final MetricReader reader;
  private final ServiceQueries services;

  /**
   * @param reader that understands {@code anchored}
   */
  public TopologyQueries(MetricReader reader, ServiceQueries services) {
    this.reader = reader;
    this.services = services;
  }

  /**
   * The graph of a range: every service heard of, and every edge with a call in it.
   *
   * @param maxEdges beyond, the least busy ones are left out
   */
  public Topology topology(Access access, TimeRange range, int maxEdges) {
    access.require(Role.VIEWER);
    Steps steps = Steps.of(range, POINTS);
    List<ServiceRow> known = services.rows(access, range);
    return new TopologyGraph(steps, known)
        .build(EdgeSeries.ask(reader, access.tenant(), steps), maxEdges);
  }

  /**
   * What differs between two ranges; their lengths may differ, as rates are per second.
   *
   * @param base what the other range is compared with
   * @param maxEdges beyond, edges are left out: those that are the same first
   */
  public TopologyDifference difference(
      Access access,
      TimeRange range,
      TimeRange base,
      TopologyDifference.Thresholds thresholds,
      int maxEdges) {
    Topology now = topology(access, range, Integer.MAX_VALUE);
    Topology before = topology(access, base, Integer.MAX_VALUE);
    return TopologyDifference.of(now, before, thresholds).busiest(maxEdges);
  }

  /**
   * Calls and failed calls per second over all edges.
   *
   * @param requests and {@code errors}: at the same steps, about 120 of them
   */
  public record Timeline(Sparkline requests, Sparkline errors) {}

  public Timeline timeline(Access access, TimeRange range) {
    access.require(Role.VIEWER);
    Steps steps = Steps.of(range, TIMELINE_POINTS);
    EdgeFigures all = EdgeSeries.all(reader, access.tenant(), steps);
    return new Timeline(
        new Sparkline(steps.startMillis(), steps.stepMillis(), all.rates()),
        new Sparkline(steps.startMillis(), steps.stepMillis(), all.failedRates()));
  }
}
