package dev.sextant.trace.model;

import java.util.List;
import java.util.Set;

/**
 * Which spans a reader wants.
 *
 * @param unit whether rows come as they lie or trace by trace
 * @param fromNanos since the epoch, inclusive
 * @param toNanos since the epoch, inclusive. By {@link Unit#SPANS}, spans that start between the
 *     two; by {@link Unit#TRACES}, all spans of each trace of which some time lies between the two
 * @param needs what the reader can use: by {@link Unit#SPANS}, spans for which every condition
 *     holds; by {@link Unit#TRACES}, traces with, for each condition, some span for which it holds.
 *     A source may leave out others and need not: the reader checks again
 * @param fields every field that will be asked of the batches
 * @param checkpoint to be run every now and then; throws where the query is called off, out of time
 *     or over a limit. What it throws leaves {@link SpanSource#read} as it is
 */
public record SpanRequest(
    Unit unit,
    long fromNanos,
    long toNanos,
    List<SpanCondition> needs,
    Set<SpanField> fields,
    Runnable checkpoint) {

  /** What a batch is made of. */
  public enum Unit {
    /**
     * Spans in any order; a trace's spans may come in several batches, and a span that was sent
     * twice may come twice.
     */
    SPANS,

    /**
     * Whole traces: all spans that the source holds of a trace, each once, stand together in one
     * batch, and no trace comes twice. Of spans with the same trace id, span id and kind the one
     * that arrived first stands for all. Batches come roughly newest first; {@link
     * SpanBatch#laterStartNanos} says how roughly.
     */
    TRACES
  }

  public SpanRequest {
    needs = List.copyOf(needs);
    fields = Set.copyOf(fields);
  }
}
