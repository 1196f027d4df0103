package dev.sextant.storage.codec;

import org.jspecify.annotations.Nullable;

/**
 * A column of doubles, kept as their raw bits. A byte for the form: {@code 0} a {@link LongVector}
 * of the bits; {@code 1} decimal: digits behind the point (byte) and a {@code LongVector} of whole
 * numbers: the double is number / 10^digits. Decimal is chosen only where every bit comes back.
 */
public final class DoubleVector {
  private static final int BITS = 0;
  private static final int DECIMAL = 1;
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  /** Whole numbers up to here are exact. */
  private static final double EXACT = 1L << 53;

  private DoubleVector() {}

  /**
   * Appends values.
   *
   * @param bits raw bits of each
   */
  public static void encode(long[] bits, int count, Effort effort, ByteWriter out) {
    for (int digits = 0; digits < POWERS.length; digits++) {
      long[] numbers = numbers(bits, count, digits);
      if (numbers != null) {
        out.put(DECIMAL);
        out.put(digits);
        LongVector.encode(numbers, count, effort, out);
        return;
      }
    }
    out.put(BITS);
    LongVector.encode(bits, count, effort, out);
  }

  private static long @Nullable [] numbers(long[] bits, int count, int digits) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      double scaled = Math.rint(Double.longBitsToDouble(bits[i]) * POWERS[digits]);
      if (!(Math.abs(scaled) <= EXACT)
          || Double.doubleToRawLongBits(scaled / POWERS[digits]) != bits[i]) {
        return null;
      }
      numbers[i] = (long) scaled;
    }
    for (int i = 0; i < count; i++) {
      if (numbers[i] == 0 && bits[i] != 0) {
        return null; // minus zero
      }
    }
    return numbers;
  }

  /** Raw bits of {@code count} doubles. */
  public static long[] decode(ByteSource in, int count) {
    int form = in.get();
    int digits = form == DECIMAL ? in.get() : 0;
    if (form > DECIMAL || digits >= POWERS.length) {
      throw new CorruptDataException("doubles have the unknown form " + form + " " + digits);
    }
    long[] values = LongVector.decode(in, count);
    if (form == DECIMAL) {
      for (int i = 0; i < count; i++) {
        values[i] = Double.doubleToRawLongBits(values[i] / POWERS[digits]);
      }
    }
    return values;
  }
}
