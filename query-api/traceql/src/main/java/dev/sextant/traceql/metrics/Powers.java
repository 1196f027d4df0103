package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;
import java.util.ArrayList;
import java.util.List;

/** Counts spans by the least power of two that their number does not pass. */
final class Powers implements Accumulator {
  private static final int POWERS = 64;

  private final TimeGrid grid;
  private final Cells cells;
  private final Measure measure;

  /**
   * @param cells a series for each group and power
   */
  Powers(TimeGrid grid, Cells cells, Measure measure) {
    this.grid = grid;
    this.cells = cells;
    this.measure = measure;
  }

  /** The counts of one power over buckets. */
  @SuppressWarnings("ArrayRecordComponent")
  record Power(int power, double[] counts) {}

  @Override
  public void add(RowSet rows, long[] starts, Groups groups) {
    TimeGrid.Cursor cursor = grid.cursor();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int group = groups.ofRow(row);
      int power = measure.power(row);
      if (group != KeyIds.NO_ID && power != Measure.NO_POWER) {
        cells.of(group * POWERS + power)[cursor.bucket(starts[row])]++;
      }
    }
  }

  /** Those of a group that some span has, ascending. */
  List<Power> of(int group) {
    List<Power> powers = new ArrayList<>();
    for (int power = 0; power < POWERS; power++) {
      double[] counts = cells.get(group * POWERS + power);
      if (counts != null) {
        powers.add(new Power(power, counts));
      }
    }
    return powers;
  }
}
