package dev.sextant.traceql.search;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.FoundTrace;
import dev.sextant.traceql.PageToken;
import dev.sextant.traceql.SearchAnswer;
import dev.sextant.traceql.SearchRequest;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.exec.Execution;
import dev.sextant.traceql.exec.LongColumn;
import dev.sextant.traceql.spanset.CompiledPipeline;
import dev.sextant.traceql.spanset.Spanset;
import dev.sextant.traceql.spanset.TraceBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One running search. Keeps the best traces of what it has read and ends when nothing that is still
 * to come can be better. For one thread.
 */
public final class Search {
  private static final Comparator<FoundTrace> WORST_FIRST =
      (a, b) ->
          compare(
              b.startNanos(),
              b.traceHigh(),
              b.traceLow(),
              a.startNanos(),
              a.traceHigh(),
              a.traceLow());

  private final Execution execution;
  private final SearchRequest request;
  private final CompiledPipeline pipeline;
  private final FoundTraces found;
  private final Set<SpanField> fields;
  private final PriorityQueue<FoundTrace> best = new PriorityQueue<>(WORST_FIRST);
  private long matches;
  private long tracesRead;
  private boolean endedEarly;

  public Search(Execution execution, SearchRequest request, Pipeline pipeline) {
    this.execution = execution;
    this.request = request;
    this.pipeline = CompiledPipeline.of(pipeline);
    this.found = new FoundTraces(pipeline, request.spansPerSpanset(), execution);
    this.fields = new HashSet<>(found.fields());
  }

  /** Below 0 where the first stands before the second: it is newer, or its id is less. */
  private static int compare(
      long startA, long highA, long lowA, long startB, long highB, long lowB) {
    if (startA != startB) {
      return Long.compare(startB, startA);
    }
    return highA != highB ? Long.compareUnsigned(highA, highB) : Long.compareUnsigned(lowA, lowB);
  }

  /**
   * @throws TraceQlException where the query fails or passes a limit
   */
  public SearchAnswer run(SpanSource source) {
    PageToken after = request.after();
    long to = after == null ? request.toNanos() : Math.min(request.toNanos(), after.startNanos());
    SpanRequest read =
        new SpanRequest(
            SpanRequest.Unit.TRACES,
            request.fromNanos(),
            to,
            pipeline.needs(),
            fields,
            execution::checkpoint);
    SpanSource.Inspected inspected = source.read(read, this::accept);
    List<FoundTrace> traces = new ArrayList<>(best);
    traces.sort(WORST_FIRST.reversed());
    long before = after == null ? 0 : after.found();
    return new SearchAnswer(
        traces, before + matches, !endedEarly, next(traces, before), tracesRead, inspected);
  }

  private @Nullable PageToken next(List<FoundTrace> traces, long before) {
    if (traces.isEmpty() || (!endedEarly && matches == traces.size())) {
      return null;
    }
    FoundTrace last = traces.getLast();
    return new PageToken(
        last.startNanos(), last.traceHigh(), last.traceLow(), before + traces.size());
  }

  private boolean accept(SpanBatch batch) {
    execution.checkpoint();
    execution.look(batch.rows());
    tracesRead += batch.traces();
    List<Spanset> spansets = pipeline.run(new TraceBatch(batch, execution::checkpoint));
    if (!spansets.isEmpty()) {
      long[] starts = LongColumn.of(batch.column(SpanField.Intrinsic.START), batch.rows());
      FoundTraces.Reader reader = found.reader(batch, starts);
      TraceIds ids = new TraceIds(batch.traceHigh(), batch.traceLow());
      for (int from = 0; from < spansets.size(); ) {
        int to = from + 1;
        while (to < spansets.size() && spansets.get(to).trace() == spansets.get(from).trace()) {
          to++;
        }
        take(batch, starts, ids, reader, spansets.subList(from, to));
        from = to;
      }
    }
    if (request.exactTotal() || best.size() < request.limit()) {
      return true;
    }
    boolean more = best.element().startNanos() <= batch.laterStartNanos();
    endedEarly |= !more && batch.laterStartNanos() > Long.MIN_VALUE;
    return more;
  }

  /** Those of a batch's rows. */
  @SuppressWarnings("ArrayRecordComponent")
  private record TraceIds(long[] high, long[] low) {}

  private void take(
      SpanBatch batch,
      long[] starts,
      TraceIds ids,
      FoundTraces.Reader reader,
      List<Spanset> spansets) {
    int first = batch.traceFrom(spansets.getFirst().trace());
    long start = starts[first];
    long high = ids.high()[first];
    long low = ids.low()[first];
    PageToken after = request.after();
    if (after != null
        && compare(start, high, low, after.startNanos(), after.traceHigh(), after.traceLow())
            <= 0) {
      return;
    }
    matches++;
    if (best.size() == request.limit()) {
      FoundTrace worst = best.element();
      if (compare(start, high, low, worst.startNanos(), worst.traceHigh(), worst.traceLow()) > 0) {
        return;
      }
      found.release(best.remove());
    }
    best.add(reader.trace(spansets));
  }
}
