package dev.sextant.storage.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over protobuf's wire format that makes no objects: {@link #next()} moves to a field,
 * then exactly one of the reading methods or {@link #skip()} takes its value. Nested messages are
 * walked in place between {@link #enter()} and {@link #leave}. Groups are refused, and so are
 * messages nested deeper than the bound. For one thread.
 *
 * <p>Every method throws {@link MalformedOtlpException} where the bytes do not follow the format; a
 * length is checked before anything is read or allocated by it.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">protobuf encoding</a>
 */
public final class ProtoReader {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int DELIMITED = 2;
  public static final int FIXED32 = 5;

  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int maxDepth;
  private final int origin;
  private int position;
  private int limit;
  private int depth;
  private int field;
  private int wire;
  private int from;
  private int to;

  /**
   * @param maxDepth how many messages may nest; one more is malformed
   */
  public ProtoReader(byte[] bytes, int from, int to, int maxDepth) {
    this.bytes = bytes;
    this.maxDepth = maxDepth;
    this.origin = from;
    reset(from, to);
  }

  public ProtoReader(Slice slice, int maxDepth) {
    this(slice.bytes(), slice.from(), slice.to(), maxDepth);
  }

  /**
   * Begins anew with another message of the same array; errors still count bytes from the first
   * one's start.
   */
  public void reset(int newFrom, int newTo) {
    position = newFrom;
    limit = newTo;
    depth = 0;
  }

  /** Moves to the next field of the current message; false at its end. */
  public boolean next() {
    if (position >= limit) {
      return false;
    }
    int start = position;
    int first = bytes[position];
    long tag;
    if (first >= 0) {
      position++;
      tag = first;
    } else {
      tag = rawVarint();
    }
    field = (int) (tag >>> 3);
    wire = (int) (tag & 7);
    if (field == 0 || tag >>> 32 != 0) {
      throw malformed(start, "no field has the tag " + Long.toUnsignedString(tag));
    }
    return true;
  }

  /** The current field's number, at least 1. */
  public int field() {
    return field;
  }

  /** The current field's wire type. */
  public int wire() {
    return wire;
  }

  /** The number of a varint field; all 64 bits of it. */
  public long varint() {
    expect(VARINT);
    return rawVarint();
  }

  /** The low 32 bits of a varint field. */
  public int varint32() {
    return (int) varint();
  }

  public long fixed64() {
    expect(FIXED64);
    return rawFixed64();
  }

  public int fixed32() {
    expect(FIXED32);
    return rawFixed32();
  }

  public double fixedDouble() {
    return Double.longBitsToDouble(fixed64());
  }

  /** Reads a length-delimited value and leaves its bounds in {@link #from()} and {@link #to()}. */
  public void delimited() {
    expect(DELIMITED);
    int length = rawLength();
    from = position;
    position += length;
    to = position;
  }

  /** First byte of what {@link #delimited()} read, an index into {@link #bytes()}. */
  public int from() {
    return from;
  }

  /** The byte after the last of what {@link #delimited()} read. */
  public int to() {
    return to;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Reads a length-delimited value without copying it. */
  public Slice slice() {
    delimited();
    return new Slice(bytes, from, to);
  }

  /** Reads a string; what is no UTF-8 reads as U+FFFD. */
  public String string() {
    delimited();
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** Reads a string's bounds as {@link #delimited()} and refuses what is no UTF-8. */
  public void utf8() {
    delimited();
    if (!Utf8.valid(bytes, from, to)) {
      throw malformed(from, "field " + field + " is no valid UTF-8");
    }
  }

  /** Eight bytes of the array, big endian, at an index that the caller took from this reader. */
  public long bigEndian(int index) {
    return (long) LONG_BE.get(bytes, index);
  }

  /** Goes into a nested message; hand the result to {@link #leave}. */
  public int enter() {
    expect(DELIMITED);
    int length = rawLength();
    if (++depth > maxDepth) {
      throw new NestingException(position - origin, maxDepth);
    }
    int outer = limit;
    limit = position + length;
    return outer;
  }

  /** Goes back to the message around, behind the nested one, however much of it was read. */
  public void leave(int outer) {
    position = limit;
    limit = outer;
    depth--;
  }

  /** Passes over the current field's value, whatever it is. */
  public void skip() {
    switch (wire) {
      case VARINT -> rawVarint();
      case FIXED64 -> rawFixed64();
      case DELIMITED -> {
        int length = rawLength();
        position += length;
      }
      case FIXED32 -> rawFixed32();
      case 3, 4 -> throw malformed(position, "field " + field + " is a group");
      default -> throw malformed(position, "field " + field + " has the unknown wire type " + wire);
    }
  }

  /** Where the next byte is read, an index into {@link #bytes()}. */
  public int position() {
    return position;
  }

  /** The end of the current message, an index into {@link #bytes()}. */
  public int end() {
    return limit;
  }

  /** An exception for a place in the array, told as an offset from the start of the message. */
  public MalformedOtlpException malformed(int index, String reason) {
    return new MalformedOtlpException(index - origin, reason);
  }

  private void expect(int expected) {
    if (wire != expected) {
      throw malformed(
          position, "field " + field + " has wire type " + wire + " instead of " + expected);
    }
  }

  private int rawLength() {
    int start = position;
    long length = rawVarint();
    if (length < 0 || length > limit - position) {
      throw malformed(
          start,
          "field %d says %s bytes follow, but %d are left"
              .formatted(field, Long.toUnsignedString(length), limit - position));
    }
    return (int) length;
  }

  private long rawVarint() {
    int start = position;
    int at = start;
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at >= limit) {
        throw malformed(start, "a varint is cut off");
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        position = at;
        return value;
      }
    }
    throw malformed(start, "a varint is longer than 10 bytes");
  }

  private long rawFixed64() {
    need(8);
    long value = (long) LONG_LE.get(bytes, position);
    position += 8;
    return value;
  }

  private int rawFixed32() {
    need(4);
    int value = (int) INT_LE.get(bytes, position);
    position += 4;
    return value;
  }

  private void need(int count) {
    if (limit - position < count) {
      throw malformed(position, "field %d is cut off".formatted(field));
    }
  }
}
