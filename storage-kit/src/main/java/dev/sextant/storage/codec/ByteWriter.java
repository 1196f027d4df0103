package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes. Numbers are little endian. For one thread. */
public final class ByteWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int length;

  public ByteWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
  }

  public void put(int value) {
    grow(1);
    bytes[length++] = (byte) value;
  }

  public void putInt(int value) {
    grow(4);
    INT.set(bytes, length, value);
    length += 4;
  }

  public void putLong(long value) {
    grow(8);
    LONG.set(bytes, length, value);
    length += 8;
  }

  /** 1 to 10 bytes, seven bits in each, the lowest first. */
  public void putVarint(long value) {
    grow(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** A varint that is short for small numbers of either sign. */
  public void putZigZag(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  public void put(byte[] source, int from, int to) {
    grow(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  /** A length as a varint and the bytes. */
  public void putSized(Slice value) {
    putVarint(value.length());
    put(value.bytes(), value.from(), value.to());
  }

  /**
   * Makes room for more bytes, which {@link #array()} may be filled with before {@link #advance}.
   *
   * @return where they begin
   */
  int reserve(int more) {
    grow(more);
    return length;
  }

  /** Takes bytes that were written into the array itself. */
  void advance(int written) {
    length += written;
  }

  /** The array behind, valid up to {@link #length()} and until the next write. */
  public byte[] array() {
    return bytes;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void grow(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
