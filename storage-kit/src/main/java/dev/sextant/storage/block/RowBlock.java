package dev.sextant.storage.block;

import dev.sextant.storage.otlp.Slice;
import java.util.List;

/**
 * A block that keeps rows, in the order of their row numbers. Of stored ones each part is read and
 * checked when it is first asked for, so what a query does not touch costs nothing.
 *
 * <p>Arrays are shared and may be longer than {@link #rows()}; nobody writes to them.
 */
public interface RowBlock extends Block {
  /**
   * Each row's number in the journal, ascending.
   *
   * @throws BlockDamagedException as every part's reading does
   */
  long[] rowNumbers();

  /** Each row's event time, nanoseconds since the epoch. */
  long[] times();

  /** A column of the schema. */
  long[] column(int column);

  /** For each row, an index into {@link #dictionary}. */
  long[] dictionaryIds(int dictionary);

  /** The distinct values of a dictionary column. */
  List<Slice> dictionary(int dictionary);

  /** What the signal keeps of a row beside its columns. */
  Slice payload(int row);

  /**
   * False only where no row has this key; see {@link BlockIndex#key}. Always true for a block in
   * heap.
   */
  boolean mightContain(long key);

  /** What the signal noted when the block was closed; empty for a block in heap. */
  Slice summary();
}
