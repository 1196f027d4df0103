package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;
import org.jspecify.annotations.Nullable;

/** Adds numbers, with what rounding loses kept apart (Neumaier), and counts them. */
final class Sums implements Accumulator {
  private final TimeGrid grid;
  private final Cells sums;
  private final Cells lost;
  private final Cells counts;
  private final Measure measure;

  /**
   * Every kind of cells begins with 0.
   *
   * @param lost what rounding takes off the sums
   */
  Sums(TimeGrid grid, Cells sums, Cells lost, Cells counts, Measure measure) {
    this.grid = grid;
    this.sums = sums;
    this.lost = lost;
    this.counts = counts;
    this.measure = measure;
  }

  @Override
  public void add(RowSet rows, long[] starts, Groups groups) {
    TimeGrid.Cursor cursor = grid.cursor();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int group = groups.ofRow(row);
      double number = measure.number(row);
      if (group != KeyIds.NO_ID && !Double.isNaN(number)) {
        int bucket = cursor.bucket(starts[row]);
        double[] sum = sums.of(group);
        double before = sum[bucket];
        double after = before + number;
        if (Double.isFinite(after)) {
          lost.of(group)[bucket] +=
              Math.abs(before) >= Math.abs(number)
                  ? before - after + number
                  : number - after + before;
        }
        sum[bucket] = after;
        counts.of(group)[bucket]++;
      }
    }
  }

  /** A group's sums or averages, NaN where it has no number; null where it has none at all. */
  double @Nullable [] result(int group, boolean average) {
    double[] count = counts.get(group);
    if (count == null) {
      return null;
    }
    double[] result = new double[count.length];
    double[] rest = lost.get(group);
    for (int i = 0; i < result.length; i++) {
      double sum = sums.of(group)[i] + (rest == null ? 0 : rest[i]);
      result[i] = count[i] == 0 ? Double.NaN : average ? sum / count[i] : sum;
    }
    return result;
  }
}
