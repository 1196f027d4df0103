package dev.sextant.metrics.column;

/**
 * A column of doubles, bit-exact. Tried first is a decimal form: every value is m / 10^e for one e
 * and an integer m of at most 53 bits, checked bit by bit; values that are not (stale markers,
 * other NaNs, −0, many digits) are exceptions. Where too many are, the XOR form of Gorilla
 * (Pelkonen et al., VLDB 2015) takes over. The count is the caller's to keep.
 *
 * <p>One byte of header: bit 0 set for decimal, bit 1 whether exceptions follow, bits 3 to 7 the
 * exponent. Decimal: where there are exceptions their count as varint and for each its index minus
 * the last one's as varint and its eight bytes of raw bits; then the mantissas as {@link
 * LongColumn}, where an exception repeats the one before. XOR: as {@link XorColumn} has it. No
 * values, no bytes.
 */
public final class DoubleColumn {
  private static final int MAX_EXPONENT = 18;
  private static final double MAX_MANTISSA = 1L << 53;
  private static final double[] POWERS = new double[MAX_EXPONENT + 1];

  static {
    double power = 1;
    for (int i = 0; i <= MAX_EXPONENT; i++, power *= 10) {
      POWERS[i] = power;
    }
  }

  private DoubleColumn() {}

  public static void write(ByteWriter out, double[] values, int count) {
    if (count == 0) {
      return;
    }
    if (count == 1) {
      writeOne(out, values[0]);
      return;
    }
    int exponent = exponent(values, count);
    if (exponent < 0 || !writeDecimal(out, values, count, exponent)) {
      out.u8(0);
      XorColumn.write(out, values, count);
    }
  }

  /** What the forms come to for one value. */
  private static void writeOne(ByteWriter out, double value) {
    int exponent = 0;
    while (exponent <= MAX_EXPONENT && !fits(value, exponent)) {
      exponent++;
    }
    if (exponent <= MAX_EXPONENT) {
      out.u8(1 | exponent << 3);
      LongColumn.writeEqual(out, (long) Math.rint(value * POWERS[exponent]));
    } else {
      out.u8(0);
      out.f64(value);
    }
  }

  public static double[] read(ByteReader in, int count) {
    if (count == 0) {
      return new double[0];
    }
    int header = in.u8();
    if (header == 0) {
      return XorColumn.read(in, count);
    }
    int exponent = header >> 3;
    if ((header & 5) != 1 || exponent > MAX_EXPONENT) {
      throw in.damaged("a column of values has the unknown form " + header);
    }
    return readDecimal(in, count, exponent, (header & 2) != 0);
  }

  /** The lowest exponent that all but a few of the values fit, or −1 where too many fit none. */
  private static int exponent(double[] values, int count) {
    int exponent = 0;
    int misfits = 0;
    for (int i = 0; i < count; i++) {
      if (i > 0 && same(values[i], values[i - 1])) {
        continue;
      }
      int tried = exponent;
      while (tried <= MAX_EXPONENT && !fits(values[i], tried)) {
        tried++;
      }
      if (tried <= MAX_EXPONENT) {
        exponent = tried;
      } else if (++misfits > count / 8 + 1) {
        return -1;
      }
    }
    return exponent;
  }

  private static boolean fits(double value, int exponent) {
    double mantissa = Math.rint(value * POWERS[exponent]);
    return Math.abs(mantissa) <= MAX_MANTISSA && same((long) mantissa / POWERS[exponent], value);
  }

  private static boolean same(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }

  private static boolean writeDecimal(ByteWriter out, double[] values, int count, int exponent) {
    long[] mantissas = new long[count];
    int[] misfits = new int[count / 8 + 1];
    int exceptions = 0;
    for (int i = 0; i < count; i++) {
      if (fits(values[i], exponent)) {
        mantissas[i] = (long) Math.rint(values[i] * POWERS[exponent]);
      } else if (exceptions == count / 8) {
        return false;
      } else {
        misfits[exceptions++] = i;
        mantissas[i] = i == 0 ? 0 : mantissas[i - 1];
      }
    }
    out.u8(1 | (exceptions > 0 ? 2 : 0) | exponent << 3);
    if (exceptions > 0) {
      out.varint(exceptions);
      for (int i = 0, last = 0; i < exceptions; last = misfits[i++]) {
        out.varint(misfits[i] - last);
        out.f64(values[misfits[i]]);
      }
    }
    LongColumn.write(out, mantissas, count);
    return true;
  }

  private static double[] readDecimal(
      ByteReader in, int count, int exponent, boolean withExceptions) {
    int exceptions = withExceptions ? in.count(count, "count of exceptions") : 0;
    int[] index = new int[exceptions];
    double[] raw = new double[exceptions];
    for (int i = 0, last = 0; i < exceptions; i++) {
      index[i] = last + in.count(count - 1 - last, "index of an exception");
      last = index[i];
      raw[i] = in.f64();
    }
    long[] mantissas = LongColumn.read(in, count);
    double[] values = new double[count];
    if (exponent == 0) {
      for (int i = 0; i < count; i++) {
        values[i] = mantissas[i];
      }
    } else {
      double power = POWERS[exponent];
      for (int i = 0; i < count; i++) {
        values[i] = mantissas[i] / power;
      }
    }
    for (int i = 0; i < exceptions; i++) {
      values[index[i]] = raw[i];
    }
    return values;
  }
}
