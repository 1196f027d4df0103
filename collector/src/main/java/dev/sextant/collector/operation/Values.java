package dev.sextant.collector.operation;

import static dev.sextant.collector.operation.PathBytes.AT;
import static dev.sextant.collector.operation.PathBytes.DIGIT;
import static dev.sextant.collector.operation.PathBytes.DOT;
import static dev.sextant.collector.operation.PathBytes.LETTER;
import static dev.sextant.collector.operation.PathBytes.OTHER;
import static dev.sextant.collector.operation.PathBytes.PERCENT;
import static dev.sextant.collector.operation.PathBytes.UPPER;

/**
 * Tells by its shape alone that a segment of a path is a value: a number, a date, a UUID, a hash, a
 * random token, an e-mail address, escaped text. In doubt it is a word ({@code v2}, {@code sha256},
 * {@code oauth2}, {@code covid-19}): what then turns out to be a value is learned.
 */
final class Values {
  /** In bytes; nothing longer is a word. */
  static final int LONGEST_WORD = 64;

  /** A word without digits of that length is a hash where it is all hexadecimal. */
  private static final int HASH_OF_LETTERS = 16;

  private static final int MANY_DIGITS = 4;
  private static final int NUMBER = 3;
  private static final int HASH = 8;
  private static final int TOKEN = 20;

  /** A bit for each of a, e, i, o and u, by the letter's last five bits. */
  private static final int VOWELS = 1 << 1 | 1 << 5 | 1 << 9 | 1 << 15 | 1 << 21;

  private Values() {}

  /**
   * @param kinds of the bytes between, see {@link PathBytes#kinds}
   */
  static boolean isValue(byte[] bytes, int from, int to, int kinds) {
    int length = to - from;
    if (length > LONGEST_WORD) {
      return true;
    }
    if ((kinds & PERCENT) != 0 && isEscaped(bytes, from, to)) {
      return true;
    }
    if ((kinds & AT) != 0 && bytes[from] != '@') {
      return true;
    }
    boolean mixed = (kinds & (LETTER | DOT)) == LETTER && length >= TOKEN;
    if ((kinds & DIGIT) == 0) {
      return length >= HASH_OF_LETTERS && isHex(bytes, from, to)
          || mixed && new Shape().isValue(bytes, from, to, true);
    }
    return (kinds & (LETTER | OTHER)) == 0
        || !isVersion(bytes, from, to) && new Shape().isValue(bytes, from, to, mixed);
  }

  private static boolean isEscaped(byte[] bytes, int from, int to) {
    for (int i = from; i < to - 2; i++) {
      if (bytes[i] == '%' && PathBytes.isHex(bytes[i + 1]) && PathBytes.isHex(bytes[i + 2])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHex(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!PathBytes.isHex(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  /** {@code v1}, {@code v2.1}, {@code v1beta1}: short, and of few digits. */
  private static boolean isVersion(byte[] bytes, int from, int to) {
    if (to - from > 12 || (bytes[from] | 0x20) != 'v' || to - from < 2) {
      return false;
    }
    int digits = 0;
    for (int i = from; i < to; i++) {
      digits += PathBytes.kind(bytes[i]) == DIGIT ? 1 : 0;
    }
    return PathBytes.kind(bytes[from + 1]) == DIGIT && digits < MANY_DIGITS;
  }

  /** Counts over a segment, and over each part between its separators. */
  private static final class Shape {
    private int digits;
    private int letters;
    private int vowels;
    private int capitals;
    private int partDigits;
    private int partRuns;
    private int partLength;
    private boolean partHex = true;

    /**
     * @param mixed whether a long segment has upper and lower letters, as random tokens do
     */
    boolean isValue(byte[] bytes, int from, int to, boolean mixed) {
      int before = 0;
      int second = 0;
      for (int i = from; i < to; i++) {
        int kind = PathBytes.kind(bytes[i]);
        if ((kind & (DIGIT | LETTER | OTHER)) == 0) {
          if (partIsValue()) {
            return true;
          }
          partDigits = partRuns = partLength = 0;
          partHex = true;
        } else {
          add(bytes[i], kind, before);
          capitals += kind == UPPER && before == UPPER && second != UPPER ? 1 : 0;
        }
        second = before;
        before = kind;
      }
      return partIsValue() || digits >= MANY_DIGITS || mixed && isRandom();
    }

    private void add(byte b, int kind, int before) {
      partLength++;
      partHex &= PathBytes.isHex(b);
      if (kind == DIGIT) {
        digits++;
        partDigits++;
        partRuns += before == DIGIT ? 0 : 1;
      } else if ((kind & LETTER) != 0) {
        letters++;
        vowels += (VOWELS >>> (b & 31) & 1) != 0 ? 1 : 0;
      }
    }

    /** A number, a hash, or letters and digits in turn. */
    private boolean partIsValue() {
      return partDigits == partLength && partDigits >= NUMBER
          || partDigits > 0 && partHex && partLength >= HASH
          || partRuns > 1 && partLength >= HASH;
    }

    /** Few vowels, or many runs of capitals: what people write in one word looks otherwise. */
    private boolean isRandom() {
      return 4 * vowels < letters || capitals >= 3;
    }
  }
}
