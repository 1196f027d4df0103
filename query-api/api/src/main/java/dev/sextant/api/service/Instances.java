package dev.sextant.api.service;

import dev.sextant.api.metric.MetricReader;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds instances by their last sign of life: of resources that send metrics ({@code target_info})
 * and of scraped targets ({@code up}).
 */
final class Instances {
  private static final long MILLI = 1_000_000L;

  /** Two and a half export intervals of a client with default settings. */
  private static final long LATELY_MILLIS = 150_000;

  private final Set<String> services;
  private final Map<String, Map<String, Instance>> found = new TreeMap<>();

  private Instances(Set<String> services) {
    this.services = services;
  }

  /**
   * Instances by service, by id.
   *
   * @param services names that are known otherwise, to find the name in a {@code job}
   */
  static Map<String, List<Instance>> find(
      MetricReader reader, String tenant, TimeRange range, Set<String> services) {
    Instances instances = new Instances(services);
    long from = range.fromNanos() / MILLI;
    long to = range.toNanos() / MILLI;
    for (MetricReader.Seen seen : reader.seen(tenant, "target_info", from, to)) {
      boolean lately = to - seen.lastMillis() <= LATELY_MILLIS;
      instances.add(seen, lately ? Instance.State.UP : Instance.State.VANISHED);
    }
    Map<Labels, Double> up = new HashMap<>();
    reader.instant(tenant, "up", to).forEach(value -> up.put(value.labels(), value.value()));
    for (MetricReader.Seen seen : reader.seen(tenant, "up", from, to)) {
      Double value = up.get(seen.labels());
      instances.add(
          seen,
          value == null
              ? Instance.State.VANISHED
              : value == 0 ? Instance.State.DOWN : Instance.State.UP);
    }
    Map<String, List<Instance>> result = new TreeMap<>();
    instances.found.forEach((service, byId) -> result.put(service, List.copyOf(byId.values())));
    return result;
  }

  private void add(MetricReader.Seen seen, Instance.State state) {
    Labels labels = seen.labels();
    String job = labels.get("job");
    String service = service(job);
    Instance instance =
        new Instance(
            job.substring(0, Math.max(0, job.length() - service.length() - 1)),
            labels.get("instance"),
            state,
            seen.lastMillis(),
            labels.get("service_version"));
    found
        .computeIfAbsent(service, none -> new TreeMap<>())
        .merge(
            instance.id(),
            instance,
            (one, other) -> one.lastSeenMillis() >= other.lastSeenMillis() ? one : other);
  }

  /**
   * The service in a job, which is {@code namespace/name} or {@code name}, and both may contain
   * slashes: the longest end that is known as a service, else what stands behind the last slash.
   * Who names no job names no service, and is shown as of the one that is called unknown.
   */
  private String service(String job) {
    if (job.isEmpty()) {
      return Resource.EMPTY.service();
    }
    String rest = job;
    while (!services.contains(rest) && rest.indexOf('/') >= 0) {
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return rest;
  }
}
