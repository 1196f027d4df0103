package dev.sextant.storage.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes protobuf's wire format into a growing array. For one thread. */
public final class ProtoWriter {
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int length;

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
  }

  /** What was written so far; changes with the next write. */
  public Slice written() {
    return new Slice(bytes, 0, length);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** A length-delimited field. */
  public void delimited(int field, Slice value) {
    rawVarint((long) field << 3 | ProtoReader.DELIMITED);
    rawVarint(value.length());
    grow(value.length());
    System.arraycopy(value.bytes(), value.from(), bytes, length, value.length());
    length += value.length();
  }

  /** As {@link #delimited}, but an empty value is left out, as proto3 does with defaults. */
  public void delimitedUnlessEmpty(int field, Slice value) {
    if (value.length() > 0) {
      delimited(field, value);
    }
  }

  public void varint(int field, long value) {
    rawVarint((long) field << 3 | ProtoReader.VARINT);
    rawVarint(value);
  }

  public void fixed64(int field, long value) {
    rawVarint((long) field << 3 | ProtoReader.FIXED64);
    grow(8);
    LONG_LE.set(bytes, length, value);
    length += 8;
  }

  public void fixed32(int field, int value) {
    rawVarint((long) field << 3 | ProtoReader.FIXED32);
    grow(4);
    INT_LE.set(bytes, length, value);
    length += 4;
  }

  /** A length-delimited field of one number or two, big endian, as ids are. */
  public void id(int field, long... parts) {
    rawVarint((long) field << 3 | ProtoReader.DELIMITED);
    rawVarint(8L * parts.length);
    grow(8 * parts.length);
    for (long part : parts) {
      LONG_BE.set(bytes, length, part);
      length += 8;
    }
  }

  /** Whole fields, as they were read. */
  public void raw(Slice fields) {
    grow(fields.length());
    System.arraycopy(fields.bytes(), fields.from(), bytes, length, fields.length());
    length += fields.length();
  }

  /**
   * Begins a message as a field.
   *
   * @return for {@link #end}
   */
  public int begin(int field) {
    rawVarint((long) field << 3 | ProtoReader.DELIMITED);
    return length;
  }

  /** Ends the message, whose length is put before it. */
  public void end(int begun) {
    int size = length - begun;
    int lengthBytes = 1;
    for (int rest = size >>> 7; rest != 0; rest >>>= 7) {
      lengthBytes++;
    }
    grow(lengthBytes);
    System.arraycopy(bytes, begun, bytes, begun + lengthBytes, size);
    length = begun;
    rawVarint(size);
    length += size;
  }

  private void rawVarint(long value) {
    grow(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void grow(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
