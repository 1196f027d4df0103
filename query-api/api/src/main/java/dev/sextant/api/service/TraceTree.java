package dev.sextant.api.service;

import dev.sextant.trace.ClockSkew;
import dev.sextant.trace.Span;
import dev.sextant.trace.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace as its page shows it: clocks of hosts set right, children by their start, rings of
 * parents cut at their earliest span. Spans by their place in the trace.
 */
final class TraceTree {
  private static final int NONE = -1;

  private final List<Span> spans;
  private final long[] starts;
  private final int[] parents;
  private final List<List<Integer>> children = new ArrayList<>();

  /**
   * @param trace whose spans each have an id of their own
   */
  TraceTree(Trace trace) {
    this.spans = trace.spans();
    this.starts = ClockSkew.shifts(trace);
    this.parents = new int[spans.size()];
    Map<Long, Integer> byId = new HashMap<>();
    for (int i = 0; i < spans.size(); i++) {
      starts[i] += spans.get(i).startNanos();
      byId.putIfAbsent(spans.get(i).spanId(), i);
      children.add(new ArrayList<>(0));
    }
    for (int i = 0; i < spans.size(); i++) {
      long named = spans.get(i).parentSpanId();
      int parent = named == 0 ? NONE : byId.getOrDefault(named, NONE);
      parents[i] = parent == i ? NONE : parent;
    }
    cutRings();
    for (int i = 0; i < spans.size(); i++) {
      if (parents[i] != NONE) {
        children.get(parents[i]).add(i);
      }
    }
    children.forEach(list -> list.sort(byStart()));
  }

  private Comparator<Integer> byStart() {
    return Comparator.comparingLong((Integer i) -> starts[i])
        .thenComparingLong(i -> -spans.get(i).durationNanos())
        .thenComparingInt(i -> i);
  }

  /** Linear in the number of spans. */
  private void cutRings() {
    int[] seen = new int[spans.size()];
    for (int walk = 0; walk < spans.size(); walk++) {
      int at = walk;
      while (at != NONE && seen[at] == 0) {
        seen[at] = walk + 1;
        at = parents[at];
      }
      if (at == NONE || seen[at] != walk + 1) {
        continue;
      }
      int least = at;
      for (int ring = parents[at]; ring != at; ring = parents[ring]) {
        least = byStart().compare(ring, least) < 0 ? ring : least;
      }
      parents[least] = NONE;
    }
  }

  Span span(int index) {
    return spans.get(index);
  }

  int size() {
    return spans.size();
  }

  /** A span's parent, below 0 where it has none. */
  int parent(int index) {
    return parents[index];
  }

  /** The span that served a call, of a caller's span; below 0 where there is none. */
  int called(int index) {
    if (span(index).kind() != Span.Kind.CLIENT) {
      return NONE;
    }
    for (int child : children.get(index)) {
      if (span(child).kind() == Span.Kind.SERVER) {
        return child;
      }
    }
    return NONE;
  }

  /** A span and all below it, in the order of a waterfall. */
  Part below(int index) {
    List<int[]> rows = new ArrayList<>();
    Deque<int[]> stack = new ArrayDeque<>();
    stack.push(new int[] {index, NONE});
    while (!stack.isEmpty()) {
      int[] next = stack.pop();
      List<Integer> below = children.get(next[0]);
      for (int i = below.size() - 1; i >= 0; i--) {
        stack.push(new int[] {below.get(i), rows.size()});
      }
      rows.add(next);
    }
    Part part = new Part(new int[rows.size()], new int[rows.size()]);
    for (int row = 0; row < rows.size(); row++) {
      part.spans[row] = rows.get(row)[0];
      part.parents[row] = rows.get(row)[1];
    }
    return part;
  }

  /** Rows of a part of the tree: each one's span, and the row of its parent. */
  record Part(int[] spans, int[] parents) {}

  long start(int index) {
    return starts[index];
  }

  long end(int index) {
    return starts[index] + span(index).durationNanos();
  }
}
