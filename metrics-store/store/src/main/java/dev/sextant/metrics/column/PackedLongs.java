package dev.sextant.metrics.column;

import java.util.Arrays;

/**
 * Unsigned numbers in groups of 128, each group bit-packed at the width that is cheapest for it,
 * with the few that do not fit patched in (PFOR: Zukowski et al., "Super-Scalar RAM-CPU Cache
 * Compression", ICDE 2006).
 *
 * <p>A group is its width in bits (one byte, 0 to 64), the count of exceptions (one byte), the low
 * bits of every number, lowest first, padded to a byte, then for each exception its index in the
 * group (one byte) and its high bits as varint.
 */
final class PackedLongs {
  static final int GROUP = 128;

  private PackedLongs() {}

  static void write(ByteWriter out, long[] values, int from, int to) {
    for (int start = from; start < to; start += GROUP) {
      writeGroup(out, values, start, Math.min(start + GROUP, to));
    }
  }

  static void read(ByteReader in, long[] values, int from, int to) {
    for (int start = from; start < to; start += GROUP) {
      readGroup(in, values, start, Math.min(start + GROUP, to));
    }
  }

  /** The bytes that {@link #write} would take, near enough to choose by. */
  static long cost(long[] values, int from, int to) {
    long bits = 0;
    int[] lengths = new int[65];
    for (int start = from; start < to; start += GROUP) {
      int end = Math.min(start + GROUP, to);
      int longest = countLengths(values, start, end, lengths);
      bits += 16 + costAt(lengths, longest, end - start, width(lengths, longest, end - start));
    }
    return (bits + 7) / 8;
  }

  private static void writeGroup(ByteWriter out, long[] values, int start, int end) {
    int[] lengths = new int[65];
    int longest = countLengths(values, start, end, lengths);
    int width = width(lengths, longest, end - start);
    int exceptions = 0;
    for (int length = width + 1; length <= longest; length++) {
      exceptions += lengths[length];
    }
    out.u8(width);
    out.u8(exceptions);
    BitWriter bits = new BitWriter(out);
    for (int i = start; i < end; i++) {
      bits.write(values[i], width);
    }
    bits.finish();
    for (int i = start; exceptions > 0 && i < end; i++) {
      if (bitLength(values[i]) > width) {
        out.u8(i - start);
        out.varint(width == 64 ? 0 : values[i] >>> width);
      }
    }
  }

  private static void readGroup(ByteReader in, long[] values, int start, int end) {
    int width = in.u8();
    int exceptions = in.u8();
    if (width > 64 || exceptions > end - start) {
      throw in.damaged("a packed group has width " + width + " and " + exceptions + " exceptions");
    }
    in.packed(width, values, start, end);
    for (int i = 0; i < exceptions; i++) {
      int index = start + in.u8();
      long high = in.varint();
      if (index >= end || width == 64) {
        throw in.damaged("an exception stands outside its packed group");
      }
      values[index] |= high << width;
    }
  }

  /**
   * How many numbers have each length in bits, from 0 to 64.
   *
   * @return the greatest length
   */
  private static int countLengths(long[] values, int start, int end, int[] lengths) {
    Arrays.fill(lengths, 0);
    long any = 0;
    for (int i = start; i < end; i++) {
      lengths[bitLength(values[i])]++;
      any |= values[i];
    }
    return bitLength(any);
  }

  private static int width(int[] lengths, int longest, int count) {
    int best = longest;
    long bestCost = Long.MAX_VALUE;
    for (int width = 0; width <= longest; width++) {
      long cost = costAt(lengths, longest, count, width);
      if (cost < bestCost) {
        bestCost = cost;
        best = width;
      }
    }
    return best;
  }

  private static long costAt(int[] lengths, int longest, int count, int width) {
    long bits = (long) width * count;
    for (int length = width + 1; length <= longest; length++) {
      bits += lengths[length] * (8L + 8 * ((length - width + 6) / 7));
    }
    return bits;
  }

  private static int bitLength(long value) {
    return 64 - Long.numberOfLeadingZeros(value);
  }
}
