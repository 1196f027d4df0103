package dev.sextant.trace;

import dev.sextant.storage.codec.Hash;
import dev.sextant.storage.otlp.TraceId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Distinct traces with their newest matching span, in an open-addressed table of 32 bytes an entry.
 * Takes a bounded number of traces; more are only noted. For one thread.
 */
final class TraceTable {
  private static final Comparator<Hit> OLDEST_FIRST =
      Comparator.comparingLong(Hit::timeNanos).thenComparingLong(Hit::row);

  private final int maxTraces;
  private long[] high = new long[64];
  private long[] low = new long[64];
  private long[] times = new long[64];
  private long[] rows = new long[64];
  private int size;
  private boolean overflowed;

  /** A trace and where its newest matching span stands. */
  record Hit(TraceId trace, long timeNanos, long row) {}

  TraceTable(int maxTraces) {
    this.maxTraces = maxTraces;
    Arrays.fill(rows, -1);
  }

  /** Whether a span of this trace at this place would change anything. */
  boolean wants(long traceHigh, long traceLow, long time, long row) {
    int at = find(traceHigh, traceLow);
    return rows[at] < 0 || time > times[at] || (time == times[at] && row > rows[at]);
  }

  void put(long traceHigh, long traceLow, long time, long row) {
    int at = find(traceHigh, traceLow);
    if (rows[at] < 0) {
      if (size >= maxTraces) {
        overflowed = true;
        return;
      }
      size++;
    }
    high[at] = traceHigh;
    low[at] = traceLow;
    times[at] = time;
    rows[at] = row;
    if (size > rows.length / 4 * 3) {
      grow();
    }
  }

  private int find(long traceHigh, long traceLow) {
    int mask = rows.length - 1;
    int at = (int) Hash.of(traceHigh, traceLow) & mask;
    while (rows[at] >= 0 && (high[at] != traceHigh || low[at] != traceLow)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    TraceTable bigger = new TraceTable(maxTraces);
    bigger.resize(rows.length * 2);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0) {
        bigger.put(high[i], low[i], times[i], rows[i]);
      }
    }
    high = bigger.high;
    low = bigger.low;
    times = bigger.times;
    rows = bigger.rows;
  }

  private void resize(int capacity) {
    high = new long[capacity];
    low = new long[capacity];
    times = new long[capacity];
    rows = new long[capacity];
    Arrays.fill(rows, -1);
  }

  int size() {
    return size;
  }

  /** Whether there were more traces than it takes. */
  boolean overflowed() {
    return overflowed;
  }

  /** The newest traces that stand before a place, newest first. */
  List<Hit> newestBefore(long time, long row, int limit) {
    PriorityQueue<Hit> best = new PriorityQueue<>(OLDEST_FIRST);
    for (int i = 0; i < rows.length; i++) {
      boolean before = times[i] < time || (times[i] == time && rows[i] < row);
      if (rows[i] >= 0 && before) {
        best.add(new Hit(new TraceId(high[i], low[i]), times[i], rows[i]));
        if (best.size() > limit) {
          best.remove();
        }
      }
    }
    return best.stream().sorted(OLDEST_FIRST.reversed()).toList();
  }
}
