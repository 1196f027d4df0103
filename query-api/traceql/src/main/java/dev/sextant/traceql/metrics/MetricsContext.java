package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.exec.Execution;
import org.jspecify.annotations.Nullable;

/** What the parts of one metrics query share. For one thread. */
final class MetricsContext {
  private final Execution execution;
  private final SpanSource source;
  private final TimeGrid grid;
  private final ExemplarSlots exemplars;
  private final int maxSeries;
  private long tracesRead;
  private SpanSource.Inspected inspected = new SpanSource.Inspected(0, 0, 0, 0, true);
  private @Nullable String incomplete;

  MetricsContext(
      Execution execution, SpanSource source, TimeGrid grid, int exemplars, int maxSeries) {
    this.execution = execution;
    this.source = source;
    this.grid = grid;
    this.exemplars = new ExemplarSlots(grid, exemplars);
    this.maxSeries = maxSeries;
  }

  Execution execution() {
    return execution;
  }

  SpanSource source() {
    return source;
  }

  TimeGrid grid() {
    return grid;
  }

  ExemplarSlots exemplars() {
    return exemplars;
  }

  /** Series of the answer. */
  int maxSeries() {
    return maxSeries;
  }

  /** Cells that begin with a number. */
  Cells cells(double empty) {
    return new Cells(execution, grid.count(), empty);
  }

  void read(SpanRequest request, SpanSource.Sink sink) {
    SpanSource.Inspected more = source.read(request, sink);
    inspected =
        new SpanSource.Inspected(
            inspected.spans() + more.spans(),
            inspected.bytes() + more.bytes(),
            inspected.blocks() + more.blocks(),
            inspected.totalBlocks() + more.totalBlocks(),
            inspected.complete() && more.complete());
  }

  void countTraces(int more) {
    tracesRead += more;
  }

  /** How many groups a function may have, whatever stages leave of them. */
  int maxGroups() {
    return execution.limits().maxSeries();
  }

  /** Notes that a function has more groups than it may have. */
  void tooManyGroups() {
    note(
        "there are more than %d series; group by less, or raise traces.query.max-series"
            .formatted(maxGroups()));
  }

  /** Notes that there are more series than the answer may have. */
  void tooManySeries() {
    note(
        "there are more than %d series; group by less, or raise traces.query.max-series or the request's maxSeries"
            .formatted(maxSeries));
  }

  /** Notes that something is missing; the first note is kept. */
  void note(String what) {
    incomplete = incomplete == null ? what : incomplete;
  }

  SpanSource.Inspected inspected() {
    return inspected;
  }

  long tracesRead() {
    return tracesRead;
  }

  @Nullable String incomplete() {
    return incomplete;
  }
}
