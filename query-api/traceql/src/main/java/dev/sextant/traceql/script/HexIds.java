package dev.sextant.traceql.script;

import java.util.HexFormat;

/** Ids in hexadecimal digits, zeros in front left out or not. */
final class HexIds {
  private HexIds() {}

  /** Both halves. */
  static long[] trace(String digits) {
    String all = padded(digits, 32);
    return new long[] {
      HexFormat.fromHexDigitsToLong(all, 0, 16), HexFormat.fromHexDigitsToLong(all, 16, 32)
    };
  }

  static long span(String digits) {
    return HexFormat.fromHexDigitsToLong(padded(digits, 16));
  }

  private static String padded(String digits, int length) {
    if (!digits.matches("[0-9a-fA-F]{1," + length + "}")) {
      throw new IllegalArgumentException(
          "expected up to " + length + " hexadecimal digits, but found " + digits);
    }
    return "0".repeat(length - digits.length()) + digits;
  }

  static String text(long id) {
    return HexFormat.of().toHexDigits(id);
  }
}
