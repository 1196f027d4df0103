package dev.sextant.promql.function;

import dev.sextant.promql.step.Distribution;
import java.util.Arrays;

/** {@code mad_over_time}: the median of the distances from the median. */
final class MedianDeviation implements FloatsOverTime.Figure {
  private final SlidingOrder order = new SlidingOrder();

  @Override
  public void begin() {
    order.begin();
  }

  @Override
  public int bytesPerFloat() {
    return Double.BYTES;
  }

  @Override
  public double of(RangeWindow w) {
    order.move(w);
    double[] values = order.values;
    int n = w.floats();
    if (Double.isNaN(values[n - 1])) {
      return Double.NaN;
    }
    double median = Distribution.quantileOfSorted(0.5, values, n);
    if (!Double.isFinite(median)) {
      return walk(values, n, median);
    }
    int middle = (n - 1) / 2;
    double lower = distance(values, n, median, middle);
    double upper = distance(values, n, median, Math.min(n - 1, middle + 1));
    double weight = n % 2 == 0 ? 0.5 : 0;
    return lower * (1 - weight) + upper * weight;
  }

  /**
   * The distance from the median, which is finite, that just so many are less than. Floats as near
   * as that stand side by side, and a binary search finds the first of them.
   */
  private static double distance(double[] values, int n, double median, int less) {
    int from = 0;
    int to = n - 1 - less;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (median - values[middle] > values[middle + less + 1] - median) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return Math.max(median - values[from], values[from + less] - median);
  }

  private static double walk(double[] values, int n, double median) {
    double[] distances = new double[n];
    Arrays.setAll(distances, i -> Math.abs(values[i] - median));
    return Distribution.quantile(0.5, distances, n);
  }
}
