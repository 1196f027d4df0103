package dev.sextant.storage.block;

import java.util.concurrent.atomic.LongAdder;

/** What a block store counts of itself since it was opened; for its metrics. */
public final class BlockCounters {
  final LongAdder blocks = new LongAdder();
  final LongAdder damaged = new LongAdder();
  final LongAdder quarantined = new LongAdder();
  final LongAdder salvaged = new LongAdder();
  final LongAdder lostBlocks = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder dropsRefused = new LongAdder();
  final LongAdder reopened = new LongAdder();
  final LongAdder runs = new LongAdder();
  final LongAdder sealedRows = new LongAdder();
  final LongAdder unreadable = new LongAdder();

  /** Blocks that were closed. */
  public long blocksClosed() {
    return blocks.sum();
  }

  /** Reads that met a damaged block. */
  public long damagedBlocks() {
    return damaged.sum();
  }

  /** Partitions that could not be opened and were put aside. */
  public long quarantinedPartitions() {
    return quarantined.sum();
  }

  /** Partitions that a merge found damaged and that were written anew from their whole blocks. */
  public long salvagedPartitions() {
    return salvaged.sum();
  }

  /** Blocks that were too damaged to be salvaged. */
  public long lostBlocks() {
    return lostBlocks.sum();
  }

  /** Partitions that retention deleted. */
  public long droppedPartitions() {
    return dropped.sum();
  }

  /** Times that retention kept a partition because the clock and the journal were too far apart. */
  public long refusedDrops() {
    return dropsRefused.sum();
  }

  /** Times that the writer failed and was opened again from its last commit. */
  public long reopenedWriters() {
    return reopened.sum();
  }

  /** Runs that closed blocks were written anew as. */
  public long sealedRuns() {
    return runs.sum();
  }

  /** Rows in them. */
  public long sealedRows() {
    return sealedRows.sum();
  }

  /** Rows that could not be read from their batch. */
  public long unreadableRows() {
    return unreadable.sum();
  }

  /** Counts rows of a batch that could not be read. */
  public void countUnreadable(long rows) {
    unreadable.add(rows);
  }

  /** Counts a damaged block that a query had to leave out. */
  public void countDamaged() {
    damaged.increment();
  }
}
