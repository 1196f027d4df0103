package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;

/**
 * A column of 64-bit numbers in the shortest of four forms, told by the first byte:
 *
 * <ul>
 *   <li>{@code 0} constant: one zigzag varint
 *   <li>{@code 1} deltas: the first value, then each difference to the one before, as zigzag
 *       varints
 *   <li>{@code 2} packed: minimum as a zigzag varint, width in bits (1 to 56) as a byte, then each
 *       value minus the minimum in so many bits, least significant bit first
 *   <li>{@code 3} plain: 8 bytes each, little endian
 * </ul>
 *
 * Differences wrap around, so every value of 64 bits survives. The count is kept by whoever keeps
 * the column.
 */
public final class LongVector {
  private static final int CONSTANT = 0;
  private static final int DELTAS = 1;
  private static final int PACKED = 2;
  private static final int PLAIN = 3;
  private static final int MAX_WIDTH = 56;

  private LongVector() {}

  /** Appends the first {@code count} values. */
  public static void encode(long[] values, int count, ByteWriter out) {
    long min = count == 0 ? 0 : values[0];
    long max = min;
    long deltaBytes = 0;
    long previous = 0;
    for (int i = 0; i < count; i++) {
      long value = values[i];
      min = Math.min(min, value);
      max = Math.max(max, value);
      deltaBytes += zigZagBytes(value - previous);
      previous = value;
    }
    if (min == max) {
      out.put(CONSTANT);
      out.putZigZag(min);
      return;
    }
    int width = 64 - Long.numberOfLeadingZeros(max - min);
    long packedBytes = width <= MAX_WIDTH ? 11 + ((long) width * count + 7) / 8 : Long.MAX_VALUE;
    if (deltaBytes <= packedBytes && deltaBytes < 8L * count) {
      deltas(values, count, out);
    } else if (packedBytes < 8L * count) {
      pack(values, count, min, width, out);
    } else {
      out.put(PLAIN);
      for (int i = 0; i < count; i++) {
        out.putLong(values[i]);
      }
    }
  }

  private static int zigZagBytes(long value) {
    long zigZag = (value << 1) ^ (value >> 63);
    return (70 - Long.numberOfLeadingZeros(zigZag | 1)) / 7;
  }

  private static void deltas(long[] values, int count, ByteWriter out) {
    out.put(DELTAS);
    long previous = 0;
    for (int i = 0; i < count; i++) {
      out.putZigZag(values[i] - previous);
      previous = values[i];
    }
  }

  private static void pack(long[] values, int count, long min, int width, ByteWriter out) {
    out.put(PACKED);
    out.putZigZag(min);
    out.put(width);
    long pending = 0;
    int bits = 0;
    for (int i = 0; i < count; i++) {
      pending |= (values[i] - min) << bits;
      bits += width;
      while (bits >= 8) {
        out.put((int) pending);
        pending >>>= 8;
        bits -= 8;
      }
    }
    if (bits > 0) {
      out.put((int) pending);
    }
  }

  /**
   * Reads {@code count} values.
   *
   * @throws CorruptDataException where the bytes are no vector of so many
   */
  public static long[] decode(Slice encoded, int count) {
    ByteSource in = new ByteSource(encoded);
    long[] values = new long[count];
    switch (in.get()) {
      case CONSTANT -> Arrays.fill(values, in.getZigZag());
      case DELTAS -> {
        long value = 0;
        for (int i = 0; i < count; i++) {
          value += in.getZigZag();
          values[i] = value;
        }
      }
      case PACKED -> unpack(in, values);
      case PLAIN -> {
        for (int i = 0; i < count; i++) {
          values[i] = in.getLong();
        }
      }
      default -> throw new CorruptDataException("a column of numbers has an unknown form");
    }
    return values;
  }

  private static void unpack(ByteSource in, long[] values) {
    long min = in.getZigZag();
    int width = in.get();
    if (width < 1 || width > MAX_WIDTH) {
      throw new CorruptDataException("a column of numbers is packed in " + width + " bits");
    }
    long mask = (1L << width) - 1;
    long pending = 0;
    int bits = 0;
    for (int i = 0; i < values.length; i++) {
      while (bits < width) {
        pending |= (long) in.get() << bits;
        bits += 8;
      }
      values[i] = min + (pending & mask);
      pending >>>= width;
      bits -= width;
    }
  }
}
