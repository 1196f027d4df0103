package dev.sextant.traceql.metrics;

import dev.sextant.traceql.exec.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers over buckets for each series that has some; counted as memory of the query. */
final class Cells {
  private final Execution execution;
  private final int buckets;
  private final double empty;
  private final List<double @Nullable []> series = new ArrayList<>();

  /**
   * @param empty what a bucket begins with
   */
  Cells(Execution execution, int buckets, double empty) {
    this.execution = execution;
    this.buckets = buckets;
    this.empty = empty;
  }

  /** The numbers of a series, made where there are none. */
  double[] of(int number) {
    while (series.size() <= number) {
      series.add(null);
    }
    double[] cells = series.get(number);
    if (cells == null) {
      execution.reserve(64 + 8L * buckets);
      cells = new double[buckets];
      if (empty != 0) {
        Arrays.fill(cells, empty);
      }
      series.set(number, cells);
    }
    return cells;
  }

  /** The numbers of a series, or null where it has none. */
  double @Nullable [] get(int number) {
    return number < series.size() ? series.get(number) : null;
  }
}
