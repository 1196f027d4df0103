package dev.sextant.metrics.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** A growing array of bytes; numbers of fixed width are little-endian. For one thread. */
public final class ByteWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  public ByteWriter() {
    this(256);
  }

  public ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  public int size() {
    return size;
  }

  /** Forgets everything written and keeps the array. */
  public void clear() {
    size = 0;
  }

  /** The array behind, good up to {@link #size()} and until the next write. */
  public byte[] array() {
    return bytes;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  public void u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  public void u32(int value) {
    room(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  public void u64(long value) {
    room(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  /** A double as its raw bits, so that every NaN survives. */
  public void f64(double value) {
    u64(Double.doubleToRawLongBits(value));
  }

  /** An unsigned number, seven bits a byte, lowest first; one to ten bytes. */
  public void varint(long value) {
    room(10);
    while ((value & ~0x7fL) != 0) {
      bytes[size++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    bytes[size++] = (byte) value;
  }

  /** A signed number, folded so that small magnitudes of either sign are short. */
  public void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  public void bytes(byte[] source, int offset, int length) {
    room(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Length in bytes as varint, then UTF-8. */
  public void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length);
    bytes(utf8, 0, utf8.length);
  }

  /** CRC-32C of the bytes from an offset to the end. */
  public int crc32c(int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, size - from);
    return (int) crc.getValue();
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes =
          Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), Math.addExact(size, size >> 1)));
    }
  }
}
