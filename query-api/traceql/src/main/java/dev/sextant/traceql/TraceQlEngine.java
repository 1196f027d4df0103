package dev.sextant.traceql;

import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.exec.Execution;
import dev.sextant.traceql.metrics.MetricsRun;
import dev.sextant.traceql.metrics.TimeGrid;
import dev.sextant.traceql.search.Search;
import dev.sextant.traceql.spanset.CompiledPipeline;
import java.util.function.LongSupplier;

/**
 * Evaluates TraceQL over any {@link SpanSource}. Immutable and thread-safe: a query runs on the
 * thread that asks, and any number may run at once. {@link dev.sextant.traceql.parse.TraceQlParser}
 * makes queries of text.
 *
 * <p>Every method throws {@link TraceQlException}; a failing source's own exceptions pass through.
 */
public final class TraceQlEngine {
  private final QueryLimits limits;
  private final LongSupplier nanoTime;

  public TraceQlEngine(QueryLimits limits) {
    this(limits, System::nanoTime);
  }

  /**
   * @param nanoTime a monotonic clock in nanoseconds, by which time limits are kept
   */
  public TraceQlEngine(QueryLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  public QueryLimits limits() {
    return limits;
  }

  /** The same engine with other limits. */
  public TraceQlEngine withLimits(QueryLimits value) {
    return new TraceQlEngine(value, nanoTime);
  }

  /** Searches traces. */
  public SearchAnswer search(SpanSource source, SearchRequest request, Cancellation cancellation) {
    if (!(request.query().body() instanceof Query.Body.Search search)) {
      throw new TraceQlException.BadData(
          "a metrics query gives series; a search takes a query without metrics function");
    }
    if (request.limit() < 1 || request.spansPerSpanset() < 0) {
      throw new TraceQlException.BadData(
          "a search's limit must be at least 1 and its spans per spanset at least 0, not %d and %d"
              .formatted(request.limit(), request.spansPerSpanset()));
    }
    if (request.limit() > limits.maxTraces()) {
      throw new TraceQlException.LimitExceeded(
          "limit %d exceeds traces.query.max-traces (%d)"
              .formatted(request.limit(), limits.maxTraces()));
    }
    return new Search(execution(cancellation), request, search.pipeline()).run(source);
  }

  /** Evaluates a metrics query at every step of a range. */
  public MetricsAnswer queryRange(
      SpanSource source, RangeRequest request, Cancellation cancellation) {
    return new MetricsRun(
            execution(cancellation),
            source,
            request.query(),
            TimeGrid.of(request, limits),
            request.exemplars(),
            maxSeries(request.maxSeries()))
        .run();
  }

  /** Evaluates a metrics query over a range as a whole. */
  public MetricsAnswer queryInstant(
      SpanSource source, InstantRequest request, Cancellation cancellation) {
    return new MetricsRun(
            execution(cancellation),
            source,
            request.query(),
            TimeGrid.of(request),
            0,
            maxSeries(request.maxSeries()))
        .run();
  }

  private int maxSeries(int asked) {
    return asked > 0 ? Math.min(asked, limits.maxSeries()) : limits.maxSeries();
  }

  /** The step of a range request that names none, in nanoseconds: about a 240th of the range. */
  public static long defaultStepNanos(long startNanos, long endNanos) {
    return TimeGrid.defaultStep(startNanos, endNanos);
  }

  /**
   * What holds for every span that a pipeline leaves, and perhaps for others, as sources understand
   * it: what narrows the values of {@link SpanSource#values}.
   *
   * @throws TraceQlException.BadData where it holds a regular expression that is too large
   */
  public static SpanCondition condition(Pipeline pipeline) {
    return CompiledPipeline.of(pipeline).need();
  }

  private Execution execution(Cancellation cancellation) {
    return new Execution(limits, cancellation, nanoTime);
  }
}
