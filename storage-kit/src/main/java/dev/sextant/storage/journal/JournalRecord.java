package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import dev.sextant.storage.Position;
import java.nio.ByteBuffer;

/** A batch as the journal holds it, with its place. */
public record JournalRecord(
    Position position, String tenant, int kind, int rows, ByteBuffer payload) implements Batch {
  /** The number after this record's last row. */
  public long endRow() {
    return position.row() + rows;
  }

  @Override
  public ByteBuffer payload() {
    return payload.duplicate();
  }
}
