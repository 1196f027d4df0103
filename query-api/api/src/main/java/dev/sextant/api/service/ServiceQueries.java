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
import java.util.Set;
import java.util.TreeSet;

/**
 * The facade's part for services: RED figures from derived metrics, instances by their last sign of
 * life. Thread-safe.
 */
public final class ServiceQueries {
  private static final int POINTS = 40;

  /** A line of fewer points is drawn in narrower steps. */
  private static final int FEW_POINTS = 10;

  private static final long MILLI = 1_000_000L;

  private static final String SERVED = "span_kind=~\"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER\"";
  private static final String FAILED = "status_code=\"STATUS_CODE_ERROR\"";
  private static final String CALLS = "traces_spanmetrics_calls_total";
  private static final String SERVICE = "service";
  private static final String SPAN_NAME = "span_name";
  private static final String BUCKETS = "traces_spanmetrics_latency_bucket";

  private final MetricReader reader;

  /**
   * @param reader that understands {@code anchored}
   */
  public ServiceQueries(MetricReader reader) {
    this.reader = reader;
  }

  /**
   * Every service heard of in the range, worst first, then by name; with all requests over six
   * times the range.
   */
  public Services services(Access access, TimeRange range) {
    return new Services(rows(access, range), overview(access, range));
  }

  /** Every service heard of in the range, worst first, then by name. */
  List<ServiceRow> rows(Access access, TimeRange range) {
    access.require(Role.VIEWER);
    Steps steps = Steps.of(range, POINTS);
    CallFigures now = figures(access, steps, List.of(SERVICE), "");
    CallFigures before = figures(access, earlier(steps), List.of(SERVICE), "");
    TreeSet<String> names = traced(access, range);
    Map<String, List<Instance>> instances = Instances.find(reader, access.tenant(), range, names);
    names.addAll(instances.keySet());
    List<ServiceRow> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(row(name, now, before, instances.getOrDefault(name, List.of())));
    }
    rows.sort(Comparator.comparing(ServiceRow::health).thenComparing(ServiceRow::name));
    return rows;
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

  /** Services with a span in the range, of whatever kind. */
  private TreeSet<String> traced(Access access, TimeRange range) {
    TreeSet<String> names = new TreeSet<>();
    reader
        .seen(access.tenant(), CALLS, range.fromNanos() / MILLI, range.toNanos() / MILLI)
        .forEach(seen -> names.add(seen.labels().get(SERVICE)));
    names.remove("");
    return names;
  }

  private Overview overview(Access access, TimeRange range) {
    long length = Math.min(range.toNanos() - range.fromNanos(), range.toNanos() / 6);
    TimeRange wide = new TimeRange(range.toNanos() - 6 * length, range.toNanos());
    CallFigures all = figures(access, Steps.of(wide, 3 * POINTS), List.of(), "");
    return new Overview(all.rate(Labels.EMPTY), all.failedRate(Labels.EMPTY));
  }

  /** One service with its operations; empty where nothing was heard of it in the range. */
  public Optional<ServiceDetail> service(Access access, TimeRange range, String name) {
    access.require(Role.VIEWER);
    String only = ", service=" + quote(name);
    Steps steps = Steps.of(range, POINTS);
    CallFigures now = figures(access, steps, List.of(SERVICE), only);
    CallFigures before = figures(access, earlier(steps), List.of(SERVICE), only);
    Set<String> traced = traced(access, range);
    List<Instance> instances =
        Instances.find(reader, access.tenant(), range, traced).getOrDefault(name, List.of());
    if (!traced.contains(name) && instances.isEmpty()) {
      return Optional.empty();
    }
    CallFigures operations = figures(access, steps, List.of(SPAN_NAME), only);
    List<Operation> list = new ArrayList<>();
    operations
        .keys()
        .forEach(key -> list.add(new Operation(key.get(SPAN_NAME), operations.red(key))));
    list.sort(
        Comparator.comparingDouble((Operation it) -> -it.red().rate())
            .thenComparing(Operation::name));
    ServiceRow row = row(name, now, before, instances);
    return Optional.of(new ServiceDetail(young(access, steps, row, now, only), list));
  }

  /** A service of which there is data for few steps only: its lines in narrower ones. */
  private ServiceRow young(
      Access access, Steps steps, ServiceRow row, CallFigures now, String only) {
    Labels key = Labels.of(SERVICE, row.name());
    Steps finer = steps.finer();
    long covered = now.covered(key);
    if (covered == 0 || covered >= FEW_POINTS || finer.stepMillis() >= steps.stepMillis()) {
      return row;
    }
    CallFigures lines = figures(access, finer, List.of(SERVICE), only);
    return lines.covered(key) <= covered
        ? row
        : row.withLines(lines.rate(key), lines.errors(key), lines.p95(key));
  }

  /** A service and its operations, most called first. */
  public record ServiceDetail(ServiceRow row, List<Operation> operations) {
    public ServiceDetail {
      operations = List.copyOf(operations);
    }
  }

  public record Operation(String name, Red red) {}

  private static ServiceRow row(
      String name, CallFigures now, CallFigures before, List<Instance> instances) {
    Labels key = Labels.of(SERVICE, name);
    Red red = now.red(key);
    List<Problem> problems = Problems.find(red, before.red(key), now.errors(key), now.p95(key));
    Instance newest =
        instances.stream().max(Comparator.comparingLong(Instance::lastSeenMillis)).orElse(null);
    return new ServiceRow(
        name,
        newest == null ? "" : newest.namespace(),
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

  private CallFigures figures(Access access, Steps steps, List<String> by, String more) {
    return CallFigures.ask(
        reader,
        access.tenant(),
        steps,
        new CallFigures.Question(
            CALLS + "{" + SERVED + more + "}",
            CALLS + "{" + SERVED + ", " + FAILED + more + "}",
            BUCKETS + "{" + SERVED + more + "}",
            by));
  }

  private static Steps earlier(Steps steps) {
    long length = steps.endMillis() - steps.startMillis() + steps.stepMillis();
    return new Steps(steps.startMillis() - length, steps.endMillis() - length, steps.stepMillis());
  }

  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
