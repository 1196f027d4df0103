package dev.sextant.storage.table;

import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the rows of many stored tables, in any order, as others. One column is in heap at a time,
 * that of all rows, beside two numbers a row; each stored column is read once. For one thread.
 */
public final class TableMerger {
  private final List<StoredTable> inputs;

  /** Columns of all inputs, each once; those of fields that are left out are not among. */
  private final List<ColumnKey> keys = new ArrayList<>();

  private final Map<Key, Integer> numbers = new HashMap<>();

  /** By input and its column, the number among all; -1 for one that is left out. */
  private final int[][] columnsOfInputs;

  /** Of all inputs, columns by their numbers among all. */
  private final List<int[]> shapes = new ArrayList<>();

  private final Map<Slice, Integer> shapeNumbers = new HashMap<>();

  /** By row of all inputs, one behind the other. */
  private final int[] shapesOfRows;

  private record Key(int field, Slice key, ValueType type) {}

  /**
   * @param inputs whose rows are numbered one behind the other
   * @param without fields that are left out
   */
  public TableMerger(List<StoredTable> inputs, Set<Integer> without) {
    this.inputs = inputs;
    this.columnsOfInputs = new int[inputs.size()][];
    this.shapesOfRows = new int[inputs.stream().mapToInt(StoredTable::rows).sum()];
    int row = 0;
    for (int i = 0; i < columnsOfInputs.length; i++) {
      StoredTable input = inputs.get(i);
      columnsOfInputs[i] = numberColumns(input, without);
      numberShapes(input, columnsOfInputs[i], row);
      row += input.rows();
    }
  }

  private int[] numberColumns(StoredTable input, Set<Integer> without) {
    int[] found = new int[input.columns()];
    for (int i = 0; i < found.length; i++) {
      ColumnKey key = input.key(i);
      if (without.contains(key.field())) {
        found[i] = -1;
      } else {
        Key own = new Key(key.field(), Slice.of(key.key().copy()), key.type());
        Integer known = numbers.putIfAbsent(own, keys.size());
        found[i] = known != null ? known : keys.size();
        if (known == null) {
          keys.add(new ColumnKey(own.field, own.key, own.type));
        }
      }
    }
    return found;
  }

  private void numberShapes(StoredTable input, int[] columns, int firstRow) {
    Shapes own = input.shapes();
    int[] found = new int[own.columns().size()];
    for (int i = 0; i < found.length; i++) {
      int[] list = own.columns().get(i);
      int[] mapped = new int[list.length];
      int length = 0;
      for (int column : list) {
        if (columns[column] >= 0) {
          mapped[length++] = columns[column];
        }
      }
      found[i] = shape(Arrays.copyOf(mapped, length));
    }
    for (int row = 0; row < input.rows(); row++) {
      shapesOfRows[firstRow + row] = found[own.codes()[row]];
    }
  }

