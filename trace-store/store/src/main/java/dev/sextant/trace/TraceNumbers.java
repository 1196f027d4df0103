package dev.sextant.trace;

import dev.sextant.storage.codec.Hash;
import java.util.Arrays;

/**
 * Distinct trace ids, numbered in the order they came, in an open-addressed table at most half
 * full. For one thread.
 */
final class TraceNumbers {
  private long[] high = new long[16];
  private long[] low = new long[16];

  /** Numbers plus one; 0 is free. */
  private int[] table = new int[32];

  private int size;

  int numberOf(long traceHigh, long traceLow) {
    int mask = table.length - 1;
    int at = (int) Hash.of(traceHigh, traceLow) & mask;
    while (table[at] != 0) {
      int number = table[at] - 1;
      if (low[number] == traceLow && high[number] == traceHigh) {
        return number;
      }
      at = (at + 1) & mask;
    }
    table[at] = size + 1;
    return add(traceHigh, traceLow);
  }

  private int add(long traceHigh, long traceLow) {
    if (size == high.length) {
      high = Arrays.copyOf(high, size * 2);
      low = Arrays.copyOf(low, size * 2);
    }
    high[size] = traceHigh;
    low[size] = traceLow;
    size++;
    if (size > table.length / 2) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    int[] bigger = new int[table.length * 2];
    int mask = bigger.length - 1;
    for (int number = 0; number < size; number++) {
      int at = (int) Hash.of(high[number], low[number]) & mask;
      while (bigger[at] != 0) {
        at = (at + 1) & mask;
      }
      bigger[at] = number + 1;
    }
    table = bigger;
  }

  int size() {
    return size;
  }

  /** Upper halves, by number; longer than there are. */
  long[] high() {
    return high;
  }

  /** Lower halves, by number; longer than there are. */
  long[] low() {
    return low;
  }
}
