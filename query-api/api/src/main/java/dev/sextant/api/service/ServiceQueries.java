package dev.sextant.api.service;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.metric.MetricReader;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The facade's part for services: RED figures from derived metrics, instances by their last sign of
 * life. Thread-safe.
 */
public final class ServiceQueries {
  private static final int POINTS = 40;
  private static final long MILLI = 1_000_000L;

  /** Two and a half export intervals of a client with default settings. */
  private static final long LATELY_MILLIS = 150_000;

  private static final String SERVED = "span_kind=~\"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER\"";
  private static final String FAILED = "status_code=\"STATUS_CODE_ERROR\"";
  private static final String CALLS = "traces_spanmetrics_calls_total";
  private static final String BUCKETS = "traces_spanmetrics_latency_bucket";

  private final MetricReader reader;

  public ServiceQueries(MetricReader reader) {
    this.reader = reader;
  }

  /**
   * Every service heard of in the range, worst first, then by name; with all requests over six
   * times the range.
   */
  public Services services(Access access, TimeRange range) {
    access.require(Role.VIEWER);
    Steps steps = Steps.of(range, POINTS);
    CallFigures now = figures(access, steps, "service", "");
    CallFigures before = figures(access, earlier(steps), "service", "");
    Map<String, List<Instance>> instances = instances(access, range);
    TreeSet<String> names = new TreeSet<>(now.keys());
    names.addAll(instances.keySet());
    reader
        .seen(access.tenant(), CALLS, range.fromNanos() / MILLI, range.toNanos() / MILLI)
        .forEach(seen -> names.add(seen.labels().get("service")));
    names.remove("");
    List<ServiceRow> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(row(name, name, now, before, instances.getOrDefault(name, List.of())));
    }
    rows.sort(Comparator.comparing(ServiceRow::health).thenComparing(ServiceRow::name));
    return new Services(rows, overview(access, range));
  }

  /**
   * All services of a range.
   *
   * @param requests of all services per second over six times the range up to its end, and {@code
   *     errors} of them
   */
  public record Services(List<ServiceRow> rows, Overview overview) {
    public Services {
      rows = List.copyOf(rows);
    }
  }

  public record Overview(Sparkline requests, Sparkline errors) {}

  private Overview overview(Access access, TimeRange range) {
    long length = range.toNanos() - range.fromNanos();
    TimeRange wide = new TimeRange(Math.max(0, range.toNanos() - 6 * length), range.toNanos());
    CallFigures all = figures(access, Steps.of(wide, 3 * POINTS), "", "");
    return new Overview(all.rate(""), all.failedRate(""));
  }

  /** One service with its operations; empty where nothing was heard of it in the range. */
  public Optional<ServiceDetail> service(Access access, TimeRange range, String name) {
    access.require(Role.VIEWER);
    String only = ", service=" + quote(name);
    Steps steps = Steps.of(range, POINTS);
    CallFigures now = figures(access, steps, "service", only);
    CallFigures before = figures(access, earlier(steps), "service", only);
    List<Instance> instances = instances(access, range).getOrDefault(name, List.of());
    if (now.keys().isEmpty() && instances.isEmpty()) {
      return Optional.empty();
    }
    CallFigures operations = figures(access, steps, "span_name", only);
    List<Operation> list = new ArrayList<>();
    operations.keys().forEach(key -> list.add(new Operation(key, operations.red(key))));
    list.sort(
        Comparator.comparingDouble((Operation it) -> -it.red().rate())
            .thenComparing(Operation::name));
    return Optional.of(new ServiceDetail(row(name, name, now, before, instances), list));
  }

  /** A service and its operations, most called first. */
  public record ServiceDetail(ServiceRow row, List<Operation> operations) {
    public ServiceDetail {
      operations = List.copyOf(operations);
    }
  }

  public record Operation(String name, Red red) {}

  private static ServiceRow row(
      String name, String key, CallFigures now, CallFigures before, List<Instance> instances) {
    Red red = now.red(key);
    List<Problem> problems = Problems.find(red, before.red(key), now.errors(key), now.p95(key));
    Instance newest =
        instances.stream().max(Comparator.comparingLong(Instance::lastSeenMillis)).orElse(null);
    return new ServiceRow(
        name,
        Problems.health(problems, red),
        problems,
        red,
        now.rate(key),
        now.errors(key),
        now.p95(key),
        instances,
        newest == null ? "" : newest.version(),
        newest == null ? 0 : newest.lastSeenMillis());
  }

  private CallFigures figures(Access access, Steps steps, String by, String more) {
    return CallFigures.ask(
        reader,
        access.tenant(),
        steps,
        new CallFigures.Question(
            CALLS + "{" + SERVED + more + "}",
            CALLS + "{" + SERVED + ", " + FAILED + more + "}",
            BUCKETS + "{" + SERVED + more + "}",
            by,
            labels -> labels.get(by)));
  }

  private static Steps earlier(Steps steps) {
    long length = steps.endMillis() - steps.startMillis() + steps.stepMillis();
    return new Steps(steps.startMillis() - length, steps.endMillis() - length, steps.stepMillis());
  }

  /** Instances by service: from resources that send metrics, and from scraped targets. */
  private Map<String, List<Instance>> instances(Access access, TimeRange range) {
    long from = range.fromNanos() / MILLI;
    long to = range.toNanos() / MILLI;
    Map<String, Map<String, Instance>> found = new TreeMap<>();
    for (MetricReader.Seen seen : reader.seen(access.tenant(), "target_info", from, to)) {
      add(
          found,
          seen,
          to - seen.lastMillis() <= LATELY_MILLIS ? Instance.State.UP : Instance.State.VANISHED);
    }
    Map<Labels, Double> up = new java.util.HashMap<>();
    reader
        .instant(access.tenant(), "up", to)
        .forEach(value -> up.put(value.labels(), value.value()));
    for (MetricReader.Seen seen : reader.seen(access.tenant(), "up", from, to)) {
      Double value = up.get(seen.labels());
      add(
          found,
          seen,
          value == null
              ? Instance.State.VANISHED
              : value == 0 ? Instance.State.DOWN : Instance.State.UP);
    }
    Map<String, List<Instance>> result = new TreeMap<>();
    found.forEach((service, byId) -> result.put(service, List.copyOf(byId.values())));
    return result;
  }

  private static void add(
      Map<String, Map<String, Instance>> found, MetricReader.Seen seen, Instance.State state) {
    String job = seen.labels().get("job");
    String service = job.substring(job.lastIndexOf('/') + 1);
    String id = seen.labels().get("instance");
    Instance instance =
        new Instance(id, state, seen.lastMillis(), seen.labels().get("service_version"));
    found
        .computeIfAbsent(service, none -> new TreeMap<>())
        .merge(
            id,
            instance,
            (one, other) -> one.lastSeenMillis() >= other.lastSeenMillis() ? one : other);
  }

  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
