package dev.sextant.api.prometheus;

/**
 * Label names as clients write them into a path: {@code U__a_2e_b} is {@code a.b}. After the prefix
 * two underscores stand for one, and {@code _HEX_} for a code point. What does not read so is a
 * name as it stands.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/escaping_schemes/">Escaping schemes</a>
 */
final class EscapedNames {
  private static final String PREFIX = "U__";
  private static final int MOST_DIGITS = 6;

  private EscapedNames() {}

  static String unescape(String name) {
    if (!name.startsWith(PREFIX)) {
      return name;
    }
    StringBuilder out = new StringBuilder();
    int at = PREFIX.length();
    while (at < name.length()) {
      int end = name.indexOf('_', at);
      if (end != at) {
        int to = end < 0 ? name.length() : end;
        out.append(name, at, to);
        at = to;
        continue;
      }
      int close = name.indexOf('_', at + 1);
      int point = close == at + 1 ? '_' : codePoint(name, at + 1, close);
      if (point < 0) {
        return name;
      }
      out.appendCodePoint(point);
      at = close + 1;
    }
    return out.toString();
  }

  /** The code point of hexadecimal digits; −1 where they are none. */
  private static int codePoint(String name, int from, int to) {
    if (to - from < 1 || to - from > MOST_DIGITS) {
      return -1;
    }
    int point = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(name.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      point = point * 16 + digit;
    }
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return Character.isValidCodePoint(point) && !surrogate ? point : -1;
  }
}
