package dev.sextant.trace;

import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField.Intrinsic;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A stored block of spans in order of arrival. */
final class ArrivalSpanBlock extends StoredSpanBlock {
  private long @Nullable [] traceHigh;
  private long @Nullable [] traceLow;
  private long @Nullable [] parentIds;

  ArrivalSpanBlock(StoredSpanTables tables) {
    super(tables);
  }

  @Override
  SpanColumn ofTrace(Intrinsic field) {
    return SpanColumn.ABSENT;
  }

  @Override
  public long[] traceHigh() {
    long[] known = traceHigh;
    if (known == null) {
      known = ofTraces(SpanTables.Trace.HIGH);
      traceHigh = known;
    }
    return known;
  }

  @Override
  public long[] traceLow() {
    long[] known = traceLow;
    if (known == null) {
      known = ofTraces(SpanTables.Trace.LOW);
      traceLow = known;
    }
    return known;
  }

  /** Gives the key of each of its traces. */
  void traceKeys(LongConsumer taken) {
    long[] high = tables.traces.numbers(tables.traces.field(SpanTables.Trace.HIGH));
    long[] low = tables.traces.numbers(tables.traces.field(SpanTables.Trace.LOW));
    for (int i = 0; i < tables.traces.rows(); i++) {
      taken.accept(SpanKeys.ofTrace(high[i], low[i]));
    }
  }

  private long[] ofTraces(int field) {
    long[] ofTraces = tables.traces.numbers(tables.traces.field(field));
    long[] traces = numbers(SpanTables.Span.TRACE);
    long[] values = new long[rows()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ofTraces[(int) traces[i]];
    }
    return values;
  }

  @Override
  public long[] parentIds() {
    long[] known = parentIds;
    if (known == null) {
      known = optional(SpanTables.Span.PARENT_ID);
      parentIds = known;
    }
    return known;
  }

  @Override
  public long[] starts() {
    return numbers(SpanTables.Span.START);
  }

  @Override
  public long[] rowNumbers() {
    return numbers(SpanTables.Span.ROW);
  }

  @Override
  public boolean mightContainTrace(long high, long low) {
    return tables.mightContainTrace(high, low);
  }

  @Override
  public int traces() {
    return 0;
  }

  @Override
  public int traceFrom(int trace) {
    throw new IllegalStateException("a block in order of arrival has no traces");
  }

  @Override
  public int[] parents() {
    throw new IllegalStateException("a block in order of arrival has no parents");
  }
}
