package dev.sextant.trace;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;

/** The traces of a trace-major block, all of them. */
record TraceBlockBatch(SpanBlock block, long laterStartNanos) implements SpanBatch {
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
    return block.traces();
  }

  @Override
  public int traceFrom(int trace) {
    return block.traceFrom(trace);
  }

  @Override
  public int[] parents() {
    return block.parents();
  }
}
