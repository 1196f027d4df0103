package dev.sextant.trace.model;

/** Orders text as its UTF-8 bytes are ordered, which is the order of its code points. */
final class TextOrder {
  private TextOrder() {}

  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Integer.compare(place(x), place(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Halves of surrogate pairs stand for code points beyond every other char. */
  private static int place(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
