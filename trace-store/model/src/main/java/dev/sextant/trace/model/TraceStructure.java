package dev.sextant.trace.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Traces put in order: which rows are a trace's, in which order, under which parents. Of spans with
 * the same trace id, span id and kind the first row stands for all; the others are left out. A span
 * names its parent by id; where a client's and a server's span share one, as Zipkin's do, the
 * server's hangs from the client's and children of that id from the server's.
 *
 * <p>Traces stand newest first, by their earliest start, then by trace id as an unsigned number.
 * Within a trace spans stand by start; of those with one start parents before children, then by
 * span id as an unsigned number, then by kind.
 *
 * <p>Takes n log n steps whatever the rows say, none of them recursive. For one thread.
 */
public final class TraceStructure {
  private final TraceRows rows;
  private final int[] order;
  private final int[] traceFrom;
  private final int[] parents;
  private @Nullable NestedSets nestedSets;

  private TraceStructure(TraceRows rows, int[] order, int[] traceFrom, int[] parents) {
    this.rows = rows;
    this.order = order;
    this.traceFrom = traceFrom;
    this.parents = parents;
  }

  public static TraceStructure of(TraceRows rows) {
    SpanLinks links = new SpanLinks(rows);
    int[] from = new int[links.traceCount + 1];
    int[] order = byTrace(rows, links, from);
    int[] spare = new int[order.length];
    RowOrder inTrace = (a, b) -> compareSpans(rows, links, a, b);
    for (int trace = 0; trace < links.traceCount; trace++) {
      RowSort.sort(order, from[trace], from[trace + 1], inTrace, spare);
    }
    TraceStructure asFound = new TraceStructure(rows, order, from, parents(links, order));
    return asFound.select(newestFirst(rows, order, from));
  }

  /** Rows trace by trace; fills where each begins. */
  private static int[] byTrace(TraceRows rows, SpanLinks links, int[] from) {
    for (int row = 0; row < rows.rows(); row++) {
      if (links.parents[row] != SpanLinks.REPEATED) {
        from[links.traces[row] + 1]++;
      }
    }
    for (int trace = 0; trace < links.traceCount; trace++) {
      from[trace + 1] += from[trace];
    }
    int[] at = from.clone();
    int[] order = new int[from[links.traceCount]];
    for (int row = 0; row < rows.rows(); row++) {
      if (links.parents[row] != SpanLinks.REPEATED) {
        order[at[links.traces[row]]++] = row;
      }
    }
    return order;
  }

  private static int compareSpans(TraceRows rows, SpanLinks links, int a, int b) {
    int byStart = Long.compare(rows.starts()[a], rows.starts()[b]);
    if (byStart != 0) {
      return byStart;
    }
    int byDepth = Integer.compare(links.depths[a], links.depths[b]);
    if (byDepth != 0) {
      return byDepth;
    }
    int byId = Long.compareUnsigned(rows.spanIds()[a], rows.spanIds()[b]);
    return byId != 0 ? byId : Byte.compare(rows.kinds()[a], rows.kinds()[b]);
  }

  private static int[] parents(SpanLinks links, int[] order) {
    int[] places = new int[links.parents.length];
    for (int place = 0; place < order.length; place++) {
      places[order[place]] = place;
    }
    int[] parents = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      int parent = links.parents[order[place]];
      parents[place] = parent < 0 ? parent : places[parent];
    }
    return parents;
  }

  private static int[] newestFirst(TraceRows rows, int[] order, int[] from) {
    int[] traces = new int[from.length - 1];
    Arrays.setAll(traces, trace -> trace);
    RowOrder newer =
        (a, b) -> {
          int x = order[from[a]];
          int y = order[from[b]];
          int byStart = Long.compare(rows.starts()[y], rows.starts()[x]);
          if (byStart != 0) {
            return byStart;
          }
          int byHigh = Long.compareUnsigned(rows.traceHigh()[x], rows.traceHigh()[y]);
          return byHigh != 0
              ? byHigh
              : Long.compareUnsigned(rows.traceLow()[x], rows.traceLow()[y]);
        };
    RowSort.sort(traces, 0, traces.length, newer, new int[traces.length]);
    return traces;
  }

  /**
   * The same with only some traces, in another order.
   *
   * @param traces numbers of this structure's traces, each at most once
   */
  public TraceStructure select(int[] traces) {
    int[] from = new int[traces.length + 1];
    for (int i = 0; i < traces.length; i++) {
      from[i + 1] = from[i] + traceFrom[traces[i] + 1] - traceFrom[traces[i]];
    }
    int[] newOrder = new int[from[traces.length]];
    int[] newParents = new int[newOrder.length];
    for (int i = 0; i < traces.length; i++) {
      int old = traceFrom[traces[i]];
      int shift = from[i] - old;
      System.arraycopy(order, old, newOrder, from[i], from[i + 1] - from[i]);
      for (int place = from[i]; place < from[i + 1]; place++) {
        int parent = parents[place - shift];
        newParents[place] = parent < 0 ? parent : parent + shift;
      }
    }
    return new TraceStructure(rows, newOrder, from, newParents);
  }

  /** How many rows are left, each span once. */
  public int rows() {
    return order.length;
  }

  /** For each place in order the row that was given there. */
  public int[] order() {
    return order;
  }

  /** How many traces. */
  public int traces() {
    return traceFrom.length - 1;
  }

  /**
   * The place where a trace begins.
   *
   * @param trace 0 to {@link #traces()}, the last for the end
   */
  public int traceFrom(int trace) {
    return traceFrom[trace];
  }

  /**
   * For each place the place of its parent, {@link SpanBatch#ROOT} or {@link SpanBatch#MISSING};
   * never a cycle, every span of a ring of parents has its parent missing.
   */
  public int[] parents() {
    return parents;
  }

  /** The place of a trace's root: the first span without parent; -1 where none has arrived. */
  public int root(int trace) {
    for (int place = traceFrom[trace]; place < traceFrom[trace + 1]; place++) {
      if (parents[place] == SpanBatch.ROOT) {
        return place;
      }
    }
    return -1;
  }

  /** When a trace's first span starts, nanoseconds since the epoch. */
  public long startNanos(int trace) {
    return rows.starts()[order[traceFrom[trace]]];
  }

  /** From a trace's first start to its last end; at most what a long holds. */
  public long durationNanos(int trace) {
    long start = startNanos(trace);
    long end = start;
    for (int place = traceFrom[trace]; place < traceFrom[trace + 1]; place++) {
      end = Math.max(end, rows.end(order[place]));
    }
    long duration = end - start;
    return duration < 0 ? Long.MAX_VALUE : duration;
  }

  /** Left, right and parent numbers and counts of children; made when first asked for. */
  public NestedSets nestedSets() {
    NestedSets made = nestedSets;
    if (made == null) {
      made = NestedSets.of(traceFrom, parents);
      nestedSets = made;
    }
    return made;
  }
}
