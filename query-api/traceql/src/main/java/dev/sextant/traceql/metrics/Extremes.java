package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;

/** Keeps the least or the greatest number. */
final class Extremes implements Accumulator {
  private final TimeGrid grid;
  private final Cells cells;
  private final Measure measure;
  private final boolean least;

  /**
   * @param cells that begin with NaN
   */
  Extremes(TimeGrid grid, Cells cells, Measure measure, boolean least) {
    this.grid = grid;
    this.cells = cells;
    this.measure = measure;
    this.least = least;
  }

  Cells cells() {
    return cells;
  }

  @Override
  public void add(RowSet rows, long[] starts, Groups groups) {
    TimeGrid.Cursor cursor = grid.cursor();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int group = groups.ofRow(row);
      double number = measure.number(row);
      if (group != KeyIds.NO_ID && !Double.isNaN(number)) {
        double[] numbers = cells.of(group);
        int bucket = cursor.bucket(starts[row]);
        double so = numbers[bucket];
        boolean better = least ? number < so : number > so;
        numbers[bucket] = better || Double.isNaN(so) ? number : so;
      }
    }
  }
}
