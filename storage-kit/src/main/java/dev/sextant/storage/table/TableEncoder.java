package dev.sextant.storage.table;

import dev.sextant.storage.block.BlockContent;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.DoubleVector;
import dev.sextant.storage.codec.Effort;
import dev.sextant.storage.codec.Hash;
import dev.sextant.storage.codec.LongSet;
import dev.sextant.storage.codec.LongVector;
import dev.sextant.storage.codec.TextVector;
import dev.sextant.storage.codec.Texts;
import java.util.List;

/**
 * Writes a table: each column as a part, and into the section a directory of them. {@code
 * docs/format/block.md} describes the bytes. Columns may come one by one, so that they need not all
 * be in heap at once. For one table.
 */
public final class TableEncoder {
  /** Texts that are longer together are worth a bloom filter, by which they need not be read. */
  private static final int BLOOM_FROM_BYTES = 4096;

  private final BlockContent content;
  private final Effort effort;
  private final int rows;
  private final ByteWriter directory = new ByteWriter(128);
  private final ByteWriter scratch;
  private int columns;
  private int shapes;
  private int codes;

  /**
   * @param rows how many the table has
   * @param scratch for what is being encoded; may serve others between calls
   */
  public TableEncoder(BlockContent content, Effort effort, int rows, ByteWriter scratch) {
    this.content = content;
    this.effort = effort;
    this.rows = rows;
    this.scratch = scratch;
  }

  /** Writes all of a table. */
  public static void encode(Table table, BlockContent content, Effort effort) {
    TableEncoder encoder = new TableEncoder(content, effort, table.rows(), new ByteWriter(1 << 14));
    table.columns().forEach(encoder::column);
    encoder.shapes(table.shapes().columns(), table.shapes().codes());
    encoder.finish();
  }

  /**
   * Writes a column; its number is one more than that of the one before, from 0.
   *
   * @return how many bytes its parts take
   */
  public int column(Column column) {
    ColumnKey key = column.key();
    columns++;
    directory.putVarint(key.field());
    if (key.isAttribute()) {
      directory.putSized(key.key());
    }
    directory.put(key.type().code());
    directory.putVarint(column.size());
    return switch (column.values()) {
      case Numbers(long[] values) -> numbers(key.type(), values, column.size());
      case TextValues texts -> texts(texts, column.size());
    };
  }

  /** How many columns were written. */
  public int columns() {
    return columns;
  }

  private int numbers(ValueType type, long[] values, int size) {
    if (type == ValueType.DECIMAL) {
      bounds(values, size);
      scratch.clear();
      DoubleVector.encode(values, size, effort, scratch);
    } else {
      long min = size == 0 ? 0 : Long.MAX_VALUE;
      long max = size == 0 ? 0 : Long.MIN_VALUE;
      for (int i = 0; i < size; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
      directory.putZigZag(min);
      directory.putZigZag(max);
      scratch.clear();
      LongVector.encode(values, size, effort, scratch);
    }
    return part();
  }

  private void bounds(long[] bits, int size) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double value = Double.longBitsToDouble(bits[i]);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    directory.putLong(Double.doubleToRawLongBits(min));
    directory.putLong(Double.doubleToRawLongBits(max));
  }

  private int texts(TextValues values, int size) {
    Texts entries = values.entries();
    scratch.clear();
    TextVector.encode(values.codes(), size, entries, effort, scratch);
    directory.putVarint(entries.size());
    int bytes = part();
    if (effort == Effort.THOROUGH && entries.totalLength() >= BLOOM_FROM_BYTES) {
      LongSet keys = new LongSet();
      for (int i = 0; i < entries.size(); i++) {
        keys.add(Hash.of(entries.bytes(), entries.from(i), entries.to(i)));
      }
      scratch.clear();
      Bloom.of(keys).encode(scratch);
      directory.putVarint(content.part(scratch) + 1);
      bytes += scratch.length();
    } else {
      directory.putVarint(0);
    }
    return bytes;
  }

  private int part() {
    directory.putVarint(content.part(scratch));
    return scratch.length();
  }

  /**
   * Writes the shapes of rows.
   *
   * @param lists of columns, by their numbers
   * @return how many bytes that takes
   */
  public int shapes(List<int[]> lists, int[] codesOfRows) {
    scratch.clear();
    scratch.putVarint(lists.size());
    for (int[] list : lists) {
      scratch.putVarint(list.length);
      for (int column : list) {
        scratch.putVarint(column);
      }
    }
    int bytes = scratch.length();
    shapes = content.part(scratch);
    scratch.clear();
    LongVector.encode(codesOfRows, rows, effort, scratch);
    codes = content.part(scratch);
    return bytes + scratch.length();
  }

  /** Writes the directory, once all columns and shapes are written. */
  public void finish() {
    ByteWriter section = content.section();
    section.putVarint(rows);
    section.putVarint(shapes);
    section.putVarint(codes);
    section.putVarint(columns);
    section.put(directory.array(), 0, directory.length());
  }
}
