package dev.sextant.trace;

import java.util.Arrays;

/**
 * Traces that may be what a request asks for, in an open-addressed table of 80 bytes an entry:
 * which of its needs they meet, from when to when they are, how many rows they have. For one
 * thread.
 */
final class TraceCandidates {
  private final long allNeeds;
  private int[] table = new int[128];
  private long[] high = new long[64];
  private long[] low = new long[64];
  private long[] needs = new long[64];
  private long[] starts = new long[64];
  private long[] ends = new long[64];
  private int[] rows = new int[64];
  private long[] arrivals = new long[64];
  private long[] arrivedStarts = new long[64];
  private long[] lastStarts = new long[64];
  private int size;

  /** Those that meet every need and were not taken yet. */
  private int[] fresh = new int[64];

  private int freshSize;

  /**
   * @param needs how many conditions a trace must meet, at most 63
   */
  TraceCandidates(int needs) {
    this.allNeeds = (1L << needs) - 1;
  }

  /** A trace has a span that meets one of the needs. */
  void meets(long traceHigh, long traceLow, int need) {
    int trace = add(traceHigh, traceLow); // may replace the array
    long before = needs[trace];
    needs[trace] = before | 1L << need;
    if (before != allNeeds && needs[trace] == allNeeds) {
      addFresh(trace);
    }
  }

  private void addFresh(int trace) {
    if (freshSize == fresh.length) {
      fresh = Arrays.copyOf(fresh, freshSize * 2);
    }
    fresh[freshSize++] = trace;
  }

  /** Numbers of the traces that came to meet every need since this was asked last. */
  int[] takeFresh() {
    int[] taken = Arrays.copyOf(fresh, freshSize);
    freshSize = 0;
    return taken;
  }

  /** The number of a trace, which is added where it is not there. */
  int add(long traceHigh, long traceLow) {
    int at = place(traceHigh, traceLow);
    if (table[at] != 0) {
      return table[at] - 1;
    }
    if (size == high.length) {
      grow();
      at = place(traceHigh, traceLow);
    }
    high[size] = traceHigh;
    low[size] = traceLow;
    starts[size] = Long.MAX_VALUE;
    ends[size] = Long.MIN_VALUE;
    arrivals[size] = Long.MAX_VALUE;
    lastStarts[size] = Long.MIN_VALUE;
    table[at] = ++size;
    if (allNeeds == 0) {
      addFresh(size - 1);
    }
    return size - 1;
  }

  /** The number of a trace that meets every need; -1 for any other. */
  int find(long traceHigh, long traceLow) {
    int trace = table[place(traceHigh, traceLow)] - 1;
    return trace >= 0 && needs[trace] == allNeeds ? trace : -1;
  }

  private int place(long traceHigh, long traceLow) {
    int mask = table.length - 1;
    int at = (int) SpanKeys.ofTrace(traceHigh, traceLow) & mask;
    while (table[at] != 0 && (high[table[at] - 1] != traceHigh || low[table[at] - 1] != traceLow)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    int capacity = size * 2;
    high = Arrays.copyOf(high, capacity);
    low = Arrays.copyOf(low, capacity);
    needs = Arrays.copyOf(needs, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    rows = Arrays.copyOf(rows, capacity);
    arrivals = Arrays.copyOf(arrivals, capacity);
    arrivedStarts = Arrays.copyOf(arrivedStarts, capacity);
    lastStarts = Arrays.copyOf(lastStarts, capacity);
    table = new int[capacity * 2];
    for (int trace = 0; trace < size; trace++) {
      table[place(high[trace], low[trace])] = trace + 1;
    }
  }

  /**
   * One more row of a trace.
   *
   * @param arrival its number in the journal
   */
  void addRow(int trace, long arrival, long start, long duration) {
    if (arrival < arrivals[trace]) {
      arrivals[trace] = arrival;
      arrivedStarts[trace] = start;
    }
    long end = start + duration;
    starts[trace] = Math.min(starts[trace], start);
    lastStarts[trace] = Math.max(lastStarts[trace], start);
    ends[trace] = Math.max(ends[trace], end < start ? Long.MAX_VALUE : end);
    rows[trace]++;
  }

  long high(int trace) {
    return high[trace];
  }

  long low(int trace) {
    return low[trace];
  }

  /** The earliest start of a row, nanoseconds since the epoch. */
  long earliest(int trace) {
    return starts[trace];
  }

  /** The latest start of a row, nanoseconds since the epoch. */
  long latest(int trace) {
    return lastStarts[trace];
  }

  /**
   * The start of the row that arrived first. The trace starts then or earlier, while a row that
   * only repeats a span may start before all its spans.
   */
  long latestStart(int trace) {
    return arrivedStarts[trace];
  }

  /** How many rows, repeats among them. */
  int rows(int trace) {
    return rows[trace];
  }

  /** Whether some time of a trace may lie between the two. */
  boolean isIn(int trace, long fromNanos, long toNanos) {
    return rows[trace] > 0 && starts[trace] <= toNanos && ends[trace] >= fromNanos;
  }

  /** Traces waiting, the one with the latest {@link #latestStart} first: a heap. */
  final class NewestFirst {
    private int[] heap = new int[64];
    private int waiting;

    boolean isEmpty() {
      return waiting == 0;
    }

    void add(int trace) {
      if (waiting == heap.length) {
        heap = Arrays.copyOf(heap, waiting * 2);
      }
      int at = waiting++;
      while (at > 0 && arrivedStarts[heap[(at - 1) / 2]] < arrivedStarts[trace]) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
      }
      heap[at] = trace;
    }

    /** The next trace, not taken. */
    int peek() {
      return heap[0];
    }

    int take() {
      int taken = heap[0];
      int last = heap[--waiting];
      int at = 0;
      while (2 * at + 1 < waiting) {
        int child = 2 * at + 1;
        if (child + 1 < waiting && arrivedStarts[heap[child + 1]] > arrivedStarts[heap[child]]) {
          child++;
        }
        if (arrivedStarts[last] >= arrivedStarts[heap[child]]) {
          break;
        }
        heap[at] = heap[child];
        at = child;
      }
      heap[at] = last;
      return taken;
    }
  }
}
