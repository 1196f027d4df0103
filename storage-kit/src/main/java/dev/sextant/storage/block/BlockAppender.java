package dev.sextant.storage.block;

import dev.sextant.storage.codec.Hash;
import dev.sextant.storage.otlp.Slice;

/** Takes one batch's rows into the open blocks. */
public final class BlockAppender {
  private final OpenBlocks blocks;
  private final BlockRow row;
  private final String tenant;
  private final long nextRow;
  private final long nowMillis;
  private StreamKey stream;
  private long takenUpTo;

  BlockAppender(OpenBlocks blocks, BlockRow row, String tenant, long nextRow, long nowMillis) {
    this.blocks = blocks;
    this.row = row;
    this.tenant = tenant;
    this.nextRow = nextRow;
    this.nowMillis = nowMillis;
    this.stream = new StreamKey(tenant, "", 0);
  }

  /**
   * The stream that the following rows belong to: their service and what stands for their resource.
   */
  public void stream(String service, Slice resource) {
    long hash = Hash.of(resource.bytes(), resource.from(), resource.to());
    stream = new StreamKey(tenant, service, hash);
  }

  /** Whether a row of the current stream is not there yet; others must not be appended. */
  public boolean wants(long rowNumber) {
    return rowNumber >= nextRow && !blocks.holds(stream, rowNumber);
  }

  /** The number after the last row that was appended; 0 for none. */
  long takenUpTo() {
    return takenUpTo;
  }

  /** The row to fill; {@link BlockRow#begin} it first. */
  public BlockRow row() {
    return row;
  }

  /** Takes the filled row. */
  public void append() {
    blocks.append(stream, row, nowMillis);
    takenUpTo = row.row + 1;
  }
}
