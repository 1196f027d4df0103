package dev.sextant.metrics.column;

import dev.sextant.storage.StoreException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads what {@link ByteWriter} wrote. Every read past the end and every count out of bounds is a
 * {@link StoreException} that names the source and the offset. For one thread.
 */
public final class ByteReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final String source;
  private int at;
  private int end;

  /**
   * @param source what the bytes are, for errors
   */
  public ByteReader(byte[] bytes, String source) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.source = source;
  }

  public int position() {
    return at;
  }

  public int remaining() {
    return end - at;
  }

  public void skip(int length) {
    need(length);
    at += length;
  }

  /**
   * Takes the last four bytes off the end, a CRC-32C of the bytes from {@code from} to before them,
   * and checks it.
   */
  public void checkTrailingCrc(int from) {
    need(4);
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, end - from - 4);
    int expected = (int) INT.get(bytes, end - 4);
    end -= 4;
    if ((int) crc.getValue() != expected) {
      throw damaged("checksum does not match");
    }
  }

  /**
   * Reads numbers of one width in bits that stand packed without gaps, lowest bit first, padded to
   * a byte.
   *
   * @param width 0 to 64
   */
  void packed(int width, long[] values, int from, int to) {
    int length = (int) (((long) (to - from) * width + 7) >>> 3);
    need(length);
    if (width == 0) {
      Arrays.fill(values, from, to, 0);
      return;
    }
    long mask = -1L >>> (64 - width);
    long bit = (long) at << 3;
    int wide = width <= 57 ? bytes.length - 8 : -1;
    int i = from;
    for (; i < to && (int) (bit >>> 3) <= wide; i++, bit += width) {
      values[i] = ((long) LONG.get(bytes, (int) (bit >>> 3)) >>> (bit & 7)) & mask;
    }
    for (; i < to; i++, bit += width) {
      values[i] = gathered(bit, width) & mask;
    }
    at += length;
  }

  /**
   * A number that stands at a bit, counted from here, without moving on.
   *
   * @param width 0 to 57
   */
  long bits(long offset, int width) {
    long bit = ((long) at << 3) + offset;
    if (bit + width > (long) end << 3) {
      need(end - at + 1);
    }
    int first = (int) (bit >>> 3);
    long value =
        first <= bytes.length - 8
            ? (long) LONG.get(bytes, first) >>> (bit & 7)
            : gathered(bit, width);
    return value & ((1L << width) - 1);
  }

  /** At least so many bits from a place on, byte by byte; the higher ones are without meaning. */
  private long gathered(long bit, int width) {
    long value = 0;
    int shift = (int) (bit & 7);
    for (int filled = -shift, next = (int) (bit >>> 3); filled < width; filled += 8, next++) {
      long part = bytes[next] & 0xffL;
      value |= filled < 0 ? part >>> shift : part << filled;
    }
    return value;
  }

  public int u8() {
    need(1);
    return bytes[at++] & 0xff;
  }

  public int u32() {
    need(4);
    int value = (int) INT.get(bytes, at);
    at += 4;
    return value;
  }

  public long u64() {
    need(8);
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }

  public double f64() {
    return Double.longBitsToDouble(u64());
  }

  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw damaged("a number is longer than ten bytes");
  }

  public long zigzag() {
    long folded = varint();
    return (folded >>> 1) ^ -(folded & 1);
  }

  /** A number from 0 to {@code max}. */
  public int count(int max, String what) {
    long value = varint();
    if (value < 0 || value > max) {
      throw damaged(what + " is " + Long.toUnsignedString(value) + ", more than " + max);
    }
    return (int) value;
  }

  /** A count of things that each take at least one of the bytes that remain. */
  public int countOfRest(String what) {
    return count(remaining(), what);
  }

  public String text() {
    int length = countOfRest("length of a text");
    need(length);
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  public byte[] bytes(int length) {
    need(length);
    byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return copy;
  }

  /** Refuses bytes left over. */
  public void checkEnd() {
    if (remaining() != 0) {
      throw damaged(remaining() + " bytes follow the end");
    }
  }

  public StoreException damaged(String reason) {
    return new StoreException(source + " is damaged at byte " + at + " of " + end + ": " + reason);
  }

  private void need(int length) {
    if (length < 0 || end - at < length) {
      throw damaged("ends early, " + length + " bytes are missing");
    }
  }
}
