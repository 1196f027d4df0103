package dev.sextant.traceql.metrics;

import java.util.HashSet;
import java.util.Set;

/**
 * Spreads exemplars over a query's time: at most two in each slot, of a trace one, the first that
 * comes. For one thread.
 */
final class ExemplarSlots {
  static final int MOST = 100;
  private static final int IN_A_SLOT = 2;

  private final TimeGrid grid;
  private final int max;
  private final long width;
  private final int[] taken;
  private final Set<TraceId> traces = new HashSet<>();
  private int total;

  /** The slot that was asked for last, and the times it holds. */
  private int slot;

  private long after = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /** The trace that was asked for last, and so has one. */
  private TraceId known = new TraceId(0, 0);

  private record TraceId(long high, long low) {}

  /**
   * @param max exemplars in all
   */
  ExemplarSlots(TimeGrid grid, int max) {
    this.grid = grid;
    this.max = max;
    this.taken = new int[Math.max(1, max / IN_A_SLOT)];
    long range = grid.lastNanos() - grid.afterNanos();
    this.width = Math.max(1, Math.ceilDiv(range, taken.length));
  }

  /** Whether any more are wanted. */
  boolean areOpen() {
    return total < max;
  }

  /** Whether one of this time is wanted. */
  boolean wants(long time) {
    return total < max && taken[slot(time)] < IN_A_SLOT;
  }

  /** Takes one of a time that is wanted; false where the trace has one already. */
  boolean take(long time, long traceHigh, long traceLow) {
    if (known.high() == traceHigh && known.low() == traceLow) {
      return false;
    }
    known = new TraceId(traceHigh, traceLow);
    if (!traces.add(known)) {
      return false;
    }
    total++;
    taken[slot(time)]++;
    return true;
  }

  private int slot(long time) {
    if (time <= after || time > last) {
      slot = (int) ((time - grid.afterNanos() - 1) / width);
      after = grid.afterNanos() + slot * width;
      last = after + width;
    }
    return slot;
  }
}
