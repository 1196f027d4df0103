package dev.sextant.api.prometheus;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as a given double, and of those the closest: Raffaello
 * Giulietti, "The Schubfach way to render doubles" (2020). A double is c·2^q; of the two multiples
 * of a power of ten around it, or around ten times that power, the one inside the interval that
 * rounds to the double is the result. All is done on products of 63-bit halves.
 */
final class ShortestDecimal {
  private static final int MIN_Q = -1074;
  private static final long MIN_C = 1L << 52;
  private static final long HALF = Long.MAX_VALUE;

  private static final int MIN_K = -324;
  private static final int MAX_K = 292;

  /** 10^−k as 126 leading bits, rounded up, in two halves each. */
  private static final long[] POWERS = new long[2 * (MAX_K - MIN_K + 1)];

  static {
    for (int k = MIN_K; k <= MAX_K; k++) {
      BigInteger power = BigInteger.TEN.pow(Math.abs(k));
      int length = power.bitLength();
      BigInteger leading =
          k <= 0
              ? power.shiftLeft(Math.max(0, 126 - length)).shiftRight(Math.max(0, length - 126))
              : BigInteger.ONE.shiftLeft(125 + length).divide(power);
      BigInteger above = leading.add(BigInteger.ONE);
      POWERS[2 * (k - MIN_K)] = above.shiftRight(63).longValueExact();
      POWERS[2 * (k - MIN_K) + 1] = above.and(BigInteger.valueOf(HALF)).longValueExact();
    }
  }

  private ShortestDecimal() {}

  /** The exponent of {@link #digits}, the power of ten that they are multiplied by. */
  static int exponent(double positive) {
    long bits = Double.doubleToRawLongBits(positive);
    int biased = (int) (bits >>> 52);
    long fraction = bits & (MIN_C - 1);
    int q = biased == 0 ? MIN_Q : biased - 1075;
    return exponent(q, biased > 1 && fraction == 0);
  }

  private static int exponent(int q, boolean irregular) {
    // Floor of log10 of 2^q, or of three quarters of it.
    return (int) ((q * 661_971_961_083L + (irregular ? -274_743_187_321L : 0)) >> 41);
  }

  /**
   * Up to 17 digits as a whole number, which may end in zeros.
   *
   * @param positive finite, above 0
   */
  static long digits(double positive) {
    long bits = Double.doubleToRawLongBits(positive);
    int biased = (int) (bits >>> 52);
    long fraction = bits & (MIN_C - 1);
    int q = biased == 0 ? MIN_Q : biased - 1075;
    long c = biased == 0 ? fraction : MIN_C | fraction;
    boolean irregular = biased > 1 && fraction == 0;
    int k = exponent(q, irregular);
    // Floor of log2 of 10^−k.
    int h = q + (int) ((-k * 913_124_641_741L) >> 38) + 2;
    long high = POWERS[2 * (k - MIN_K)];
    long low = POWERS[2 * (k - MIN_K) + 1];
    long odd = c & 1;
    long value = product(high, low, (c << 2) << h);
    long lower = product(high, low, ((c << 2) - (irregular ? 1 : 2)) << h) + odd;
    long upper = product(high, low, ((c << 2) + 2) << h) - odd;
    long floor = value >> 2;
    if (floor >= 100) {
      long tens = floor / 10 * 10;
      boolean below = lower <= tens << 2;
      boolean above = (tens + 10) << 2 <= upper;
      if (below != above) {
        return below ? tens : tens + 10;
      }
    }
    boolean below = lower <= floor << 2;
    boolean above = (floor + 1) << 2 <= upper;
    if (below != above) {
      return below ? floor : floor + 1;
    }
    long toMiddle = value - ((2 * floor + 1) << 1);
    return toMiddle < 0 || (toMiddle == 0 && (floor & 1) == 0) ? floor : floor + 1;
  }

  /** The product's bits above the 126th, the lowest set where any bit below it is: round to odd. */
  private static long product(long high, long low, long factor) {
    long carried = Math.multiplyHigh(low, factor);
    long middle = ((high * factor) >>> 1) + carried;
    long top = Math.multiplyHigh(high, factor) + (middle >>> 63);
    return top | (((middle & HALF) + HALF) >>> 63);
  }
}
