package dev.sextant.trace.model;

import java.util.Arrays;

/**
 * Spans numbered as nested sets: within each trace a walk through the trees below its roots, in
 * order, counts from 1 as it enters a span and as it leaves it. So a span is below another where
 * its left number lies between that one's left and right. Spans whose chain of parents is broken
 * have no numbers: 0.
 *
 * @param left for each place; 0 where the chain is broken
 * @param right for each place; 0 where the chain is broken
 * @param parent for each place its parent's left number, -1 for a root; 0 where the chain is broken
 * @param children for each place how many spans hang from it, numbered or not
 */
@SuppressWarnings("ArrayRecordComponent")
public record NestedSets(int[] left, int[] right, int[] parent, int[] children) {

  /**
   * Numbers traces; every array as {@link SpanBatch} has it.
   *
   * @param traceFrom where each trace's rows begin, and the last one's end
   */
  public static NestedSets of(int[] traceFrom, int[] parents) {
    int count = parents.length;
    int[] firstChild = new int[count];
    int[] sibling = new int[count];
    int[] children = new int[count];
    Arrays.fill(firstChild, -1);
    for (int place = count - 1; place >= 0; place--) {
      int above = parents[place];
      sibling[place] = above < 0 ? -1 : firstChild[above];
      if (above >= 0) {
        firstChild[above] = place;
        children[above]++;
      }
    }
    NestedSets sets = new NestedSets(new int[count], new int[count], new int[count], children);
    for (int trace = 0; trace + 1 < traceFrom.length; trace++) {
      int next = 1;
      for (int place = traceFrom[trace]; place < traceFrom[trace + 1]; place++) {
        if (parents[place] == SpanBatch.ROOT) {
          next = sets.number(place, next, parents, firstChild, sibling);
        }
      }
    }
    return sets;
  }

  /** Walks the tree below a root; gives the next number. */
  private int number(int root, int first, int[] parents, int[] firstChild, int[] sibling) {
    int next = first;
    int at = root;
    enter(root, next++, -1);
    while (true) {
      int child = firstChild[at];
      if (child >= 0) {
        firstChild[at] = sibling[child];
        enter(child, next++, left[at]);
        at = child;
      } else {
        right[at] = next++;
        if (at == root) {
          return next;
        }
        at = parents[at];
      }
    }
  }

  private void enter(int place, int number, int above) {
    left[place] = number;
    parent[place] = above;
  }
}
