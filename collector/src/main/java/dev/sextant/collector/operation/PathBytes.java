package dev.sextant.collector.operation;

/** What kinds of bytes stand in a path, as bits. */
final class PathBytes {
  static final int LOWER = 1;
  static final int UPPER = 1 << 1;
  static final int DIGIT = 1 << 2;
  static final int LETTER = LOWER | UPPER;

  /** Stands between the words that a segment is made of, a dot too. */
  static final int SEPARATOR = 1 << 3;

  static final int DOT = 1 << 4;
  static final int PERCENT = 1 << 5;
  static final int AT = 1 << 6;
  static final int CLOSING = 1 << 7;

  /** Spaces, controls and what is not ASCII: may stand in a word. */
  static final int OTHER = 1 << 8;

  /** What templates are written with, and paths are not. */
  static final int MARK = 1 << 9;

  /** Ends a segment: a slash, a query, a fragment, a parameter. */
  static final int END = 1 << 10;

  private static final short[] KINDS = new short[256];

  static {
    java.util.Arrays.fill(KINDS, (short) OTHER);
    fill('a', 'z', LOWER);
    fill('A', 'Z', UPPER);
    fill('0', '9', DIGIT);
    all("-_~!$&'(+,=:[]|^", SEPARATOR);
    all(".", SEPARATOR | DOT);
    all(")", SEPARATOR | CLOSING);
    all("@", SEPARATOR | AT);
    all("%", PERCENT);
    all("{}<>*\\", MARK);
    all("/?#;", END);
  }

  private PathBytes() {}

  private static void fill(char first, char last, int kind) {
    for (char c = first; c <= last; c++) {
      KINDS[c] = (short) kind;
    }
  }

  private static void all(String chars, int kind) {
    chars.chars().forEach(c -> KINDS[c] = (short) kind);
  }

  static int kind(byte b) {
    return KINDS[b & 0xff];
  }

  /** The kinds of all bytes of a range. */
  static int kinds(byte[] bytes, int from, int to) {
    int kinds = 0;
    for (int i = from; i < to; i++) {
      kinds |= KINDS[bytes[i] & 0xff];
    }
    return kinds;
  }

  static boolean isHex(byte b) {
    return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F';
  }
}
