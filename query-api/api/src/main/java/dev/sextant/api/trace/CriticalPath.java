package dev.sextant.api.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * What a trace's duration waited for: for each span the stretches in which it, and none of its
 * children, held the end back. Walks from the end of the longest root to the child that ended last
 * before it, and on (the method of Jaeger's critical path). Children that outlive their parent are
 * cut at its end.
 *
 * <p>The same as {@code logic/critical.js}, by which the page of a trace draws its path; {@code
 * CriticalPathTwinTest} of {@code web-ui} holds the two together.
 */
public final class CriticalPath {
  private final int[] parents;
  private final long[] starts;
  private final long[] ends;
  private final List<Stretch> found = new ArrayList<>();

  private CriticalPath(int[] parents, long[] starts, long[] ends) {
    this.parents = parents;
    this.starts = starts;
    this.ends = ends;
  }

  /** A time in which a row held the end back; nanoseconds, longer than 0. */
  public record Stretch(int row, long from, long to) {
    public long nanos() {
      return to - from;
    }
  }

  /**
   * The stretches, which do not overlap and together fill the time of the longest root; the first
   * of equally long ones. Takes n log n steps.
   *
   * @param parents rows, below 0 for none, without rings; of children that start and end together
   *     those in front come first
   * @param starts nanoseconds, and {@code ends} likewise, none before its start
   */
  public static List<Stretch> of(int[] parents, long[] starts, long[] ends) {
    CriticalPath path = new CriticalPath(parents, starts, ends);
    path.walk();
    return path.found;
  }

  private void walk() {
    int root = longestRoot();
    if (root < 0) {
      return;
    }
    List<List<Integer>> children = children();
    Deque<Stretch> stack = new ArrayDeque<>();
    stack.push(new Stretch(root, 0, ends[root]));
    while (!stack.isEmpty()) {
      Stretch next = stack.pop();
      int row = next.row();
      long at = Math.min(next.to(), ends[row]);
      for (int child : byEnd(children.get(row), at)) {
        long end = Math.min(ends[child], at);
        if (end <= starts[child] || starts[child] >= at || end <= starts[row]) {
          continue;
        }
        add(row, end, at);
        stack.push(new Stretch(child, 0, end));
        at = Math.max(starts[child], starts[row]);
        if (at <= starts[row]) {
          break;
        }
      }
      add(row, starts[row], at);
    }
  }

  private void add(int row, long from, long to) {
    if (to > from) {
      found.add(new Stretch(row, from, to));
    }
  }

  private int longestRoot() {
    int root = -1;
    for (int row = 0; row < parents.length; row++) {
      if (parents[row] < 0 && (root < 0 || ends[row] - starts[row] > ends[root] - starts[root])) {
        root = row;
      }
    }
    return root;
  }

  private List<List<Integer>> children() {
    List<List<Integer>> children = new ArrayList<>(parents.length);
    for (int row = 0; row < parents.length; row++) {
      children.add(new ArrayList<>(0));
    }
    for (int row = 0; row < parents.length; row++) {
      if (parents[row] >= 0) {
        children.get(parents[row]).add(row);
      }
    }
    return children;
  }

  /** Those that end last first, cut at an instant; of these, those that start last. */
  private List<Integer> byEnd(List<Integer> children, long last) {
    children.sort(
        Comparator.comparingLong((Integer child) -> -Math.min(ends[child], last))
            .thenComparingLong(child -> -starts[child]));
    return children;
  }
}
