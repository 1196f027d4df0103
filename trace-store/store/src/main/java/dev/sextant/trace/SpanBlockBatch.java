package dev.sextant.trace;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;

/** A block's rows as they lie. */
record SpanBlockBatch(SpanBlock block) implements SpanBatch {
  @Override
  public int rows() {
    return block.rows();
  }

  @Override
  public SpanColumn column(SpanField field) {
    return block.column(field);
  }

  @Override
  public long[] traceHigh() {
    return block.traceHigh();
  }

  @Override
  public long[] traceLow() {
    return block.traceLow();
  }

  @Override
  public long[] spanIds() {
    return block.spanIds();
  }

  @Override
  public int traces() {
    return 0;
  }

  @Override
  public int traceFrom(int trace) {
    throw new IllegalStateException("a batch by spans has no traces");
  }

  @Override
  public int[] parents() {
    throw new IllegalStateException("a batch by spans has no parents");
  }

  @Override
  public long laterStartNanos() {
    return Long.MAX_VALUE;
  }
}
