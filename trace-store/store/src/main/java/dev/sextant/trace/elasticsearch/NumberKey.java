package dev.sextant.trace.elasticsearch;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.trace.model.SpanValue;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as texts whose order is the numbers' own, integers and decimals together and exactly: 16
 * hexadecimal digits of the greatest double that is not above the number, sign-adjusted so that
 * they sort, 4 of the distance from it, which only integers beyond 2^53 have, and {@code i} or
 * {@code d} for integer or decimal. NaN, which has no place in the order, is {@code n}.
 */
final class NumberKey {
  /** Below and above every number. */
  static final String LEAST = "";

  static final String GREATEST = "g";

  static final String INTEGER = "i";
  static final String DECIMAL = "d";

  /** Behind every number's digits. */
  static final String END = "z";

  static final String NAN = "n";
  private static final int DIGITS = 20;
  private static final double TWO_TO_63 = 0x1p63;

  private NumberKey() {}

  /** Null where the value is no number. */
  static @Nullable String of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Int(long number) -> of(number) + INTEGER;
      case AttributeValue.Decimal(double number) ->
          Double.isNaN(number) ? NAN : key(number, 0) + DECIMAL;
      default -> null;
    };
  }

  /** The digits alone, which equal numbers have in common; null where it is no number or NaN. */
  static @Nullable String digits(SpanValue value) {
    return switch (value) {
      case SpanValue.Int(long number) -> of(number);
      case SpanValue.Decimal(double number) when !Double.isNaN(number) -> key(number, 0);
      default -> null;
    };
  }

  /**
   * The number that a key stands for.
   *
   * @throws IllegalArgumentException where it is no key
   */
  static SpanValue number(String key) {
    if (key.equals(NAN)) {
      return SpanValue.of(Double.NaN);
    }
    if (key.length() != DIGITS + 1) {
      throw new IllegalArgumentException("not the key of a number: " + key);
    }
    long sortable = HexFormat.fromHexDigitsToLong(key, 0, 16);
    double floor = Double.longBitsToDouble(sortable < 0 ? sortable & Long.MAX_VALUE : ~sortable);
    return key.endsWith(INTEGER)
        ? SpanValue.of((long) floor + HexFormat.fromHexDigits(key, 16, DIGITS))
        : SpanValue.of(floor);
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
