package dev.sextant.storage.block;

/** A block in heap, as it was when the snapshot was taken. */
record HeapRef(RowBlock open) implements BlockRef {
  @Override
  public long minTime() {
    return open.minTime();
  }

  @Override
  public long maxTime() {
    return open.maxTime();
  }

  @Override
  public boolean inHeap() {
    return true;
  }

  @Override
  public long firstRow() {
    return open.rowNumbers()[0];
  }

  @Override
  public int rows() {
    return open.rows();
  }
}
