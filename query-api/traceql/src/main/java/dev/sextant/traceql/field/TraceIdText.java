package dev.sextant.traceql.field;

import java.util.HexFormat;

/** Trace ids as queries and answers write them. */
public final class TraceIdText {
  private TraceIdText() {}

  /** Lower-case hexadecimal digits without leading zeros. */
  public static String of(long high, long low) {
    HexFormat hex = HexFormat.of();
    return Conversion.withoutLeadingZeros(hex.toHexDigits(high) + hex.toHexDigits(low));
  }
}
