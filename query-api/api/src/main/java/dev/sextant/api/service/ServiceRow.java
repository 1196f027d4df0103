package dev.sextant.api.service;

import java.util.List;

/**
 * A service over a range of time.
 *
 * @param namespace the newest instance's; empty where unknown
 * @param version the newest instance's; empty where unknown
 * @param lastSeenMillis 0 where unknown
 */
public record ServiceRow(
    String name,
    String namespace,
    Health health,
    List<Problem> problems,
    Red red,
    Sparkline rateSeries,
    Sparkline errorSeries,
    Sparkline p95Series,
    List<Instance> instances,
    String version,
    long lastSeenMillis) {
  public ServiceRow {
    problems = List.copyOf(problems);
    instances = List.copyOf(instances);
  }

  ServiceRow withLines(Sparkline rate, Sparkline errors, Sparkline p95) {
    return new ServiceRow(
        name,
        namespace,
        health,
        problems,
        red,
        rate,
        errors,
        p95,
        instances,
        version,
        lastSeenMillis);
  }

  long count(Instance.State state) {
    return instances.stream().filter(it -> it.state() == state).count();
  }
}