  private int shape(int[] list) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * list.length);
    bytes.asIntBuffer().put(list);
    Integer known = shapeNumbers.putIfAbsent(Slice.of(bytes.array()), shapes.size());
    if (known == null) {
      shapes.add(list);
    }
    return known != null ? known : shapes.size() - 1;
  }

  /** How many rows there are in all. */
  public int rows() {
    return shapesOfRows.length;
  }

  /**
   * Writes tables; their directories are not ended, so that the caller may have written columns
   * before and may write others behind.
   *
   * @param order for each row that is written, the number of the row among all inputs
   * @param ends for each table, where in {@code order} its rows end
   * @param outputs as many
   * @param checkpoint to be run after each column and table; what it throws ends the merge
   */
  public void write(int[] order, int[] ends, List<TableEncoder> outputs, Runnable checkpoint) {
    new Merge(order, ends, outputs, checkpoint).run();
  }

  private final class Merge {
    private final int[] order;
    private final int[] ends;
    private final List<TableEncoder> outputs;
    private final Runnable checkpoint;

    /** By output and column, the number of the output's column; -1 where it has none. */
    private final int[][] columnsOfOutputs;

    /** By shape, how many values of the column at hand a row has. */
    private int[] occurrences = new int[0];

    Merge(int[] order, int[] ends, List<TableEncoder> outputs, Runnable checkpoint) {
      this.order = order;
      this.ends = ends;
      this.outputs = outputs;
      this.checkpoint = checkpoint;
      this.columnsOfOutputs = new int[outputs.size()][keys.size()];
    }

    void run() {
      boolean[] optional = new boolean[keys.size()];
      for (int[] list : shapes) {
        for (int column : list) {
          optional[column] = true;
        }
      }
      for (int column = 0; column < optional.length; column++) {
        occurrences = occurrences(column, optional[column]);
        int[] starts = optional[column] ? starts() : new int[0];
        if (keys.get(column).type().isNumber()) {
          numbers(column, starts);
        } else {
          texts(column, starts);
        }
      }
      for (int output = 0; output < outputs.size(); output++) {
        shapes(output);
        checkpoint.run();
      }
    }

    private int[] occurrences(int column, boolean optional) {
      int[] counts = new int[shapes.size()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = optional ? 0 : 1;
        for (int each : shapes.get(i)) {
          counts[i] += each == column ? 1 : 0;
        }
      }
      return counts;
    }

    /** By row of all inputs, where its values of the column at hand begin. */
    private int[] starts() {
      int[] starts = new int[shapesOfRows.length];
      int next = 0;
      for (int row = 0; row < starts.length; row++) {
        starts[row] = next;
        next += occurrences[shapesOfRows[row]];
      }
      return starts;
    }

    private int count() {
      int count = 0;
      for (int shape : shapesOfRows) {
        count += occurrences[shape];
      }
      return count;
    }

    private void numbers(int column, int[] starts) {
      long[] all = new long[count()];
      int next = 0;
      for (int i = 0; i < columnsOfInputs.length; i++) {
        int own = own(i, column);
        if (own >= 0 && inputs.get(i).load(own) instanceof Numbers(long[] values)) {
          System.arraycopy(values, 0, all, next, inputs.get(i).size(own));
          next += inputs.get(i).size(own);
        }
      }
      long[] values = new long[1024];
      for (int output = 0, from = 0; output < ends.length; from = ends[output++]) {
        int size = 0;
        for (int i = from; i < ends[output]; i++) {
          int row = order[i];
          int start = starts.length == 0 ? row : starts[row];
          int end = start + occurrences[shapesOfRows[row]];
          if (size + end - start > values.length) {
            values = Arrays.copyOf(values, 2 * values.length + end - start);
          }
          for (int at = start; at < end; at++) {
            values[size++] = all[at];
          }
        }
        put(output, column, size, new Numbers(values));
      }
    }

    private void texts(int column, int[] starts) {
      TextGathering gathering = new TextGathering(count());
      for (int i = 0; i < columnsOfInputs.length; i++) {
        int own = own(i, column);
        if (own >= 0 && inputs.get(i).load(own) instanceof TextValues values) {
          gathering.add(values, inputs.get(i).size(own));
        }
      }
      for (int output = 0, from = 0; output < ends.length; from = ends[output++]) {
        gathering.begin();
        for (int i = from; i < ends[output]; i++) {
          int row = order[i];
          int start = starts.length == 0 ? row : starts[row];
          gathering.take(start, start + occurrences[shapesOfRows[row]]);
        }
        put(output, column, gathering.size(), gathering.values());
      }
    }

    private int own(int input, int column) {
      int[] columns = columnsOfInputs[input];
      for (int own = 0; own < columns.length; own++) {
        if (columns[own] == column) {
          return own;
        }
      }
      return -1;
    }

    private void put(int output, int column, int size, Values values) {
      columnsOfOutputs[output][column] = -1;
      if (size > 0) {
        columnsOfOutputs[output][column] = outputs.get(output).columns();
        outputs.get(output).column(new Column(keys.get(column), size, values));
      }
      checkpoint.run();
    }

    private void shapes(int output) {
      int from = output == 0 ? 0 : ends[output - 1];
      int[] codes = new int[ends[output] - from];
      int[] numbersOfShapes = new int[shapes.size()];
      List<int[]> lists = new ArrayList<>();
      for (int i = 0; i < codes.length; i++) {
        int shape = shapesOfRows[order[from + i]];
        if (numbersOfShapes[shape] == 0) {
          lists.add(columnsOfOutput(output, shapes.get(shape)));
          numbersOfShapes[shape] = lists.size();
        }
        codes[i] = numbersOfShapes[shape] - 1;
      }
      outputs.get(output).shapes(lists, codes);
    }

    private int[] columnsOfOutput(int output, int[] list) {
      int[] mapped = new int[list.length];
      for (int i = 0; i < mapped.length; i++) {
        mapped[i] = columnsOfOutputs[output][list[i]];
      }
      return mapped;
    }
  }
}
