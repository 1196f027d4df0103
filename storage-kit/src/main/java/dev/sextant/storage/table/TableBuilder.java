package dev.sextant.storage.table;

import dev.sextant.storage.codec.TextDictionary;
import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes columns of rows. The same keys come in the same order most of the time, so a row's next
 * column is guessed from the row before and told by comparing the key's bytes; no text is made of
 * them. For one thread.
 */
public final class TableBuilder {
  /**
   * A table has no more columns of attributes; what would need another goes to one for the rest.
   */
  public static final int MAX_COLUMNS = 1000;

  private final List<Building> columns = new ArrayList<>();
  private final ShapeTrie trie = new ShapeTrie();
  private final Pair pair = new Pair();

  /** By type: keys, and for each the number of its column. */
  private final TextDictionary[] keys = new TextDictionary[ValueType.values().length];

  private final int[][] columnsOfKeys = new int[keys.length][8];
  private int rest = -1;
  private int attributes;
  private int[] shapes = new int[16];
  private int rows;

  /** A column that grows. */
  private static final class Building {
    final ColumnKey key;
    long[] numbers = new long[0];
    int[] codes = new int[0];
    final TextDictionary texts = new TextDictionary();
    int size;

    Building(ColumnKey key) {
      this.key = key;
    }

    void add(long number) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(16, size * 2));
      }
      numbers[size++] = number;
    }

    void add(byte[] bytes, int from, int to) {
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, Math.max(16, size * 2));
      }
      codes[size++] = texts.idOf(bytes, from, to);
    }

    boolean hasKey(byte[] bytes, int from, int to) {
      Slice own = key.key();
      return Arrays.equals(own.bytes(), own.from(), own.to(), bytes, from, to);
    }

    Column build() {
      Values values =
          key.type().isNumber() ? new Numbers(numbers) : TextValues.of(texts.texts(), codes);
      return new Column(key, size, values);
    }
  }

  public TableBuilder() {
    Arrays.setAll(keys, i -> new TextDictionary());
  }

  /**
   * Declares a field of the table's own, before the first row.
   *
   * @param number at least 1
   * @return the column's number, for {@link #put} and {@link #putOptional}
   */
  public int field(int number, ValueType type) {
    columns.add(new Building(ColumnKey.ofField(number, type)));
    return columns.size() - 1;
  }

  /** A value of a field that every row has. */
  public void put(int column, long number) {
    columns.get(column).add(number);
  }

  public void put(int column, byte[] bytes, int from, int to) {
    columns.get(column).add(bytes, from, to);
  }

  /** A value of a field that only some rows have. */
  public void putOptional(int column, long number) {
    trie.step(column);
    columns.get(column).add(number);
  }

  public void putOptional(int column, byte[] bytes, int from, int to) {
    trie.step(column);
    columns.get(column).add(bytes, from, to);
  }

  /** An attribute of the row: a {@code KeyValue} message. */
  public void attribute(byte[] bytes, int from, int to) {
    pair.read(bytes, from, to);
    int column = trie.expected();
    if (column < 0 || !isColumnOfPair(columns.get(column), bytes)) {
      column = lookUp(bytes);
    }
    trie.step(column);
    Building into = columns.get(column);
    if (into.key.type().isNumber()) {
      into.add(pair.number);
    } else if (into.key.type() == ValueType.REST) {
      into.add(bytes, from, to);
    } else {
      into.add(bytes, pair.from, pair.to);
    }
  }

  private boolean isColumnOfPair(Building column, byte[] bytes) {
    return column.key.type() == pair.type
        && column.key.isAttribute()
        && column.hasKey(bytes, pair.keyFrom, pair.keyTo);
  }

  private int lookUp(byte[] bytes) {
    int type = pair.type.ordinal();
    int known = keys[type].size();
    if (attributes >= MAX_COLUMNS) {
      return lookUpFull(bytes);
    }
    int id = keys[type].idOf(bytes, pair.keyFrom, pair.keyTo);
    if (id == known) {
      if (id == columnsOfKeys[type].length) {
        columnsOfKeys[type] = Arrays.copyOf(columnsOfKeys[type], id * 2);
      }
      columnsOfKeys[type][id] = columns.size();
      Slice key = Slice.of(new Slice(bytes, pair.keyFrom, pair.keyTo).copy());
      columns.add(new Building(new ColumnKey(0, key, pair.type)));
      attributes++;
    }
    return columnsOfKeys[type][id];
  }

  /** No more columns: one that is there already, or that of the rest. */
  private int lookUpFull(byte[] bytes) {
    int type = pair.type.ordinal();
    int id = keys[type].find(bytes, pair.keyFrom, pair.keyTo);
    if (id >= 0) {
      return columnsOfKeys[type][id];
    }
    if (rest < 0) {
      rest = columns.size();
      columns.add(new Building(new ColumnKey(0, Slice.EMPTY, ValueType.REST)));
    }
    return rest;
  }

  /** Ends the row. */
  public void endRow() {
    if (rows == shapes.length) {
      shapes = Arrays.copyOf(shapes, rows * 2);
    }
    shapes[rows++] = trie.end();
  }

  /** How many rows were ended. */
  public int rows() {
    return rows;
  }

  /** What is in it, without columns that have no value; it must not be used any more. */
  public Table build() {
    int[] numbers = new int[columns.size()];
    List<Column> built = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = built.size();
      if (columns.get(i).size > 0) {
        built.add(columns.get(i).build());
      }
    }
    for (int[] list : trie.lists()) {
      for (int i = 0; i < list.length; i++) {
        list[i] = numbers[list[i]];
      }
    }
    return new Table(rows, List.copyOf(built), new Shapes(trie.lists(), shapes));
  }
}
