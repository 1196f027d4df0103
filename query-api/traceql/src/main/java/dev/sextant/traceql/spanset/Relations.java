package dev.sextant.traceql.spanset;

import dev.sextant.trace.model.NestedSets;
import dev.sextant.traceql.ast.StructuralOp;
import java.util.Arrays;

/**
 * Structural operators between rows of one trace. Spans whose chain of parents is broken have no
 * relation to any, roots have no siblings. Takes n log n time for n rows on both sides, however
 * deep the trace is: ancestors are told by nested sets, not by walking up.
 */
final class Relations {
  private final NestedSets sets;
  private final int[] parents;

  Relations(TraceBatch batch) {
    this.sets = batch.nestedSets();
    this.parents = batch.spans().parents();
  }

  /**
   * @param left ascending, maybe none
   * @param right ascending, maybe none
   * @return ascending, maybe none
   */
  int[] apply(StructuralOp op, int[] left, int[] right) {
    boolean[] related = related(op.relation(), left, right);
    return switch (op.form()) {
      case PLAIN -> Rows.marked(related, right);
      case NEGATED -> {
        for (int i = 0; i < related.length; i++) {
          related[i] = !related[i];
        }
        yield Rows.marked(related, right);
      }
      case UNION ->
          Rows.union(
              Rows.marked(related(inverse(op.relation()), right, left), left),
              Rows.marked(related, right));
    };
  }

  private static StructuralOp.Relation inverse(StructuralOp.Relation relation) {
    return switch (relation) {
      case CHILD -> StructuralOp.Relation.PARENT;
      case PARENT -> StructuralOp.Relation.CHILD;
      case DESCENDANT -> StructuralOp.Relation.ANCESTOR;
      case ANCESTOR -> StructuralOp.Relation.DESCENDANT;
      case SIBLING -> StructuralOp.Relation.SIBLING;
    };
  }

  /** For each row of the right whether it is this to some row of the left. */
  private boolean[] related(StructuralOp.Relation relation, int[] left, int[] right) {
    boolean[] related = new boolean[right.length];
    if (left.length == 0 || right.length == 0) {
      return related;
    }
    switch (relation) {
      case CHILD -> children(left, right, related);
      case PARENT -> parents(left, right, related);
      case SIBLING -> siblings(left, right, related);
      case DESCENDANT -> descendants(left, right, related);
      case ANCESTOR -> ancestors(left, right, related);
    }
    return related;
  }

  private boolean isConnected(int row) {
    return sets.left()[row] > 0;
  }

  private void children(int[] left, int[] right, boolean[] related) {
    for (int i = 0; i < right.length; i++) {
      int parent = parents[right[i]];
      related[i] = parent >= 0 && isConnected(right[i]) && Arrays.binarySearch(left, parent) >= 0;
    }
  }

  private void parents(int[] left, int[] right, boolean[] related) {
    int[] above = parentsOf(left);
    for (int i = 0; i < right.length; i++) {
      related[i] = Arrays.binarySearch(above, right[i]) >= 0;
    }
  }

  /**
   * The parents of rows whose chain reaches the root, ascending, as often as they have children.
   */
  private int[] parentsOf(int[] rows) {
    int[] above = new int[rows.length];
    int count = 0;
    for (int row : rows) {
      if (parents[row] >= 0 && isConnected(row)) {
        above[count++] = parents[row];
      }
    }
    Arrays.sort(above, 0, count);
    return Arrays.copyOf(above, count);
  }

  private void siblings(int[] left, int[] right, boolean[] related) {
    int[] above = parentsOf(left);
    for (int i = 0; i < right.length; i++) {
      int parent = parents[right[i]];
      if (parent >= 0 && isConnected(right[i])) {
        boolean itself = Arrays.binarySearch(left, right[i]) >= 0;
        int first = firstAtLeast(above, parent);
        int needed = first + (itself ? 1 : 0);
        related[i] = needed < above.length && above[needed] == parent;
      }
    }
  }

  private static int firstAtLeast(int[] ascending, int value) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * A row is below another where its left number lies between that one's numbers. Of rows sorted by
   * their left number the greatest right number so far tells whether some is still open.
   */
  private void descendants(int[] left, int[] right, boolean[] related) {
    int[] lefts = leftNumbers(left);
    int[] open = new int[lefts.length];
    int[] byLeft = sortedByLeft(left);
    int greatest = 0;
    for (int i = 0; i < byLeft.length; i++) {
      greatest = Math.max(greatest, sets.right()[byLeft[i]]);
      open[i] = greatest;
    }
    for (int i = 0; i < right.length; i++) {
      int number = sets.left()[right[i]];
      int before = firstAtLeast(lefts, number) - 1;
      related[i] = before >= 0 && open[before] > number;
    }
  }

  private void ancestors(int[] left, int[] right, boolean[] related) {
    int[] lefts = leftNumbers(left);
    for (int i = 0; i < right.length; i++) {
      int row = right[i];
      int within = firstAtLeast(lefts, sets.left()[row] + 1);
      related[i] = isConnected(row) && within < lefts.length && lefts[within] < sets.right()[row];
    }
  }

  /** The left numbers of rows whose chain reaches the root, ascending. */
  private int[] leftNumbers(int[] rows) {
    int[] numbers = new int[rows.length];
    int count = 0;
    for (int row : rows) {
      if (isConnected(row)) {
        numbers[count++] = sets.left()[row];
      }
    }
    Arrays.sort(numbers, 0, count);
    return Arrays.copyOf(numbers, count);
  }

  /** The rows whose chain reaches the root, by their left numbers. */
  private int[] sortedByLeft(int[] rows) {
    return Arrays.stream(rows)
        .filter(this::isConnected)
        .mapToLong(row -> (long) sets.left()[row] << 32 | row)
        .sorted()
        .mapToInt(key -> (int) key)
        .toArray();
  }
}
