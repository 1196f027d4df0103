package dev.sextant.storage.otlp;

import java.util.HexFormat;

/** The 128 bits of a trace id, big endian; all zero is no trace. */
public record TraceId(long high, long low) implements Comparable<TraceId> {
  public static final TraceId NONE = new TraceId(0, 0);

  /**
   * Parses 1 to 32 hexadecimal digits, short ones padded with zeros on the left.
   *
   * @throws IllegalArgumentException naming the text where it is no trace id
   */
  public static TraceId parse(String hex) {
    int length = hex.length();
    if (length < 1 || length > 32) {
      throw new IllegalArgumentException(
          "not a trace id (1 to 32 hexadecimal digits): '" + hex + "'");
    }
    try {
      long high = length > 16 ? HexFormat.fromHexDigitsToLong(hex, 0, length - 16) : 0;
      return new TraceId(
          high, HexFormat.fromHexDigitsToLong(hex, Math.max(0, length - 16), length));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a trace id (1 to 32 hexadecimal digits): '" + hex + "'", e);
    }
  }

  public boolean isNone() {
    return high == 0 && low == 0;
  }

  @Override
  public int compareTo(TraceId other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
