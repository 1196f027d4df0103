package dev.sextant.collector.receive;

import dev.sextant.storage.otlp.ProtoReader;
import java.util.Arrays;

/** A repeated number field, packed or one by one, as 64 bits each. */
public final class PackedValues {
  private long[] values = new long[0];
  private int size;

  /** Takes the fixed64 or packed field that the reader stands on. */
  public void readFixed(ProtoReader reader) {
    if (reader.wire() == ProtoReader.FIXED64) {
      add(reader.fixed64());
      return;
    }
    reader.delimited();
    int bytes = reader.to() - reader.from();
    if (bytes % 8 != 0) {
      throw reader.malformed(
          reader.from(), "a packed list of 64-bit numbers is " + bytes + " bytes long");
    }
    values = Arrays.copyOf(values, size + bytes / 8);
    for (int at = reader.from(); at < reader.to(); at += 8) {
      values[size++] = Long.reverseBytes(reader.bigEndian(at));
    }
  }

  /** Takes the varint or packed field that the reader stands on. */
  public void readVarints(ProtoReader reader) {
    if (reader.wire() == ProtoReader.VARINT) {
      add(reader.varint());
      return;
    }
    reader.delimited();
    int at = reader.from();
    while (at < reader.to()) {
      long value = 0;
      int shift = 0;
      byte b;
      do {
        if (at >= reader.to() || shift > 63) {
          throw reader.malformed(at, "a packed varint is cut off or too long");
        }
        b = reader.bytes()[at++];
        value |= (long) (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      add(value);
    }
  }

  private void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(16, 2 * size));
    }
    values[size++] = value;
  }

  public int size() {
    return size;
  }

  /** As an unsigned number. */
  public double unsigned(int index) {
    long value = values[index];
    return value >= 0 ? value : (value >>> 1 | value & 1) * 2.0;
  }

  /** As protobuf's signed numbers: sint32 and sint64. */
  public long zigzag(int index) {
    return (values[index] >>> 1) ^ -(values[index] & 1);
  }

  public double decimal(int index) {
    return Double.longBitsToDouble(values[index]);
  }
}
