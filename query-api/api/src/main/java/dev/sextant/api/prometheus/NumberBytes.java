package dev.sextant.api.prometheus;

import java.nio.charset.StandardCharsets;

/**
 * Writes numbers as Prometheus' API does, straight into bytes. Doubles are the shortest that read
 * back the same; with an exponent below 1e-6 and from 1e21 on, as Go's {@code strconv} writes it.
 */
final class NumberBytes {
  /** More than any number takes. */
  static final int MAX_LENGTH = 32;

  private static final double MAX_WHOLE = 1L << 53;

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
    byte[] text = Double.toString(magnitude).getBytes(StandardCharsets.ISO_8859_1);
    if (magnitude >= 1e-3 && magnitude < 1e7) {
      System.arraycopy(text, 0, into, start, text.length);
      return start + text.length;
    }
    return scientific(magnitude, text, into, start);
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

  /** From Java's form {@code d.dddE±n}. */
  private static int scientific(double magnitude, byte[] text, byte[] into, int at) {
    int e = 1;
    while (text[e] != 'E') {
      e++;
    }
    int exponent = 0;
    for (int i = text[e + 1] == '-' ? e + 2 : e + 1; i < text.length; i++) {
      exponent = exponent * 10 + text[i] - '0';
    }
    exponent = text[e + 1] == '-' ? -exponent : exponent;
    text[1] = text[0];
    int count = e == 3 && text[2] == '0' ? 1 : e - 1;
    if (magnitude >= 1e-6 && magnitude < 1e21) {
      return plain(text, count, exponent, into, at);
    }
    int end = at;
    into[end++] = text[1];
    if (count > 1) {
      into[end++] = '.';
      System.arraycopy(text, 2, into, end, count - 1);
      end += count - 1;
    }
    into[end++] = 'e';
    into[end++] = (byte) (exponent < 0 ? '-' : '+');
    if (Math.abs(exponent) < 10) {
      into[end++] = '0';
    }
    return write(Math.abs(exponent), into, end);
  }

  /**
   * Without an exponent.
   *
   * @param digits from index 1 on, so many as {@code count}, the point behind the first
   */
  private static int plain(byte[] digits, int count, int exponent, byte[] into, int at) {
    int end = at;
    if (exponent < 0) {
      into[end++] = '0';
      into[end++] = '.';
      for (int i = -1; i > exponent; i--) {
        into[end++] = '0';
      }
      System.arraycopy(digits, 1, into, end, count);
      return end + count;
    }
    for (int i = 0; i < Math.max(count, exponent + 1); i++) {
      if (i == exponent + 1) {
        into[end++] = '.';
      }
      into[end++] = i < count ? digits[i + 1] : (byte) '0';
    }
    return end;
  }
}
