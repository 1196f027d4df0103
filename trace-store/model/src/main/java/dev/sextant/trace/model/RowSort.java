package dev.sextant.trace.model;

/** Merge sort of row numbers: stable, n log n, one pass where they are in order. */
final class RowSort {
  private static final int SHORT = 8;

  private RowSort() {}

  /**
   * Sorts a part of an array.
   *
   * @param spare as long as the array; its content is lost
   */
  static void sort(int[] rows, int from, int to, RowOrder order, int[] spare) {
    for (int start = from; start < to; start += SHORT) {
      insert(rows, start, Math.min(start + SHORT, to), order);
    }
    for (long width = SHORT; width < to - from; width *= 2) {
      for (long start = from; start + width < to; start += 2 * width) {
        int middle = (int) (start + width);
        int end = (int) Math.min(start + 2 * width, to);
        merge(rows, (int) start, middle, end, order, spare);
      }
    }
  }

  private static void insert(int[] rows, int from, int to, RowOrder order) {
    for (int i = from + 1; i < to; i++) {
      int row = rows[i];
      int at = i;
      while (at > from && order.compare(rows[at - 1], row) > 0) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
    }
  }

  private static void merge(int[] rows, int from, int middle, int to, RowOrder order, int[] spare) {
    if (order.compare(rows[middle - 1], rows[middle]) <= 0) {
      return;
    }
    System.arraycopy(rows, from, spare, from, middle - from);
    int left = from;
    int right = middle;
    int out = from;
    while (left < middle && right < to) {
      rows[out++] = order.compare(spare[left], rows[right]) <= 0 ? spare[left++] : rows[right++];
    }
    System.arraycopy(spare, left, rows, out, middle - left);
  }
}
