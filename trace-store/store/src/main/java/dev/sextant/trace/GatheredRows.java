package dev.sextant.trace;

import dev.sextant.trace.model.TraceRows;
import java.util.Arrays;

/** Rows of many blocks, with what the structure of their traces is told from. For one thread. */
final class GatheredRows {
  private int size;
  private long[] arrivals = new long[64];
  private long[] traceHigh = new long[64];
  private long[] traceLow = new long[64];
  private long[] spanIds = new long[64];
  private long[] parentIds = new long[64];
  private long[] starts = new long[64];
  private long[] durations = new long[64];
  private byte[] kinds = new byte[64];
  private int[] blocks = new int[64];
  private int[] rows = new int[64];

  /**
   * Adds rows of a block that has a number in the {@link BlockPool}.
   *
   * @param added its rows, so many as the count says
   */
  void add(int number, SpanBlock block, int[] added, int count) {
    while (size + count > rows.length) {
      grow();
    }
    pick(block.rowNumbers(), added, count, arrivals);
    pick(block.traceHigh(), added, count, traceHigh);
    pick(block.traceLow(), added, count, traceLow);
    pick(block.spanIds(), added, count, spanIds);
    pick(block.parentIds(), added, count, parentIds);
    pick(block.starts(), added, count, starts);
    pick(block.durations(), added, count, durations);
    long[] sentKinds = block.kinds();
    for (int i = 0; i < count; i++) {
      kinds[size + i] = (byte) SpanDecoder.kind((int) sentKinds[added[i]]).ordinal();
      blocks[size + i] = number;
      rows[size + i] = added[i];
    }
    size += count;
  }

  private void pick(long[] values, int[] picked, int count, long[] into) {
    for (int i = 0; i < count; i++) {
      into[size + i] = values[picked[i]];
    }
  }

  private void grow() {
    int capacity = rows.length * 2;
    arrivals = Arrays.copyOf(arrivals, capacity);
    traceHigh = Arrays.copyOf(traceHigh, capacity);
    traceLow = Arrays.copyOf(traceLow, capacity);
    spanIds = Arrays.copyOf(spanIds, capacity);
    parentIds = Arrays.copyOf(parentIds, capacity);
    starts = Arrays.copyOf(starts, capacity);
    durations = Arrays.copyOf(durations, capacity);
    kinds = Arrays.copyOf(kinds, capacity);
    blocks = Arrays.copyOf(blocks, capacity);
    rows = Arrays.copyOf(rows, capacity);
  }

  int size() {
    return size;
  }

  /** The number of the block that a row is of. */
  int block(int at) {
    return blocks[at];
  }

  /** The row's number in its block. */
  int row(int at) {
    return rows[at];
  }

  long spanId(int at) {
    return spanIds[at];
  }

  long traceHigh(int at) {
    return traceHigh[at];
  }

  long traceLow(int at) {
    return traceLow[at];
  }

  /** Without the rows of a block. */
  GatheredRows without(int number) {
    GatheredRows left = new GatheredRows();
    for (int at = 0; at < size; at++) {
      if (blocks[at] != number) {
        left.copy(this, at);
      }
    }
    return left;
  }

  /** In the order of their arrival. */
  GatheredRows byArrival() {
    boolean ordered = true;
    for (int at = 1; at < size && ordered; at++) {
      ordered = arrivals[at - 1] <= arrivals[at];
    }
    if (ordered) {
      return this;
    }
    Integer[] order = new Integer[size];
    Arrays.setAll(order, at -> at);
    Arrays.sort(order, (a, b) -> Long.compare(arrivals[a], arrivals[b]));
    GatheredRows sorted = new GatheredRows();
    for (int at : order) {
      sorted.copy(this, at);
    }
    return sorted;
  }

  private void copy(GatheredRows from, int at) {
    if (size == rows.length) {
      grow();
    }
    arrivals[size] = from.arrivals[at];
    traceHigh[size] = from.traceHigh[at];
    traceLow[size] = from.traceLow[at];
    spanIds[size] = from.spanIds[at];
    parentIds[size] = from.parentIds[at];
    starts[size] = from.starts[at];
    durations[size] = from.durations[at];
    kinds[size] = from.kinds[at];
    blocks[size] = from.blocks[at];
    rows[size] = from.rows[at];
    size++;
  }

  TraceRows traceRows() {
    return new TraceRows(size, traceHigh, traceLow, spanIds, parentIds, starts, durations, kinds);
  }
}
