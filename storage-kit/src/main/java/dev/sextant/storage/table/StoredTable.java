package dev.sextant.storage.table;

import dev.sextant.storage.block.StoredParts;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.codec.DoubleVector;
import dev.sextant.storage.codec.LongVector;
import dev.sextant.storage.codec.TextVector;
import dev.sextant.storage.codec.Texts;
import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table in a block. Its directory is read at once, each column when it is asked for, and only
 * once. For one thread.
 *
 * <p>What reads parts throws {@link dev.sextant.storage.block.BlockDamagedException}.
 */
public final class StoredTable {
  /** No table has more rows, nor a column more values. */
  private static final int MAX_VALUES = 1 << 24;

  private static final int MAX_TEXT = 1 << 30;
  private final StoredParts parts;
  private final int rows;
  private final int shapesPart;
  private final int codesPart;
  private final ColumnKey[] keys;
  private final int[] sizes;

  /** Least number; of decimals its raw bits; of texts, how many entries there are. */
  private final long[] mins;

  private final long[] maxs;
  private final int[] columnParts;

  /** Of bloom filters, or -1. */
  private final int[] bloomParts;

  private final @Nullable Values[] values;
  private @Nullable Shapes shapes;
  private boolean @Nullable [] optional;

  /**
   * Reads a directory.
   *
   * @param section stands before it, and behind it then
   * @throws CorruptDataException where it is none
   */
  public StoredTable(StoredParts parts, ByteSource section) {
    this.parts = parts;
    this.rows = section.getCount(MAX_VALUES);
    this.shapesPart = section.getCount(parts.count());
    this.codesPart = section.getCount(parts.count());
    int columns = section.getCount(section.remaining());
    this.keys = new ColumnKey[columns];
    this.sizes = new int[columns];
    this.mins = new long[columns];
    this.maxs = new long[columns];
    this.columnParts = new int[columns];
    this.bloomParts = new int[columns];
    this.values = new Values[columns];
    for (int i = 0; i < columns; i++) {
      readColumn(i, section);
    }
  }

  private void readColumn(int column, ByteSource section) {
    int field = section.getCount(Integer.MAX_VALUE);
    Slice key = field == 0 ? section.getSized() : Slice.EMPTY;
    ValueType type = ValueType.of(section.get());
    keys[column] = new ColumnKey(field, key, type);
    sizes[column] = section.getCount(MAX_VALUES);
    bloomParts[column] = -1;
    if (type == ValueType.DECIMAL) {
      mins[column] = section.getLong();
      maxs[column] = section.getLong();
    } else if (type.isNumber()) {
      mins[column] = section.getZigZag();
      maxs[column] = section.getZigZag();
    } else {
      mins[column] = section.getCount(MAX_VALUES);
    }
    columnParts[column] = section.getCount(parts.count());
    if (!type.isNumber()) {
      bloomParts[column] = section.getCount(parts.count()) - 1;
    }
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return keys.length;
  }

  public ColumnKey key(int column) {
    return keys[column];
  }

  /** How many values a column has. */
  public int size(int column) {
    return sizes[column];
  }

  /** Least value of a column of whole numbers; raw bits of it for decimals, NaN where some are. */
  public long min(int column) {
    return mins[column];
  }

  /** As {@link #min}, the greatest. */
  public long max(int column) {
    return maxs[column];
  }

  /**
   * The distinct values of a column of whole numbers, ascending, where it tells them without being
   * decoded; none where it does not.
   */
  public long[] distinct(int column) {
    return decode(column, part -> LongVector.distinct(part, sizes[column]));
  }

  /** How many entries a column of texts has. */
  public int entryCount(int column) {
    return (int) mins[column];
  }

  /** How many bytes a column takes. */
  public int bytes(int column) {
    int bloom = bloomParts[column] < 0 ? 0 : parts.length(bloomParts[column]);
    return parts.length(columnParts[column]) + bloom;
  }

  /** How many bytes the shapes of rows take. */
  public int bytesOfShapes() {
    return parts.length(shapesPart) + parts.length(codesPart);
  }

