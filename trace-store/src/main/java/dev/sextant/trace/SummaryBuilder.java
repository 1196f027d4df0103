package dev.sextant.trace;

import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes a {@link TraceSummary} of spans that are added in any order. A span that is added twice,
 * by its id and kind, counts once. For one thread; memory and time grow with the spans, n log n.
 */
public final class SummaryBuilder {
  private final TraceId traceId;
  private final Set<Identity> seen = new HashSet<>();
  private final List<Part> parts = new ArrayList<>();

  private record Identity(long spanId, Span.Kind kind) {}

  private record Part(
      long spanId, long parent, String service, String name, long start, long end, boolean error) {}

  private static final class Sums {
    private int spans;
    private int errors;
    private long selfNanos;
  }

  public SummaryBuilder(TraceId traceId) {
    this.traceId = traceId;
  }

  /**
   * Adds a span.
   *
   * @param parent 0 for a root
   */
  public void add(
      long spanId,
      long parent,
      Span.Kind kind,
      String service,
      String name,
      long startNanos,
      long endNanos,
      Span.Status status) {
    if (seen.add(new Identity(spanId, kind))) {
      boolean error = status == Span.Status.ERROR;
      long end = Math.max(startNanos, endNanos);
      parts.add(new Part(spanId, parent, service, name, startNanos, end, error));
    }
  }

  /**
   * The summary of what was added.
   *
   * @throws IllegalStateException where nothing was
   */
  public TraceSummary build() {
    if (parts.isEmpty()) {
      throw new IllegalStateException("no span of trace " + traceId + " was added");
    }
    Part root = root();
    long start = parts.stream().mapToLong(Part::start).min().orElseThrow();
    long end = parts.stream().mapToLong(Part::end).max().orElseThrow();
    int errors = (int) parts.stream().filter(Part::error).count();
    return new TraceSummary(
        traceId,
        root.service,
        root.name,
        root.parent == 0,
        start,
        end - start,
        parts.size(),
        errors,
        services());
  }

  /** The earliest without a parent, else the earliest. */
  private Part root() {
    @Nullable Part root = null;
    for (Part part : parts) {
      boolean sameKind = root != null && (part.parent == 0) == (root.parent == 0);
      if (root == null
          || (sameKind && part.start < root.start)
          || (!sameKind && part.parent == 0)) {
        root = part;
      }
    }
    if (root == null) {
      throw new IllegalStateException("no span of trace " + traceId + " was added");
    }
    return root;
  }

  private List<TraceSummary.ServicePart> services() {
    Map<Long, List<Part>> children = new HashMap<>();
    for (Part part : parts) {
      if (part.parent != 0 && part.parent != part.spanId) {
        children.computeIfAbsent(part.parent, id -> new ArrayList<>()).add(part);
      }
    }
    children.values().forEach(each -> each.sort(Comparator.comparingLong(Part::start)));
    Map<String, Sums> sums = new HashMap<>();
    for (Part part : parts) {
      Sums sum = sums.computeIfAbsent(part.service, service -> new Sums());
      sum.spans++;
      sum.errors += part.error ? 1 : 0;
      sum.selfNanos += selfNanos(part, children.getOrDefault(part.spanId, List.of()));
    }
    return sums.entrySet().stream()
        .map(
            each ->
                new TraceSummary.ServicePart(
                    each.getKey(),
                    each.getValue().spans,
                    each.getValue().errors,
                    each.getValue().selfNanos))
        .sorted(
            Comparator.comparingLong(TraceSummary.ServicePart::selfNanos)
                .reversed()
                .thenComparing(TraceSummary.ServicePart::service))
        .toList();
  }

  /** A span's time less what its children, which come by start, cover of it. */
  private static long selfNanos(Part part, List<Part> children) {
    long covered = 0;
    long reached = part.start;
    for (Part child : children) {
      long from = Math.max(reached, child.start);
      long to = Math.min(part.end, child.end);
      if (to > from) {
        covered += to - from;
        reached = to;
      }
    }
    return part.end - part.start - covered;
  }
}
