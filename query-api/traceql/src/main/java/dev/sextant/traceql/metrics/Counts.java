package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;

/** Counts spans. Where a whole batch lies in one group and bucket, no span is looked at. */
final class Counts implements Accumulator {
  private final TimeGrid grid;
  private final Cells cells;

  Counts(TimeGrid grid, Cells cells) {
    this.grid = grid;
    this.cells = cells;
  }

  Cells cells() {
    return cells;
  }

  @Override
  public void add(RowSet rows, long[] starts, Groups groups) {
    if (groups.constant() == KeyIds.NO_ID) {
      eachRow(rows, starts, groups.rowGroups());
      return;
    }
    double[] counts = cells.of(groups.constant());
    if (grid.count() == 1) {
      counts[0] += rows.count();
      return;
    }
    TimeGrid.Cursor cursor = grid.cursor();
    long[] words = rows.words();
    for (int w = 0; w < words.length; w++) {
      long word = words[w];
      if (word != 0 && !oneBucket(starts, w, word, cursor, counts)) {
        for (; word != 0; word &= word - 1) {
          counts[cursor.bucket(starts[(w << 6) + Long.numberOfTrailingZeros(word)])]++;
        }
      }
    }
  }

  /** Counts 64 rows at once where they lie in one bucket. */
  private boolean oneBucket(
      long[] starts, int w, long word, TimeGrid.Cursor cursor, double[] counts) {
    if (word != -1L) {
      return false;
    }
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int row = w << 6; row < (w + 1) << 6; row++) {
      least = Math.min(least, starts[row]);
      greatest = Math.max(greatest, starts[row]);
    }
    int bucket = cursor.bucket(least);
    if (cursor.bucket(greatest) != bucket) {
      return false;
    }
    counts[bucket] += Long.SIZE;
    return true;
  }

  private void eachRow(RowSet rows, long[] starts, int[] rowGroups) {
    TimeGrid.Cursor cursor = grid.cursor();
    long[] words = rows.words();
    int last = KeyIds.NO_ID;
    double[] counts = new double[0];
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(word);
        int group = rowGroups[row];
        if (group != KeyIds.NO_ID) {
          if (group != last) {
            counts = cells.of(group);
            last = group;
          }
          counts[cursor.bucket(starts[row])]++;
        }
      }
    }
  }
}
