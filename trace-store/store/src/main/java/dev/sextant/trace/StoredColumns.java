package dev.sextant.trace;

import dev.sextant.storage.codec.Texts;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.table.StoredTable;
import dev.sextant.storage.table.TextValues;
import dev.sextant.storage.table.ValueType;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Columns of a stored table as query engines read them. For one thread. */
final class StoredColumns {
  private static final List<SpanValue> BOOLEANS = List.of(SpanValue.of(false), SpanValue.of(true));

  private StoredColumns() {}

  /**
   * An attribute of each row. Of a key that a row has twice the first value counts; one without a
   * value is left out.
   */
  static SpanColumn attribute(StoredTable table, byte[] key) {
    int[] columns = table.attribute(key);
    int rest = table.rest();
    if (rest >= 0 || columns.length > 1 || hasOddValues(table, columns)) {
      return MixedColumn.of(table, columns, rest, key);
    }
    return columns.length == 0 ? SpanColumn.ABSENT : column(table, columns[0]);
  }

  /** Whether the first value that stands in a row need not be the one that counts. */
  private static boolean hasOddValues(StoredTable table, int[] columns) {
    if (columns.length == 0) {
      return false;
    }
    ValueType type = table.key(columns[0]).type();
    return type == ValueType.VALUE || type == ValueType.PAIR;
  }

  /** A field of the table's own; absent where no row has it. */
  static SpanColumn field(StoredTable table, int field) {
    int column = table.field(field);
    return column < 0 ? SpanColumn.ABSENT : column(table, column);
  }

  private static SpanColumn column(StoredTable table, int column) {
    return switch (table.key(column).type()) {
      case INT -> longs(table, column);
      case DECIMAL -> doubles(table, column);
      case BOOL -> new Booleans(table, column);
      case TEXT -> new TextColumn(table, column);
      case VALUE, PAIR, REST ->
          throw new IllegalArgumentException("no column of its own: " + table.key(column));
    };
  }

  /** Where each row's value stands, or null where each has just one. */
  static int @Nullable [] places(StoredTable table, int column) {
    return table.isOptional(column) ? table.shapes().places(column, table.rows()) : null;
  }

  private static SpanColumn longs(StoredTable table, int column) {
    long[] numbers = table.numbers(column);
    if (!table.isOptional(column)) {
      return new SpanColumn.Longs(numbers, null);
    }
    int[] occurrences = table.shapes().occurrences(column);
    int[] shapes = table.shapes().codes();
    long[] values = new long[table.rows()];
    long[] present = new long[(values.length + 63) >>> 6];
    int next = 0;
    if (isAtMostOne(occurrences)) {
      // A row's value, or 0, without a branch that nobody could foretell.
      for (int row = 0; row < values.length; row++) {
        int count = occurrences[shapes[row]];
        values[row] = numbers[next] & -count;
        present[row >>> 6] |= (long) count << row;
        next += count;
      }
    } else {
      for (int row = 0; row < values.length; row++) {
        int count = occurrences[shapes[row]];
        values[row] = count == 0 ? 0 : numbers[next];
        present[row >>> 6] |= count == 0 ? 0 : 1L << row;
        next += count;
      }
    }
    return new SpanColumn.Longs(values, present);
  }

  private static boolean isAtMostOne(int[] occurrences) {
    for (int each : occurrences) {
      if (each > 1) {
        return false;
      }
    }
    return true;
  }

  private static SpanColumn doubles(StoredTable table, int column) {
    int[] places = places(table, column);
    long[] bits = table.numbers(column);
    double[] values = new double[table.rows()];
    for (int row = 0; row < values.length; row++) {
      int place = places == null ? row : places[row];
      values[row] = place < 0 ? 0 : Double.longBitsToDouble(bits[place]);
    }
    return new SpanColumn.Doubles(values, places == null ? null : present(places));
  }

  private static long[] present(int[] places) {
    long[] present = new long[(places.length + 63) >>> 6];
    for (int row = 0; row < places.length; row++) {
      present[row >>> 6] |= places[row] < 0 ? 0 : 1L << row;
    }
    return present;
  }

  /** Codes of each row's value, -1 where it has none. */
  private static int[] spread(StoredTable table, int column, int[] codes) {
    if (!table.isOptional(column)) {
      return codes;
    }
    int[] occurrences = table.shapes().occurrences(column);
    int[] shapes = table.shapes().codes();
    int[] spread = new int[table.rows()];
    int next = 0;
    if (isAtMostOne(occurrences)) {
      int last = Math.max(0, table.size(column) - 1);
      for (int row = 0; row < spread.length; row++) {
        int count = occurrences[shapes[row]];
        spread[row] = (codes[Math.min(next, last)] + 1 & -count) - 1;
        next += count;
      }
    } else {
      for (int row = 0; row < spread.length; row++) {
        int count = occurrences[shapes[row]];
        spread[row] = count == 0 ? -1 : codes[next];
        next += count;
      }
    }
    return spread;
  }

  private static final class Booleans implements SpanColumn.Coded {
    private final StoredTable table;
    private final int column;
    private int @Nullable [] codes;

    Booleans(StoredTable table, int column) {
      this.table = table;
      this.column = column;
    }

    @Override
    public List<SpanValue> dictionary() {
      return BOOLEANS;
    }

    @Override
    public int[] codes() {
      int[] known = codes;
      if (known == null) {
        int[] values = new int[table.size(column)];
        long[] numbers = table.numbers(column);
        Arrays.setAll(values, i -> numbers[i] == 0 ? 0 : 1);
        known = spread(table, column, values);
        codes = known;
      }
      return known;
    }
  }

  private static final class TextColumn implements SpanColumn.Coded {
    private final StoredTable table;
    private final int column;
    private final TextValues texts;
    private @Nullable List<SpanValue> dictionary;
    private int @Nullable [] codes;

    TextColumn(StoredTable table, int column) {
      this.table = table;
      this.column = column;
      this.texts = table.texts(column);
    }

    @Override
    public List<SpanValue> dictionary() {
      List<SpanValue> known = dictionary;
      if (known == null) {
        known = new TextList(texts.entries());
        dictionary = known;
      }
      return known;
    }

    @Override
    public int[] codes() {
      int[] known = codes;
      if (known == null) {
        known = spread(table, column, texts.codes());
        codes = known;
      }
      return known;
    }
  }

  /** Keys of attributes that have no column of their own. */
  static Set<String> keysOfRest(StoredTable table) {
    Set<String> keys = new HashSet<>();
    int rest = table.rest();
    if (rest >= 0) {
      Texts entries = table.texts(rest).entries();
      for (int i = 0; i < entries.size(); i++) {
        Attributes.Entry entry = MixedColumn.pair(entries.get(i));
        if (SpanValues.of(entry.value()) != null) {
          keys.add(entry.key());
        }
      }
    }
    return keys;
  }
}
