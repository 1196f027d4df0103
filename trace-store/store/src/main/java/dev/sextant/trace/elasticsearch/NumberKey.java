package dev.sextant.trace.elasticsearch;

import dev.sextant.storage.otlp.AttributeValue;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as texts whose order is the numbers' own, integers and decimals together and exactly: 16
 * hexadecimal digits of the greatest double that is not above the number, sign-adjusted so that
 * they sort, and 4 of the distance from it, which only integers beyond 2^53 have.
 */
final class NumberKey {
  /** Below and above every number. */
  static final String LEAST = "";

  static final String GREATEST = "g";

  private static final double TWO_TO_63 = 0x1p63;

  private NumberKey() {}

  /** Null where the value is no number, or is not comparable (NaN). */
  static @Nullable String of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Int(long number) -> of(number);
      case AttributeValue.Decimal(double number) when !Double.isNaN(number) -> key(number, 0);
      default -> null;
    };
  }

  private static String of(long number) {
    double floor = (double) number;
    if (floor == TWO_TO_63 || (long) floor > number) {
      floor = Math.nextDown(floor);
    }
    return key(floor, number - (long) floor);
  }

  private static String key(double floor, long distance) {
    long bits = Double.doubleToLongBits(floor == 0 ? 0.0 : floor);
    long sortable = bits < 0 ? ~bits : bits | Long.MIN_VALUE;
    return HexFormat.of().toHexDigits(sortable) + HexFormat.of().toHexDigits((short) distance);
  }
}
