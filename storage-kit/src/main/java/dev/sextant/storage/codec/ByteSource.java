package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads what {@link ByteWriter} wrote. Throws {@link CorruptDataException} instead of reading
 * beyond the end. For one thread.
 */
public final class ByteSource {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int to;
  private int at;

  public ByteSource(Slice slice) {
    this.bytes = slice.bytes();
    this.at = slice.from();
    this.to = slice.to();
  }

  public int remaining() {
    return to - at;
  }

  public int get() {
    need(1);
    return bytes[at++] & 0xff;
  }

  public int getInt() {
    need(4);
    at += 4;
    return (int) INT.get(bytes, at - 4);
  }

  public long getLong() {
    need(8);
    at += 8;
    return (long) LONG.get(bytes, at - 8);
  }

  public long getVarint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      need(1);
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new CorruptDataException("a varint is longer than 10 bytes");
  }

  public long getZigZag() {
    long value = getVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A varint from 0 to {@code max}. */
  public int getCount(int max) {
    long value = getVarint();
    if (value < 0 || value > max) {
      throw new CorruptDataException("a count of " + value + " is over " + max);
    }
    return (int) value;
  }

  /** A length as a varint and so many bytes, not copied. */
  public Slice getSized() {
    return getSlice(getCount(remaining()));
  }

  public Slice getSlice(int length) {
    need(length);
    at += length;
    return new Slice(bytes, at - length, at);
  }

  private void need(int count) {
    if (count < 0 || to - at < count) {
      throw new CorruptDataException("the data ends " + (count - to + at) + " bytes too early");
    }
  }
}
