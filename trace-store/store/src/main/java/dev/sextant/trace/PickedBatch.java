package dev.sextant.trace;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Some rows of one block: any, or some of its traces. */
final class PickedBatch implements SpanBatch {
  private final SpanBlock block;
  private final int[] rows;
  private final int[] traceFrom;
  private final int[] parents;
  private final long laterStartNanos;
  private final Map<SpanField, SpanColumn> columns = new HashMap<>();

  private PickedBatch(
      SpanBlock block, int[] rows, int[] traceFrom, int[] parents, long laterStartNanos) {
    this.block = block;
    this.rows = rows;
    this.traceFrom = traceFrom;
    this.parents = parents;
    this.laterStartNanos = laterStartNanos;
  }

  /**
   * Rows of a block, by spans.
   *
   * @param rows ascending
   */
  static SpanBatch ofRows(SpanBlock block, int[] rows) {
    return new PickedBatch(block, rows, new int[1], new int[0], Long.MAX_VALUE);
  }

  /**
   * Traces of a trace-major block.
   *
   * @param traces numbers of its traces, ascending
   */
  static SpanBatch ofTraces(SpanBlock block, int[] traces, long laterStartNanos) {
    int[] from = new int[traces.length + 1];
    for (int i = 0; i < traces.length; i++) {
      from[i + 1] = from[i] + block.traceFrom(traces[i] + 1) - block.traceFrom(traces[i]);
    }
    int[] rows = new int[from[traces.length]];
    int[] parents = new int[rows.length];
    int[] all = block.parents();
    for (int i = 0; i < traces.length; i++) {
      int shift = block.traceFrom(traces[i]) - from[i];
      for (int row = from[i]; row < from[i + 1]; row++) {
        rows[row] = row + shift;
        int parent = all[row + shift];
        parents[row] = parent < 0 ? parent : parent - shift;
      }
    }
    return new PickedBatch(block, rows, from, parents, laterStartNanos);
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public SpanColumn column(SpanField field) {
    SpanColumn known = columns.get(field);
    if (known == null) {
      known =
          PickedColumn.of(List.of(block.column(field)), new int[rows.length], rows, rows.length);
      columns.put(field, known);
    }
    return known;
  }

  private long[] pick(long[] values) {
    long[] picked = new long[rows.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[rows[i]];
    }
    return picked;
  }

  @Override
  public long[] traceHigh() {
    return pick(block.traceHigh());
  }

  @Override
  public long[] traceLow() {
    return pick(block.traceLow());
  }

  @Override
  public long[] spanIds() {
    return pick(block.spanIds());
  }

  @Override
  public int traces() {
    return traceFrom.length - 1;
  }

  @Override
  public int traceFrom(int trace) {
    return traceFrom[trace];
  }

  @Override
  public int[] parents() {
    return parents;
  }

  @Override
  public long laterStartNanos() {
    return laterStartNanos;
  }
}
