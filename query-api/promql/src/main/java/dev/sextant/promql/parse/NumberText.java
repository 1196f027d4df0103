package dev.sextant.promql.parse;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and durations as they are written. */
public final class NumberText {
  private static final Pattern DECIMAL =
      Pattern.compile("(\\d(_?\\d)*(\\.(\\d(_?\\d)*)?)?|\\.\\d(_?\\d)*)([eE][+-]?\\d(_?\\d)*)?");
  private static final Pattern HEX = Pattern.compile("0[xX](_?[0-9a-fA-F])+");
  private static final Pattern OCTAL = Pattern.compile("0_?[0-7](_?[0-7])*");

  /** Any {@code s} after a unit belongs to it; that there is no unit {@code hs} shows later. */
  private static final Pattern DURATION_SHAPE =
      Pattern.compile("[\\d.][\\d._eE]*[smhdwy]s?(\\d+[smhdw]s?)*");

  private static final Pattern UNIT = Pattern.compile("(\\d*)(\\D*)");
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final long[] UNIT_MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };
  private static final BigInteger MAX_MILLIS = BigInteger.valueOf(Long.MAX_VALUE / 1_000_000);

  private NumberText() {}

  static boolean isNumber(String text) {
    return DECIMAL.matcher(text).matches() || HEX.matcher(text).matches();
  }

  static boolean isDurationShaped(String text) {
    return DURATION_SHAPE.matcher(text).matches();
  }

  static boolean isDecimalPrefix(String query, int from, int to) {
    return DECIMAL.matcher(query.substring(from, to)).matches();
  }

  /**
   * The value of a number token.
   *
   * @throws IllegalArgumentException with the text of the error
   */
  static double parseNumber(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    switch (lower) {
      case "inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "nan" -> {
        return Double.NaN;
      }
      default -> {
        String digits = lower.replace("_", "");
        if (HEX.matcher(lower).matches()) {
          return new BigInteger(digits.substring(2), 16).doubleValue();
        }
        if (OCTAL.matcher(lower).matches()) {
          return new BigInteger(digits, 8).doubleValue();
        }
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
          throw new IllegalArgumentException(
              "error parsing number: strconv.ParseFloat: parsing "
                  + Quoting.quote(text)
                  + ": value out of range");
        }
        return value;
      }
    }
  }

  private static void requireUnits(String text) {
    Matcher parts = UNIT.matcher(text);
    while (parts.find() && !parts.group(1).isEmpty() && !parts.group(2).isEmpty()) {
      if (!parts.group(2).matches("ms|[smhdwy]")) {
        throw new IllegalArgumentException(
            "unknown unit "
                + Quoting.quote(parts.group(2))
                + " in duration "
                + Quoting.quote(text));
      }
    }
  }

  /**
   * Where the lexer of Prometheus gives up on what begins like a number: behind the first character
   * that fits neither a number nor a duration.
   */
  static int wrongEnd(String text) {
    int at = 0;
    boolean dot = false;
    boolean exponent = false;
    while (at < text.length() && "0123456789._eE".indexOf(text.charAt(at)) >= 0) {
      char c = text.charAt(at++);
      boolean e = c == 'e' || c == 'E';
      if ((c == '.' && dot) || (e && exponent)) {
        return at;
      }
      dot |= c == '.';
      exponent |= e;
      if (e && at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      String never = c == '.' ? "_." : e || c == '_' ? "._eE" : "";
      if (at < text.length() && never.indexOf(text.charAt(at)) >= 0) {
        return at + 1;
      }
    }
    int units = at;
    while (at < text.length() && "smhdwy".indexOf(text.charAt(at)) >= 0) {
      at++;
      at += at < text.length() && text.charAt(at) == 's' ? 1 : 0;
      if (at == text.length() || !Character.isDigit(text.charAt(at))) {
        break;
      }
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
    }
    boolean afterDigit = at == units || Character.isDigit(text.charAt(at - 1));
    return afterDigit ? at : Math.min(text.length(), at + 1);
  }

  /**
   * Milliseconds of a duration such as {@code 1h30m}: units descending, each at most once.
   *
   * @throws IllegalArgumentException with the text of the error
   */
  public static long parseDurationMillis(String text) {
    if (text.equals("0")) {
      return 0;
    }
    Matcher matcher = DURATION.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      requireUnits(text);
      throw new IllegalArgumentException("not a valid duration string: " + Quoting.quote(text));
    }
    BigInteger millis = BigInteger.ZERO;
    for (int i = 0; i < UNIT_MILLIS.length; i++) {
      String count = matcher.group(i + 1);
      if (count != null) {
        millis = millis.add(new BigInteger(count).multiply(BigInteger.valueOf(UNIT_MILLIS[i])));
      }
    }
    if (millis.compareTo(MAX_MILLIS) > 0) {
      throw new IllegalArgumentException("duration out of range");
    }
    return millis.longValueExact();
  }
}
