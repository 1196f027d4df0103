package dev.sextant.api.trace;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.CurrentCancellation;
import dev.sextant.api.access.Role;
import dev.sextant.trace.Span;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.Cancellation;
import dev.sextant.traceql.FoundTrace;
import dev.sextant.traceql.InstantRequest;
import dev.sextant.traceql.MetricsAnswer;
import dev.sextant.traceql.RangeRequest;
import dev.sextant.traceql.SearchAnswer;
import dev.sextant.traceql.SearchRequest;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.exec.Execution;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The facade's part for questions about columns of spans: authorises, then asks the engine or the
 * source. Thread-safe; times in nanoseconds since the epoch, inclusive.
 */
public final class TraceQlQueries {
  private final TraceQlEngine engine;
  private final Function<String, SpanSource> sources;

  /**
   * @param sources a tenant's spans
   */
  public TraceQlQueries(TraceQlEngine engine, Function<String, SpanSource> sources) {
    this.engine = engine;
    this.sources = sources;
  }

  /** Traces that match, newest first. */
  public SearchAnswer search(Access access, SearchRequest request) {
    return engine.search(source(access), request, cancellation());
  }

  /** Series over time of the spans that a metrics query counts. */
  public MetricsAnswer range(Access access, RangeRequest request) {
    return engine.queryRange(source(access), request, cancellation());
  }

  /** One number for each series of a metrics query. */
  public MetricsAnswer instant(Access access, InstantRequest request) {
    return engine.queryInstant(source(access), request, cancellation());
  }

  /**
   * The rows of those spans of one trace that a search for it would return.
   *
   * @param query of which no part needs other spans than these
   */
  public Set<Long> matching(Access access, List<Span> spans, Query query) {
    access.require(Role.VIEWER);
    if (spans.isEmpty()) {
      return Set.of();
    }
    SpanSource source = new MemorySpanSource(spans.stream().map(PlainSpans::of).toList());
    SearchRequest request =
        SearchRequest.of(query, Long.MIN_VALUE, Long.MAX_VALUE, 1, spans.size());
    Set<List<Long>> matched = new HashSet<>();
    for (FoundTrace trace : engine.search(source, request, cancellation()).traces()) {
      for (FoundTrace.Spanset spanset : trace.spansets()) {
        spanset
            .spans()
            .forEach(
                span ->
                    matched.add(List.of(span.spanId(), span.startNanos(), span.durationNanos())));
      }
    }
    return spans.stream()
        .filter(
            span ->
                matched.contains(List.of(span.spanId(), span.startNanos(), span.durationNanos())))
        .map(Span::row)
        .collect(Collectors.toSet());
  }

  /** Takes those rows of a batch that were asked for, at least one. */
  @FunctionalInterface
  public interface RowSink {
    void accept(SpanBatch batch, RowSet rows);
  }

  /**
   * Gives the sink the spans that were asked for, batch by batch, within the engine's limits.
   *
   * @return what was looked at
   * @throws dev.sextant.traceql.TraceQlException where a limit is reached, time is over or nobody
   *     wants the answer
   */
  public SpanSource.Inspected read(Access access, SpanSelection selection, RowSink sink) {
    Execution execution = new Execution(engine.limits(), cancellation(), System::nanoTime);
    CompiledCondition condition = CompiledCondition.of(selection.condition());
    return source(access)
        .read(
            selection.request(execution::checkpoint),
            batch -> {
              execution.checkpoint();
              execution.look(batch.rows());
              RowSet rows = condition.rows(batch::column, batch.rows());
              if (!rows.isEmpty()) {
                sink.accept(batch, rows);
              }
              return true;
            });
  }

  private static Cancellation cancellation() {
    return CurrentCancellation.current()::getAsBoolean;
  }

  /**
   * The attributes that spans have for which a condition holds, in order of scope and key.
   *
   * @param limit of all scopes together
   */
  public List<SpanField.Attribute> attributes(
      Access access,
      long fromNanos,
      long toNanos,
      Set<SpanField.Scope> scopes,
      SpanCondition condition,
      int limit) {
    return tags(access, fromNanos, toNanos, condition).attributes(scopes, limit);
  }

  /**
   * The distinct values that some fields have together, by type and value, among spans for which a
   * condition holds.
   */
  public List<SpanValue> values(
      Access access,
      long fromNanos,
      long toNanos,
      List<SpanField> fields,
      SpanCondition condition,
      int limit) {
    return tags(access, fromNanos, toNanos, condition).values(fields, limit);
  }

  private SpanTags tags(Access access, long fromNanos, long toNanos, SpanCondition condition) {
    return new SpanTags(source(access), fromNanos, toNanos, condition, checkpoint());
  }

  /**
   * For work beside the engine's: throws its exceptions where the running request is called off or
   * the time that a query may take has passed since this call.
   */
  public Runnable checkpoint() {
    return new Execution(engine.limits(), cancellation(), System::nanoTime)::checkpoint;
  }

  private SpanSource source(Access access) {
    access.require(Role.VIEWER);
    return sources.apply(access.tenant());
  }
}
