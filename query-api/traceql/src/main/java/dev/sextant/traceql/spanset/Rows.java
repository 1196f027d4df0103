package dev.sextant.traceql.spanset;

import dev.sextant.trace.model.RowSet;
import java.util.Arrays;

/** Ascending arrays of rows. */
final class Rows {
  private Rows() {}

  /** The rows of a set from one (inclusive) to another (exclusive). */
  static int[] of(RowSet set, int from, int to) {
    int[] rows = new int[set.count(from, to)];
    int count = 0;
    for (int row = set.next(from); row >= 0 && row < to; row = set.next(row + 1)) {
      rows[count++] = row;
    }
    return rows;
  }

  /** Those that are in a set. */
  static int[] in(RowSet set, int[] rows) {
    int[] kept = new int[rows.length];
    int count = 0;
    for (int row : rows) {
      if (set.get(row)) {
        kept[count++] = row;
      }
    }
    return count == rows.length ? rows : Arrays.copyOf(kept, count);
  }

  /** Those that are marked. */
  static int[] marked(boolean[] marks, int[] rows) {
    int[] kept = new int[rows.length];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      if (marks[i]) {
        kept[count++] = rows[i];
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** The rows of both, each once. */
  static int[] union(int[] a, int[] b) {
    int[] all = new int[a.length + b.length];
    int i = 0;
    int j = 0;
    int count = 0;
    while (i < a.length || j < b.length) {
      int next = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
      i += i < a.length && a[i] == next ? 1 : 0;
      j += j < b.length && b[j] == next ? 1 : 0;
      all[count++] = next;
    }
    return Arrays.copyOf(all, count);
  }
}
