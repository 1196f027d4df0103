package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;

/**
 * A column of 64-bit numbers in the shortest of some forms, told by the first byte:
 *
 * <ul>
 *   <li>{@code 0} constant: one zigzag varint
 *   <li>{@code 1} packed: base (zigzag), factor (varint), width (1 to 64, a byte), then for each
 *       value <i>k</i> in so many bits, lowest bit first: the value is base + factor · <i>k</i>
 *   <li>{@code 2} patched: as packed, with too few bits for some; their number (varint), and for
 *       each its place as the distance to the one before (varint) and <i>k</i>'s upper bits
 *       (varint)
 *   <li>{@code 3} deltas: the first value (zigzag), then a vector of the differences from each to
 *       the next
 *   <li>{@code 4} dictionary: number of entries (varint), a vector of them, ascending, and a vector
 *       of each value's place among them
 *   <li>{@code 5} planes: base (zigzag), factor (varint), bytes of each <i>k</i> (1 to 3, a byte),
 *       and, sized, what zstd makes of all lowest bytes, then all second ones, …
 * </ul>
 *
 * Numbers wrap around, so every value of 64 bits survives. The count is kept by whoever keeps the
 * column. Forms 0 to 2 decode at one load, shift, mask and addition a value.
 *
 * @see <a href="https://doi.org/10.1109/ICDE.2006.150">Zukowski et al., patched frame of reference,
 *     2006</a>
 */
public final class LongVector {
  static final int CONSTANT = 0;
  static final int PACKED = 1;
  static final int PATCHED = 2;
  static final int DELTAS = 3;
  static final int DICTIONARY = 4;
  static final int PLANES = 5;
  static final int MAX_PLANES = 3;

  private LongVector() {}

  /** Appends the first {@code count} values. */
  public static void encode(long[] values, int count, Effort effort, ByteWriter out) {
    new LongEncoder(effort, out).encode(values, count);
  }

  /** As above, for numbers of a smaller type. */
  public static void encode(int[] values, int count, Effort effort, ByteWriter out) {
    long[] wide = new long[count];
    for (int i = 0; i < count; i++) {
      wide[i] = values[i];
    }
    encode(wide, count, effort, out);
  }

  /**
   * Reads {@code count} values; what follows them in the encoded bytes is left alone.
   *
   * @throws CorruptDataException where the bytes are no vector of so many
   */
  public static long[] decode(Slice encoded, int count) {
    return decode(new ByteSource(encoded), count);
  }

  /**
   * Reads {@code count} values into an array that may be longer.
   *
   * @throws CorruptDataException where the bytes are no vector of so many
   */
  public static void decode(ByteSource in, int count, long[] into) {
    new LongDecoder(in).decode(into, count);
  }

  /** As above; the source stands behind the vector then. */
  public static long[] decode(ByteSource in, int count) {
    long[] values = new long[count];
    new LongDecoder(in).decode(values, count);
    return values;
  }

  /**
   * Reads numbers from 0 to {@code max}.
   *
   * @throws CorruptDataException where some are others, or the bytes are no vector of so many
   */
  public static int[] decodeInts(ByteSource in, int count, int max) {
    int[] values = new int[count];
    new LongDecoder(in).decode(values, count);
    int worst = 0;
    for (int i = 0; i < count; i++) {
      worst |= values[i] | max - values[i];
    }
    if (worst < 0) {
      throw new CorruptDataException("a number is not from 0 to " + max);
    }
    return values;
  }

  /** As above, of a slice that holds nothing else. */
  public static int[] decodeInts(Slice encoded, int count, int max) {
    return decodeInts(new ByteSource(encoded), count, max);
  }

  /**
   * The distinct values, ascending, where the form tells them without reading every value; none
   * where it does not.
   *
   * @throws CorruptDataException where the bytes are no vector of so many
   */
  public static long[] distinct(Slice encoded, int count) {
    return new LongDecoder(new ByteSource(encoded)).distinct(count);
  }

  static boolean isConstant(long[] values, int count) {
    for (int i = 1; i < count; i++) {
      if (values[i] != values[0]) {
        return false;
      }
    }
    return true;
  }
}
