package dev.sextant.traceql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trace that matches.
 *
 * @param rootService null where no root has arrived or it names none
 * @param rootName null where no root has arrived
 * @param startNanos since the epoch, of its first span
 * @param durationNanos from its first start to its last end
 * @param spansets at least one
 * @param services spans by service, of the whole trace; under an empty name those without one
 */
public record FoundTrace(
    long traceHigh,
    long traceLow,
    @Nullable String rootService,
    @Nullable String rootName,
    long startNanos,
    long durationNanos,
    List<Spanset> spansets,
    Map<String, Service> services) {
  public FoundTrace {
    spansets = List.copyOf(spansets);
    services = Map.copyOf(services);
  }

  /**
   * Spans that belong together.
   *
   * @param matched how many there are
   * @param spans the first of them by start
   * @param attributes those of {@code by} and aggregates, such as {@code by(name)} and {@code
   *     count()}, in the order in which the query made them
   */
  public record Spanset(long matched, List<Span> spans, List<NamedValue> attributes) {
    public Spanset {
      spans = List.copyOf(spans);
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * A span that matches.
   *
   * @param name null where the query does not mention it
   * @param attributes those that the query mentions and the span has, in the order in which it
   *     does, without scope in their names; never name, durations, root names and ids
   */
  public record Span(
      long spanId,
      @Nullable String name,
      long startNanos,
      long durationNanos,
      List<NamedValue> attributes) {
    public Span {
      attributes = List.copyOf(attributes);
    }
  }

  /** A service's part of the trace. */
  public record Service(int spans, int errors) {}
}
