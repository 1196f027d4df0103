package dev.sextant.promql.exec;

import java.math.BigInteger;

/**
 * Text order in which runs of digits compare as numbers, so that {@code x2} stands before {@code
 * x10}.
 */
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = run(a, i);
      int endB = run(b, j);
      String x = a.substring(i, endA);
      String y = b.substring(j, endB);
      boolean numbers = isDigit(x.charAt(0)) && isDigit(y.charAt(0));
      int difference = numbers ? new BigInteger(x).compareTo(new BigInteger(y)) : x.compareTo(y);
      if (difference != 0) {
        return difference;
      }
      i = endA;
      j = endB;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static int run(String text, int from) {
    boolean digits = isDigit(text.charAt(from));
    int to = from + 1;
    while (to < text.length() && isDigit(text.charAt(to)) == digits) {
      to++;
    }
    return to;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
