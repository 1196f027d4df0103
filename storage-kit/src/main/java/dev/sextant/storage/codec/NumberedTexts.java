package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;

/** Lists of texts that are one and the same text followed by a decimal number. */
final class NumberedTexts {
  /** Every number of so many digits fits into 63 bits. */
  private static final int MAX_DIGITS = 18;

  private NumberedTexts() {}

  /** False, and nothing is written, where some text is of another kind. */
  static boolean encode(Texts texts, Effort effort, ByteWriter out) {
    int prefix = commonPrefix(texts);
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    for (int i = 0; i < texts.size(); i++) {
      shortest = Math.min(shortest, texts.length(i) - prefix);
      longest = Math.max(longest, texts.length(i) - prefix);
    }
    if (shortest < 1 || longest > MAX_DIGITS) {
      return false;
    }
    boolean fixed = shortest == longest;
    long[] numbers = new long[texts.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(texts, i, prefix, fixed);
      if (numbers[i] < 0) {
        return false;
      }
    }
    out.put(EntryLayout.NUMBERED);
    int from = texts.from(0);
    out.putSized(new Slice(texts.bytes(), from, from + prefix));
    out.putVarint(fixed ? longest : 0);
    LongVector.encode(numbers, numbers.length, effort, out);
    return true;
  }

  /** Length of what all begin with, but for digits at its end. */
  private static int commonPrefix(Texts texts) {
    byte[] bytes = texts.bytes();
    int first = texts.from(0);
    int common = texts.length(0);
    for (int i = 1; i < texts.size(); i++) {
      int from = texts.from(i);
      int limit = Math.min(common, texts.length(i));
      int same = 0;
      while (same < limit && bytes[first + same] == bytes[from + same]) {
        same++;
      }
      common = same;
    }
    while (common > 0 && isDigit(bytes[first + common - 1])) {
      common--;
    }
    return common;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** The number behind the prefix, or -1 where there is none that would be written the same. */
  private static long number(Texts texts, int index, int prefix, boolean fixed) {
    int from = texts.from(index) + prefix;
    int to = texts.to(index);
    if (!fixed && to - from > 1 && texts.bytes()[from] == '0') {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      byte b = texts.bytes()[i];
      if (!isDigit(b)) {
        return -1;
      }
      number = number * 10 + (b - '0');
    }
    return number;
  }

  static Texts decode(ByteSource in, int count, int maxBytes) {
    Slice prefix = in.getSized();
    int fixed = in.getCount(MAX_DIGITS);
    long[] numbers = LongVector.decode(in, count);
    if ((long) count * (prefix.length() + MAX_DIGITS + 1) > maxBytes) {
      throw new CorruptDataException("texts are longer than " + maxBytes + " bytes together");
    }
    ByteWriter out = new ByteWriter(count * (prefix.length() + 8));
    int[] ends = new int[count];
    byte[] digits = new byte[MAX_DIGITS + 1];
    for (int i = 0; i < count; i++) {
      out.put(prefix.bytes(), prefix.from(), prefix.to());
      int at = digits.length;
      long rest = numbers[i];
      if (rest < 0) {
        throw new CorruptDataException("a text's number is negative");
      }
      do {
        digits[--at] = (byte) ('0' + rest % 10);
        rest /= 10;
      } while (rest != 0);
      for (; digits.length - at < fixed; ) {
        digits[--at] = '0';
      }
      out.put(digits, at, digits.length);
      ends[i] = out.length();
    }
    return new Texts(out.array(), ends, 0, count);
  }
}
