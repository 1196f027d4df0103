package dev.sextant.storage.table;

import java.util.Arrays;

/**
 * Finds the values of single rows: where each of a row's columns has its first value of that row.
 * Going on to a later row costs as much as there are rows between. For one thread.
 */
public final class RowPlaces {
  private final Shapes shapes;

  /** How many rows of each shape come before the row. */
  private final int[] before;

  /** By column, how many values each shape has; made when needed. */
  private int[][] occurrences = new int[16][];

  private int row;

  public RowPlaces(Shapes shapes) {
    this.shapes = shapes;
    this.before = new int[shapes.columns().size()];
  }

  /**
   * Goes to a row.
   *
   * @return its columns, in the order of its values
   */
  public int[] moveTo(int wanted) {
    if (wanted < row) {
      Arrays.fill(before, 0);
      row = 0;
    }
    int[] codes = shapes.codes();
    for (; row < wanted; row++) {
      before[codes[row]]++;
    }
    return shapes.columns().get(codes[row]);
  }

  /** Where a column's first value of the row stands, or would. */
  public int place(int column) {
    if (column >= occurrences.length) {
      occurrences = Arrays.copyOf(occurrences, column * 2);
    }
    int[] values = occurrences[column];
    if (values == null) {
      values = shapes.occurrences(column);
      occurrences[column] = values;
    }
    int place = 0;
    for (int shape = 0; shape < before.length; shape++) {
      place += before[shape] * values[shape];
    }
    return place;
  }
}
