package dev.sextant.trace;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.TraceStructure;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Batches of spans that a store gives as objects. */
public final class DecodedSpans {
  private DecodedSpans() {}

  /** A batch by spans. */
  public static SpanBatch batch(List<Span> spans) {
    return new SpanBlockBatch(new DecodedBlock(spans));
  }

  /**
   * A batch of whole traces; null where no trace is left of which some time lies between the two.
   *
   * @param spans all that there is of each trace; of repeated ones the one with the lowest row
   *     stands for all
   * @param laterStartNanos as {@link SpanBatch#laterStartNanos}
   */
  public static @Nullable SpanBatch traces(
      List<Span> spans, long fromNanos, long toNanos, long laterStartNanos) {
    SpanBlock block = new DecodedBlock(spans);
    GatheredRows rows = new GatheredRows();
    rows.add(0, block, IntStream.range(0, spans.size()).toArray(), spans.size());
    rows = rows.byArrival();
    TraceStructure structure = GatheredTraces.structure(rows, fromNanos, toNanos);
    return structure.traces() == 0
        ? null
        : new GatheredTraces(rows, structure, Map.of(0, block), laterStartNanos);
  }
}
