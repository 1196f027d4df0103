package dev.sextant.promql.function;

import java.util.Arrays;

/**
 * The floats of a sliding window in ascending order, NaN last. A float that comes or goes costs a
 * binary search, and a copy within the array that moves those above it by a place; where many come
 * and go at once the window is sorted anew. Up to about a thousand floats that is less than a
 * counting tree over the ranks of a series' floats takes, at forty thousand four times as much; to
 * sort every window takes 16 to 40 times as long. Windows only move forward. For one thread.
 */
final class SlidingOrder {
  /** More floats than this at one step, or a quarter of the window, and sorting is cheaper. */
  private static final int MOST_CHANGES = 128;

  /** The window's floats in order; what stands behind them means nothing. */
  double[] values = new double[64];

  private int from;
  private int to;

  /** Starts over with another series. */
  void begin() {
    from = 0;
    to = 0;
  }

  /** Sets {@link #values} to those of a window that is not empty. */
  void move(RangeWindow w) {
    double[] floats = w.samples.floats;
    int changes = w.floatFrom - from + w.floatTo - to;
    if (changes > Math.min(MOST_CHANGES, w.floats() / 4)) {
      refill(w);
      return;
    }
    for (; from < w.floatFrom; from++) {
      remove(floats[from]);
    }
    for (; to < w.floatTo; to++) {
      insert(floats[to]);
    }
  }

  private void refill(RangeWindow w) {
    from = w.floatFrom;
    to = w.floatTo;
    reserve(to - from);
    System.arraycopy(w.samples.floats, from, values, 0, to - from);
    Arrays.sort(values, 0, to - from);
  }

  private void remove(double value) {
    int n = to - from;
    int at = Arrays.binarySearch(values, 0, n, value);
    System.arraycopy(values, at + 1, values, at, n - at - 1);
  }

  private void insert(double value) {
    int n = to - from;
    reserve(n + 1);
    int found = Arrays.binarySearch(values, 0, n, value);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(values, at, values, at + 1, n - at);
    values[at] = value;
  }

  private void reserve(int n) {
    if (values.length < n) {
      values = Arrays.copyOf(values, Math.max(n, 2 * values.length));
    }
  }
}
