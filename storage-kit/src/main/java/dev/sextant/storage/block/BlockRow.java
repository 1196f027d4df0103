package dev.sextant.storage.block;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;

/** A row on its way into a block; one is used for all. */
public final class BlockRow {
  long row;
  long time;
  final long[] values;
  final Slice[] texts;
  final ByteWriter payload = new ByteWriter(1024);

  BlockRow(BlockSchema schema) {
    this.values = new long[schema.columns().size()];
    this.texts = new Slice[schema.dictionaries().size()];
    Arrays.fill(texts, Slice.EMPTY);
  }

  /** Begins a row: payload empty; columns and dictionary values keep what the row before had. */
  public void begin(long rowNumber, long timeNanos) {
    row = rowNumber;
    time = timeNanos;
    payload.clear();
  }

  public void set(int column, long value) {
    values[column] = value;
  }

  /** The bytes are copied only where the block does not have them yet. */
  public void setText(int dictionary, Slice value) {
    texts[dictionary] = value;
  }

  /**
   * Adds a message's fields to the payload, as they stand, but for some.
   *
   * @param message before its first field
   * @param leftOut a bit for each field number below 64 that is left out
   */
  public void addFieldsExcept(ProtoReader message, long leftOut) {
    int from = message.position();
    for (int at = from; message.next(); at = message.position()) {
      boolean dropped = message.field() < 64 && (leftOut >>> message.field() & 1) != 0;
      message.skip();
      if (dropped) {
        payload.put(message.bytes(), from, at);
        from = message.position();
      }
    }
    payload.put(message.bytes(), from, message.end());
  }

  public ByteWriter payload() {
    return payload;
  }
}
