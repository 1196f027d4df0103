package dev.sextant.storage.table;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns each row has a value in, in which order. Most rows have one of few shapes.
 *
 * @param columns of each shape: numbers of columns, in the order in which the row's values were
 *     given; a column that stands twice has two values
 * @param codes the number of each row's shape; may be longer than there are rows
 */
@SuppressWarnings("ArrayRecordComponent")
public record Shapes(List<int[]> columns, int[] codes) {
  /** How many values of a column each shape has. */
  public int[] occurrences(int column) {
    int[] counts = new int[columns.size()];
    for (int i = 0; i < counts.length; i++) {
      for (int each : columns.get(i)) {
        counts[i] += each == column ? 1 : 0;
      }
    }
    return counts;
  }

  /**
   * Where in a column each row's first value stands, or -1 where it has none.
   *
   * @param rows how many there are
   * @return null where each row has exactly one value, so that they stand where their rows do
   */
  public int @Nullable [] places(int column, int rows) {
    int[] occurrences = occurrences(column);
    if (Arrays.stream(occurrences).allMatch(each -> each == 1)) {
      return null;
    }
    int[] places = new int[rows];
    int next = 0;
    for (int row = 0; row < rows; row++) {
      int values = occurrences[codes[row]];
      places[row] = values == 0 ? -1 : next;
      next += values;
    }
    return places;
  }
}
