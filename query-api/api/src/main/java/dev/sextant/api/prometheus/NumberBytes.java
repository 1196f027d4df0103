package dev.sextant.api.prometheus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes numbers as Prometheus' API does, straight into bytes. Doubles are the shortest that read
 * back the same; with an exponent below 1e-6 and from 1e21 on, as Go's {@code strconv} writes it.
 *
 * <p>A double's digits are written all seventeen, eight at a time as bytes of one long; how many of
 * them count is seen from the zeros at their end.
 */
final class NumberBytes {
  /** More than any number takes, digits that do not count included. */
  static final int MAX_LENGTH = 40;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final double MAX_WHOLE = 1L << 53;
  private static final long EIGHT = 100_000_000;
  private static final long SIXTEEN = EIGHT * EIGHT;
  private static final long ZEROS = 0x3030_3030_3030_3030L;

  private NumberBytes() {}

  /** Writes a double at an index and gives the index behind it; bytes after that may change. */
  static int write(double value, byte[] into, int at) {
    if (value == (long) value && Math.abs(value) < MAX_WHOLE) {
      return whole(value, into, at);
    }
    if (!Double.isFinite(value)) {
      return ascii(Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf", into, at);
    }
    int start = at;
    if (value < 0) {
      into[start++] = '-';
    }
    double magnitude = Math.abs(value);
    long digits = ShortestDecimal.digits(magnitude);
    int exponent = ShortestDecimal.exponent(magnitude) + 16;
    while (digits < SIXTEEN) {
      digits *= 10;
      exponent--;
    }
    boolean plain = magnitude >= 1e-6 && magnitude < 1e21;
    return plain ? plain(digits, exponent, into, start) : scientific(digits, exponent, into, start);
  }

  private static int whole(double value, byte[] into, int at) {
    if (value == 0) {
      return ascii(1 / value < 0 ? "-0" : "0", into, at);
    }
    return write((long) value, into, at);
  }

  /** Writes a number of milliseconds in seconds: at most three decimals, none where they are 0. */
  static int seconds(long millis, byte[] into, int at) {
    int end = at;
    if (millis < 0) {
      into[end++] = '-';
    }
    end = write(Math.abs(millis / 1000), into, end);
    int rest = (int) Math.abs(millis % 1000);
    if (rest == 0) {
      return end;
    }
    into[end] = '.';
    into[end + 1] = digit(rest / 100);
    into[end + 2] = digit(rest / 10 % 10);
    into[end + 3] = digit(rest % 10);
    return end + (rest % 10 != 0 ? 4 : rest % 100 != 0 ? 3 : 2);
  }

  /** Writes a whole number. */
  static int write(long value, byte[] into, int at) {
    int start = at;
    if (value < 0) {
      into[start++] = '-';
    }
    int length = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      length++;
    }
    long rest = value;
    for (int i = start + length - 1; i >= start; i--) {
      into[i] = digit((int) Math.abs(rest % 10));
      rest /= 10;
    }
    return start + length;
  }

  private static byte digit(int value) {
    return (byte) ('0' + value);
  }

  private static int ascii(String text, byte[] into, int at) {
    for (int i = 0; i < text.length(); i++) {
      into[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }

  /**
   * Writes seventeen digits.
   *
   * @return how many there are without the zeros at their end
   */
  private static int seventeen(long digits, byte[] into, int at) {
    long first = digits / SIXTEEN;
    long rest = digits - first * SIXTEEN;
    long middle = rest / EIGHT;
    long upper = spread(middle);
    long lower = spread(rest - middle * EIGHT);
    into[at] = digit((int) first);
    LONG.set(into, at + 1, upper | ZEROS);
    LONG.set(into, at + 9, lower | ZEROS);
    return lower != 0
        ? 17 - (Long.numberOfLeadingZeros(lower) >>> 3)
        : 9 - (Long.numberOfLeadingZeros(upper) >>> 3);
  }

  /**
   * The eight digits of a number as bytes, the first one lowest: halved into lanes of four, two and
   * one digit, all lanes of a size at once.
   */
  private static long spread(long value) {
    long thousands = value / 10_000;
    long fours = thousands | (value - 10_000 * thousands) << 32;
    long hundreds = ((fours * 10_486) >>> 20) & 0x7f_0000_007fL;
    long twos = hundreds | (fours - 100 * hundreds) << 16;
    long tens = ((twos * 103) >>> 10) & 0xf_000f_000f_000fL;
    return tens | (twos - 10 * tens) << 8;
  }

  /**
   * With an exponent of at least two digits.
   *
   * @param exponent of the first digit
   */
  private static int scientific(long digits, int exponent, byte[] into, int at) {
    int count = seventeen(digits, into, at + 1);
    into[at] = into[at + 1];
    into[at + 1] = '.';
    int end = count == 1 ? at + 1 : at + 1 + count;
    into[end] = 'e';
    into[end + 1] = (byte) (exponent < 0 ? '-' : '+');
    if (Math.abs(exponent) < 10) {
      into[end + 2] = '0';
      return write(Math.abs(exponent), into, end + 3);
    }
    return write(Math.abs(exponent), into, end + 2);
  }

  /**
   * Without an exponent.
   *
   * @param exponent of the first digit, from −6 to 20
   */
  private static int plain(long digits, int exponent, byte[] into, int at) {
    if (exponent < 0) {
      Arrays.fill(into, at, at + 1 - exponent, (byte) '0');
      into[at + 1] = '.';
      return at + 1 - exponent + seventeen(digits, into, at + 1 - exponent);
    }
    int count = seventeen(digits, into, at + 1);
    if (exponent < 7 && count > exponent + 1) {
      point(into, at, 8 * exponent);
      return at + count + 1;
    }
    for (int i = at; i <= at + Math.min(exponent, 16); i++) {
      into[i] = into[i + 1];
    }
    if (count > exponent + 1) {
      into[at + exponent + 1] = '.';
      return at + count + 1;
    }
    for (int i = 17; i <= exponent; i++) {
      into[at + i] = '0';
    }
    return at + exponent + 1;
  }

  /**
   * Moves the first digits one back and puts the point behind them.
   *
   * @param bits eight for each digit of the first, that are more than one, up to 48
   */
  private static void point(byte[] into, int at, int bits) {
    into[at] = into[at + 1];
    long eight = (long) LONG.get(into, at + 2);
    long before = eight & ((1L << bits) - 1);
    LONG.set(into, at + 1, before | (long) '.' << bits | (eight ^ before) << 8);
  }
}
