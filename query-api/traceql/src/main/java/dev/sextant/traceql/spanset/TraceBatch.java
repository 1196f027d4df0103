package dev.sextant.traceql.spanset;

import dev.sextant.trace.model.NestedSets;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.traceql.field.BatchColumns;
import org.jspecify.annotations.Nullable;

/** A batch by traces, with what is computed of it once. For one thread. */
public final class TraceBatch {
  private final SpanBatch batch;
  private final BatchColumns columns;
  private @Nullable NestedSets nestedSets;

  /**
   * @param checkpoint run every now and then; throws where the query is to end
   */
  public TraceBatch(SpanBatch batch, Runnable checkpoint) {
    this.batch = batch;
    this.columns = new BatchColumns(batch, checkpoint);
  }

  public SpanBatch spans() {
    return batch;
  }

  /** The batch as expressions see it. */
  public BatchColumns columns() {
    return columns;
  }

  void checkpoint() {
    columns.checkpoint();
  }

  NestedSets nestedSets() {
    NestedSets sets = nestedSets;
    if (sets == null) {
      int[] from = new int[batch.traces() + 1];
      for (int trace = 0; trace < from.length; trace++) {
        from[trace] = batch.traceFrom(trace);
      }
      sets = NestedSets.of(from, batch.parents());
      nestedSets = sets;
    }
    return sets;
  }
}
