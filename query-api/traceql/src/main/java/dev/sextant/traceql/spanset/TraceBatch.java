package dev.sextant.traceql.spanset;

import dev.sextant.trace.model.NestedSets;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.exec.Execution;
import dev.sextant.traceql.field.BatchColumns;
import org.jspecify.annotations.Nullable;

/**
 * A batch by traces, with what is computed of it once. Spansets of it count as memory of the query
 * until it is closed. For one thread.
 */
public final class TraceBatch implements AutoCloseable {
  private final SpanBatch batch;
  private final BatchColumns columns;
  private final Execution execution;
  private long reserved;
  private @Nullable NestedSets nestedSets;

  public TraceBatch(SpanBatch batch, Execution execution) {
    this.batch = batch;
    this.columns = new BatchColumns(batch, execution);
    this.execution = execution;
  }

  public SpanBatch spans() {
    return batch;
  }

  /** The batch as expressions see it. */
  public BatchColumns columns() {
    return columns;
  }

  void checkpoint() {
    execution.checkpoint();
  }

  /**
   * Counts memory of spansets.
   *
   * @throws TraceQlException.LimitExceeded where it is too much
   */
  void reserve(long bytes) {
    reserved += bytes;
    execution.reserve(bytes);
  }

  @Override
  public void close() {
    execution.release(reserved);
    reserved = 0;
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
