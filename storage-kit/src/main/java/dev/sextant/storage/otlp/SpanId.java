package dev.sextant.storage.otlp;

import java.util.HexFormat;

/** Text of the 64 bits of a span id, which the model carries as a {@code long}; 0 is no span. */
public final class SpanId {
  private SpanId() {}

  /** 16 lower-case hexadecimal digits. */
  public static String toHex(long spanId) {
    return HexFormat.of().toHexDigits(spanId);
  }

  /**
   * Parses 1 to 16 hexadecimal digits.
   *
   * @throws IllegalArgumentException naming the text where it is no span id
   */
  public static long parse(String hex) {
    try {
      if (!hex.isEmpty() && hex.length() <= 16) {
        return HexFormat.fromHexDigitsToLong(hex);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a span id (1 to 16 hexadecimal digits): '" + hex + "'", e);
    }
    throw new IllegalArgumentException("not a span id (1 to 16 hexadecimal digits): '" + hex + "'");
  }
}
