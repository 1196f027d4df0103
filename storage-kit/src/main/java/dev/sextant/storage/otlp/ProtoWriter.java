package dev.sextant.storage.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf's wire format into a growing array. A nested message's length is known only at
 * its end, so one byte is left for it and the message moves where it needs more. Values are written
 * as they are, defaults too: leaving them out is the caller's part. For one thread.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">protobuf encoding</a>
 */
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
    tag(field, ProtoReader.DELIMITED);
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

  public void text(int field, String value) {
    delimited(field, Slice.of(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Any of protobuf's types of whole numbers that are varints, but for the zigzag ones. */
  public void varint(int field, long value) {
    tag(field, ProtoReader.VARINT);
    rawVarint(value);
  }

  public void fixed64(int field, long value) {
    tag(field, ProtoReader.FIXED64);
    grow(8);
    LONG_LE.set(bytes, length, value);
    length += 8;
  }

  public void fixed32(int field, int value) {
    tag(field, ProtoReader.FIXED32);
    grow(4);
    INT_LE.set(bytes, length, value);
    length += 4;
  }

  /** A length-delimited field of one number or two, big endian, as ids are. */
  public void id(int field, long... parts) {
    tag(field, ProtoReader.DELIMITED);
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

  /** Begins a nested message; returns what {@link #end} needs. */
  public int begin(int field) {
    tag(field, ProtoReader.DELIMITED);
    grow(1);
    return length++;
  }

  /** Ends the nested message that began last. */
  public void end(int begun) {
    int size = length - begun - 1;
    int digits = Math.max(1, (38 - Integer.numberOfLeadingZeros(size)) / 7);
    grow(digits - 1);
    if (digits > 1) {
      System.arraycopy(bytes, begun + 1, bytes, begun + digits, size);
    }
    length = begun;
    rawVarint(size);
    length += size;
  }

  private void tag(int field, int wire) {
    rawVarint((long) field << 3 | wire);
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
