package dev.sextant.trace;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.TraceRows;
import dev.sextant.trace.model.TraceStructure;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order of a run's rows: traces by their root's service, then by their start; within a trace as
 * {@link TraceStructure} has them, those behind them that repeat a span but are not equal to it.
 * For one thread.
 */
final class RunOrder {
  /** Traces are put in order in pieces of about so many rows, so that memory is bounded. */
  private static final int PIECE = 1 << 16;

  private final RunRows rows;

  /** By trace, where its rows begin in {@link #sorted}. */
  private final int[] from;

  /** By trace, how many of its rows are kept. */
  final int[] sizes;

  /** Rows, trace by trace. */
  final int[] sorted;

  /** For each place in {@link #sorted} the parent's place in its trace, or ROOT or MISSING. */
  final int[] parents;

  /** By trace, its root's row, or -1. */
  final int[] roots;

  /** By trace, nanoseconds since the epoch. */
  final long[] starts;

  /** By trace, from its first start to its last end. */
  final long[] durations;

  /** By trace, whether it has rows that repeat a span without being equal to it. */
  final boolean[] repeats;

  private final RepeatedRows repeated;

  /**
   * @param taken by trace, whether it is in the run
   */
  RunOrder(RunRows rows, boolean[] taken, Runnable checkpoint) {
    this.rows = rows;
    int traces = rows.ids.size();
    this.sizes = new int[traces];
    this.from = new int[traces + 1];
    this.sorted = new int[rows.rows()];
    this.parents = new int[rows.rows()];
    this.roots = new int[traces];
    this.starts = new long[traces];
    this.durations = new long[traces];
    this.repeats = new boolean[traces];
    this.repeated = new RepeatedRows(rows);
    groupByTrace();
    structure(taken, checkpoint);
    addRepeated(checkpoint);
  }

  private void groupByTrace() {
    for (int trace : rows.traces) {
      from[trace + 1]++;
    }
    for (int trace = 0; trace < sizes.length; trace++) {
      from[trace + 1] += from[trace];
    }
    int[] at = from.clone();
    for (int row = 0; row < sorted.length; row++) {
      sorted[at[rows.traces[row]]++] = row;
    }
  }

  private void structure(boolean[] taken, Runnable checkpoint) {
    int[] piece = new int[16];
    int size = 0;
    int count = 0;
    for (int trace = 0; trace < sizes.length; trace++) {
      if (taken[trace]) {
        piece = size == piece.length ? Arrays.copyOf(piece, size * 2) : piece;
        piece[size++] = trace;
        count += from[trace + 1] - from[trace];
      }
      if (count >= PIECE || (count > 0 && trace == sizes.length - 1)) {
        structure(Arrays.copyOf(piece, size), count);
        size = 0;
        count = 0;
        checkpoint.run();
      }
    }
  }

  /** Puts the rows of some traces in order. */
  private void structure(int[] traces, int count) {
    int[] piece = new int[count];
    int at = 0;
    for (int trace : traces) {
      int length = from[trace + 1] - from[trace];
      System.arraycopy(sorted, from[trace], piece, at, length);
      at += length;
    }
    TraceStructure structure = TraceStructure.of(traceRows(piece));
    boolean[] kept = new boolean[count];
    for (int i = 0; i < structure.traces(); i++) {
      take(structure, i, piece, kept);
    }
    for (int i = 0; i < count; i++) {
      if (!kept[i]) {
        repeated.add(piece[i]);
      }
    }
  }

  private TraceRows traceRows(int[] piece) {
    int count = piece.length;
    long[] high = new long[count];
    long[] low = new long[count];
    long[] ids = new long[count];
    long[] parentIds = new long[count];
    long[] startTimes = new long[count];
    long[] lengths = new long[count];
    byte[] kinds = new byte[count];
    for (int i = 0; i < count; i++) {
      int row = piece[i];
      high[i] = rows.ids.high()[rows.traces[row]];
      low[i] = rows.ids.low()[rows.traces[row]];
      ids[i] = rows.spanIds[row];
      parentIds[i] = rows.parentIds[row];
      startTimes[i] = rows.starts[row];
      lengths[i] = rows.lengths[row];
      kinds[i] = rows.kinds[row];
    }
    return new TraceRows(count, high, low, ids, parentIds, startTimes, lengths, kinds);
  }

  private void take(TraceStructure structure, int number, int[] piece, boolean[] kept) {
    int first = structure.traceFrom(number);
    int trace = rows.traces[piece[structure.order()[first]]];
    for (int place = first; place < structure.traceFrom(number + 1); place++) {
      int own = structure.order()[place];
      int parent = structure.parents()[place];
      kept[own] = true;
      sorted[from[trace] + place - first] = piece[own];
      parents[from[trace] + place - first] = parent < 0 ? parent : parent - first;
    }
    sizes[trace] = structure.traceFrom(number + 1) - first;
    int root = structure.root(number);
    roots[trace] = root < 0 ? -1 : piece[structure.order()[root]];
    starts[trace] = structure.startNanos(number);
    durations[trace] = structure.durationNanos(number);
  }

  private void addRepeated(Runnable checkpoint) {
    for (int row : repeated.unequal(this, checkpoint)) {
      int trace = rows.traces[row];
      int place = from[trace] + sizes[trace]++;
      sorted[place] = row;
      parents[place] = SpanBatch.MISSING;
      repeats[trace] = true;
    }
  }

  /** Where a trace's rows begin in {@link #sorted}. */
  int from(int trace) {
    return from[trace];
  }

  /** The traces of the run, in its order. */
  int[] traces() {
    int[] ranks = ranksOfRoots();
    Comparator<Integer> order =
        Comparator.<Integer>comparingInt(trace -> ranks[trace])
            .thenComparingLong(trace -> starts[trace])
            .thenComparing(trace -> rows.ids.high()[trace], Long::compareUnsigned)
            .thenComparing(trace -> rows.ids.low()[trace], Long::compareUnsigned);
    return IntStream.range(0, sizes.length)
        .filter(trace -> sizes[trace] > 0)
        .boxed()
        .sorted(order)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** By trace, the place of its root's service in the order of services; 0 without a root. */
  private int[] ranksOfRoots() {
    List<String> services = RunGroups.services(rows);
    List<String> inOrder = services.stream().distinct().sorted().toList();
    int[] ofResources = services.stream().mapToInt(each -> 1 + inOrder.indexOf(each)).toArray();
    int[] ranks = new int[sizes.length];
    for (int trace = 0; trace < ranks.length; trace++) {
      boolean rooted = sizes[trace] > 0 && roots[trace] >= 0;
      ranks[trace] = rooted ? ofResources[rows.resources[roots[trace]]] : 0;
    }
    return ranks;
  }
}
