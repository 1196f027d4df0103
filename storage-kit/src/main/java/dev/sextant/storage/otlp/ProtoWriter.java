package dev.sextant.storage.otlp;

import java.util.Arrays;

/** Writes protobuf's wire format into a growing array. For one thread. */
public final class ProtoWriter {
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
