package dev.sextant.storage.block;

import dev.sextant.storage.otlp.Slice;
import java.util.List;

/**
 * Rows of one stream, in the order of their row numbers. Stored blocks read and check each part
 * when it is first asked for, so what a query does not touch costs nothing. For one thread; valid
 * while its {@link BlockSnapshot} is open.
 *
 * <p>Arrays are shared and may be longer than {@link #rows()}; nobody writes to them.
 */
public interface Block {
  String tenant();

  /** The service that the block's rows come from, cut after 512 characters. */
  String service();

  int rows();

  /** The earliest event time, nanoseconds since the epoch. */
  long minTime();

  /** The latest event time, nanoseconds since the epoch. */
  long maxTime();

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
