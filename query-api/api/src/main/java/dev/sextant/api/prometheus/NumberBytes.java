package dev.sextant.api.prometheus;

import java.util.Arrays;

/**
 * Writes numbers as Prometheus' API does, straight into bytes. Doubles are the shortest that read
 * back the same; with an exponent below 1e-6 and from 1e21 on, as Go's {@code strconv} writes it.
 */
final class NumberBytes {
  /** More than any number takes. */
  static final int MAX_LENGTH = 32;

  private static final double MAX_WHOLE = 1L << 53;

  /** 00, 01, … 99. */
  private static final byte[] PAIRS = new byte[200];

  /** Powers of ten. */
  private static final long[] POWERS = new long[19];

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = digit(i / 10);
      PAIRS[2 * i + 1] = digit(i % 10);
    }
    long power = 1;
    for (int i = 0; i < POWERS.length; i++, power *= 10) {
      POWERS[i] = power;
    }
  }

  private NumberBytes() {}

  /** Writes a double at an index and gives the index behind it. */
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
    int exponent = ShortestDecimal.exponent(magnitude);
    for (; digits % 100_000_000 == 0; digits /= 100_000_000) {
      exponent += 8;
    }
    for (; digits % 10 == 0; digits /= 10) {
      exponent++;
    }
    return magnitude >= 1e-6 && magnitude < 1e21
        ? plain(digits, exponent, into, start)
        : scientific(digits, exponent, into, start);
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
    int end = start + length(Math.abs(value));
    pairs(Math.abs(value), into, start, end);
    return end;
  }

  /** Writes a number's decimal digits so that they end before an index. */
  private static void pairs(long value, byte[] into, int start, int end) {
    long rest = value;
    int at = end;
    for (; at - start >= 2; at -= 2) {
      long shorter = rest / 100;
      int pair = 2 * (int) (rest - 100 * shorter);
      into[at - 1] = PAIRS[pair + 1];
      into[at - 2] = PAIRS[pair];
      rest = shorter;
    }
    if (at > start) {
      into[start] = digit((int) (rest % 10));
    }
  }

  /** How many decimal digits a number has, at least 1. */
  private static int length(long value) {
    int length = 1;
    while (length < POWERS.length && value >= POWERS[length]) {
      length++;
    }
    return length;
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

  /** Digits times a power of ten, with an exponent of at least two digits. */
  private static int scientific(long digits, int exponent, byte[] into, int at) {
    int length = length(digits);
    pairs(digits, into, at + 1, at + 1 + length);
    into[at] = into[at + 1];
    into[at + 1] = '.';
    int end = length == 1 ? at + 1 : at + 1 + length;
    int shown = exponent + length - 1;
    into[end] = 'e';
    into[end + 1] = (byte) (shown < 0 ? '-' : '+');
    if (Math.abs(shown) < 10) {
      into[end + 2] = '0';
      return write(Math.abs(shown), into, end + 3);
    }
    return write(Math.abs(shown), into, end + 2);
  }

  /** Digits times a power of ten, without an exponent. */
  private static int plain(long digits, int exponent, byte[] into, int at) {
    int length = length(digits);
    int whole = length + exponent;
    if (whole <= 0) {
      into[at] = '0';
      into[at + 1] = '.';
      Arrays.fill(into, at + 2, at + 2 - whole, (byte) '0');
      pairs(digits, into, at + 2 - whole, at + 2 - whole + length);
      return at + 2 - whole + length;
    }
    if (exponent >= 0) {
      pairs(digits, into, at, at + length);
      Arrays.fill(into, at + length, at + whole, (byte) '0');
      return at + whole;
    }
    pairs(digits, into, at + 1, at + 1 + length);
    System.arraycopy(into, at + 1, into, at, whole);
    into[at + whole] = '.';
    return at + 1 + length;
  }
}
