package dev.sextant.storage.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers in a fixed count of bits each, one behind the other, lowest bit first. Any of them can be
 * read alone: value {@code i} begins at bit {@code i * width}. Reading takes one unaligned load, a
 * shift and a mask a value.
 */
final class BitPacking {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Up to here a value lies within the eight bytes that begin with its first bit's byte. */
  private static final int ONE_LOAD = 57;

  private BitPacking() {}

  /** How many bytes values take. */
  static long bytes(int count, int width) {
    return ((long) count * width + 7) >>> 3;
  }

  /** Bits that an unsigned value takes. */
  static int width(long value) {
    return 64 - Long.numberOfLeadingZeros(value);
  }

  private static long mask(int width) {
    return width == 64 ? -1L : (1L << width) - 1;
  }

  /**
   * Appends the low bits of values.
   *
   * @param width 0 to 64
   */
  static void pack(long[] values, int count, int width, ByteWriter out) {
    if (width == 0) {
      return;
    }
    long mask = mask(width);
    int length = (int) bytes(count, width);
    int at = out.reserve(length + 8);
    byte[] bytes = out.array();
    long pending = 0;
    int bits = 0;
    for (int i = 0; i < count; i++) {
      long value = values[i] & mask;
      pending |= value << bits;
      bits += width;
      if (bits >= 64) {
        LONG.set(bytes, at, pending);
        at += 8;
        bits -= 64;
        pending = bits == 0 ? 0 : value >>> (width - bits);
      }
    }
    LONG.set(bytes, at, pending);
    out.advance(length);
  }

  /**
   * Reads values.
   *
   * @param from where they begin; {@link #bytes} of them must be there
   * @param width 0 to 64
   */
  static void unpack(byte[] bytes, int from, int width, long[] into, int count) {
    if (width == 0) {
      Arrays.fill(into, 0, count, 0);
    } else if (width <= ONE_LOAD) {
      int safe = safeCount(bytes, from, width, count);
      long mask = mask(width);
      long bit = (long) from << 3;
      for (int i = 0; i < safe; i++) {
        into[i] = (long) LONG.get(bytes, (int) (bit >>> 3)) >>> (bit & 7) & mask;
        bit += width;
      }
      for (int i = safe; i < count; i++) {
        into[i] = get(bytes, from, width, i);
      }
    } else {
      for (int i = 0; i < count; i++) {
        into[i] = get(bytes, from, width, i);
      }
    }
  }

  /** As {@link #unpack(byte[], int, int, long[], int)}, for at most 31 bits. */
  static void unpack(byte[] bytes, int from, int width, int[] into, int count) {
    if (width == 0) {
      Arrays.fill(into, 0, count, 0);
      return;
    }
    int safe = safeCount(bytes, from, width, count);
    int mask = (int) mask(width);
    long bit = (long) from << 3;
    for (int i = 0; i < safe; i++) {
      into[i] = (int) ((long) LONG.get(bytes, (int) (bit >>> 3)) >>> (bit & 7)) & mask;
      bit += width;
    }
    for (int i = safe; i < count; i++) {
      into[i] = (int) get(bytes, from, width, i);
    }
  }

  /** How many values may be loaded as eight bytes without leaving the array. */
  private static int safeCount(byte[] bytes, int from, int width, int count) {
    long lastBit = ((long) bytes.length - from - 8) << 3;
    return lastBit < 0 ? 0 : (int) Math.min(count, lastBit / width + 1);
  }

  /** One value, byte by byte. */
  static long get(byte[] bytes, int from, int width, int index) {
    long bit = (long) index * width;
    int at = from + (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long value = (bytes[at] & 0xffL) >>> shift;
    for (int have = 8 - shift; have < width; have += 8) {
      value |= (bytes[++at] & 0xffL) << have;
    }
    return value & mask(width);
  }
}