  /** The column of a field of the table's own, or -1. */
  public int field(int field) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].field() == field) {
        return i;
      }
    }
    return -1;
  }

  /** The columns of an attribute, one for each type of value; those of the rest are not among. */
  public int[] attribute(byte[] key) {
    int[] found = new int[0];
    for (int i = 0; i < keys.length; i++) {
      Slice own = keys[i].key();
      if (own.length() == key.length
          && keys[i].isAttribute()
          && keys[i].type() != ValueType.REST
          && Arrays.equals(own.bytes(), own.from(), own.to(), key, 0, key.length)) {
        found = Arrays.copyOf(found, found.length + 1);
        found[found.length - 1] = i;
      }
    }
    return found;
  }

  /** The column of attributes that got none of their own, or -1. */
  public int rest() {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].type() == ValueType.REST) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The values of a column of numbers; of whole ones with a place more behind them, so that a
   * reader may look behind the last.
   *
   * @throws IllegalArgumentException where the column's type is none of a number
   */
  public long[] numbers(int column) {
    if (values(column) instanceof Numbers(long[] numbers)) {
      return numbers;
    }
    throw new IllegalArgumentException(keys[column] + " is no column of numbers");
  }

  /**
   * @throws IllegalArgumentException where the column's type is one of a number
   */
  public TextValues texts(int column) {
    if (values(column) instanceof TextValues texts) {
      return texts;
    }
    throw new IllegalArgumentException(keys[column] + " is no column of texts");
  }

  /** A column's values; numbers are read at once, texts and their codes each when asked for. */
  public Values values(int column) {
    Values known = values[column];
    if (known == null) {
      known = load(column);
      values[column] = known;
    }
    return known;
  }

  /** As {@link #values}, but not kept: it is read again the next time. */
  public Values load(int column) {
    return switch (keys[column].type()) {
      case INT, BOOL -> new Numbers(decode(column, part -> longs(column, part)));
      case DECIMAL -> new Numbers(decode(column, part -> doubles(column, part)));
      case TEXT, VALUE, PAIR, REST ->
          new StoredTexts(
              column, decode(column, part -> TextVector.of(part, sizes[column], MAX_TEXT)));
    };
  }

  private long[] longs(int column, Slice part) {
    long[] numbers = new long[sizes[column] + 1];
    LongVector.decode(new ByteSource(part), sizes[column], numbers);
    return numbers;
  }

  private long[] doubles(int column, Slice part) {
    return DoubleVector.decode(new ByteSource(part), sizes[column]);
  }

  private <T> T decode(int column, StoredParts.Decoder<T> decoder) {
    return parts.decode(columnParts[column], keys[column], decoder);
  }

  private final class StoredTexts implements TextValues {
    private final int column;
    private final TextVector vector;
    private @Nullable Texts entries;
    private int @Nullable [] codes;

    StoredTexts(int column, TextVector vector) {
      this.column = column;
      this.vector = vector;
    }

    @Override
    public Texts entries() {
      Texts known = entries;
      if (known == null) {
        known = checked(vector::entries);
        entries = known;
      }
      return known;
    }

    @Override
    public int[] codes() {
      int[] known = codes;
      if (known == null) {
        known = checked(vector::codes);
        codes = known;
      }
      return known;
    }

    private <T> T checked(Supplier<T> decoding) {
      try {
        return decoding.get();
      } catch (CorruptDataException | IndexOutOfBoundsException e) {
        throw parts.damaged(keys[column], e);
      }
    }
  }

  /** False only where a column of texts has no such entry. */
  public boolean mightContain(int column, long hash) {
    return bloomParts[column] < 0
        || parts.decode(
            bloomParts[column], keys[column], part -> Bloom.decode(part).mightContain(hash));
  }

  /** Whether {@link #mightContain} tells anything. */
  public boolean hasBloom(int column) {
    return bloomParts[column] >= 0;
  }

  public Shapes shapes() {
    Shapes known = shapes;
    if (known == null) {
      List<int[]> lists = parts.decode(shapesPart, "shapes", this::readShapes);
      int[] codes =
          parts.decode(
              codesPart,
              "shapes of rows",
              part -> LongVector.decodeInts(part, rows, lists.size() - 1));
      known = new Shapes(lists, codes);
      shapes = known;
    }
    return known;
  }

  /** Whether some rows may lack a value of the column, or have several. */
  public boolean isOptional(int column) {
    boolean[] known = optional;
    if (known == null) {
      known = new boolean[keys.length];
      for (int[] list : shapes().columns()) {
        for (int each : list) {
          known[each] = true;
        }
      }
      optional = known;
    }
    return known[column];
  }

  private List<int[]> readShapes(Slice part) {
    ByteSource in = new ByteSource(part);
    int count = in.getCount(in.remaining());
    List<int[]> lists = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int[] list = new int[in.getCount(in.remaining())];
      for (int j = 0; j < list.length; j++) {
        list[j] = in.getCount(keys.length - 1);
      }
      lists.add(list);
    }
    return lists;
  }
}
