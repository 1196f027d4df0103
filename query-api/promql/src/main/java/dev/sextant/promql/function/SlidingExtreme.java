package dev.sextant.promql.function;

import java.util.Arrays;

/**
 * Where the least or greatest float of a sliding window stands, in constant time a step whatever
 * the window's width. The window is cut in two: for its older part the answer is known from each
 * place up to the cut, for the newer part it is carried on; when the older part is used up, the cut
 * moves to the window's end (a queue made of two stacks). Windows only move forward. For one
 * thread.
 */
final class SlidingExtreme {
  private final boolean max;
  private final boolean latest;

  /** For each index before the cut, the best from there up to the cut. */
  private int[] older = new int[64];

  private int cut;
  private int to;
  private int newer;

  /**
   * @param latest whether the last of equal values counts rather than the first
   */
  SlidingExtreme(boolean max, boolean latest) {
    this.max = max;
    this.latest = latest;
  }

  /** Starts over with another series. */
  void begin() {
    cut = 0;
    to = 0;
    newer = -1;
  }

  /** Index of the extreme of a window that is not empty; any number beats NaN. */
  int of(RangeWindow w) {
    double[] values = w.samples.floats;
    if (w.floatFrom >= cut) {
      moveCut(w, values);
    }
    for (; to < w.floatTo; to++) {
      newer = newer < 0 ? to : better(values, newer, to);
    }
    return newer < 0 ? older[w.floatFrom] : better(values, older[w.floatFrom], newer);
  }

  private void moveCut(RangeWindow w, double[] values) {
    cut = w.floatTo;
    to = w.floatTo;
    newer = -1;
    if (older.length < cut) {
      older = Arrays.copyOf(older, Math.max(cut, 2 * older.length));
    }
    int best = cut - 1;
    for (int i = cut - 1; i >= w.floatFrom; i--) {
      best = better(values, i, best);
      older[i] = best;
    }
  }

  private int better(double[] values, int left, int right) {
    double a = values[left];
    double b = values[right];
    boolean later = max ? b > a : b < a;
    return later || Double.isNaN(a) || (latest && a == b) ? right : left;
  }
}
