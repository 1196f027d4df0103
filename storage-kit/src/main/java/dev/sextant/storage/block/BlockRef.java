package dev.sextant.storage.block;

/** A block that a query may have to open. */
public interface BlockRef {
  /** The earliest event time, nanoseconds since the epoch. */
  long minTime();

  /** The latest event time, nanoseconds since the epoch. */
  long maxTime();

  /** Whether it is a block in heap, to which rows may still be added. */
  boolean inHeap();

  /** The number of its first row; of a block of a run, 0. */
  long firstRow();

  /** How many rows it has; of a block of a run, 0. */
  int rows();

  /**
   * Opens the block for one thread.
   *
   * @throws BlockDamagedException where its header cannot be read
   */
  Block open();
}
