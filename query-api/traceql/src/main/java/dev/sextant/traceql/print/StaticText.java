package dev.sextant.traceql.print;

import dev.sextant.traceql.ast.Static;

/** Values as queries write them. */
public final class StaticText {
  private StaticText() {}

  /**
   * What the parser reads as this value.
   *
   * @throws IllegalArgumentException for a float that is infinite or no number, which no text means
   */
  public static String of(Static value) {
    return switch (value) {
      case Static.Int i -> i.value() == Long.MIN_VALUE ? "minInt" : Long.toString(i.value());
      case Static.Float f -> decimal(f.value());
      case Static.Duration d -> DurationText.of(d.nanos());
      case Static.Text t -> quote(t.value());
      case Static.Bool b -> Boolean.toString(b.value());
      case Static.Status s -> s.text();
      case Static.Kind k -> k.text();
      case Static.Nil n -> "nil";
    };
  }

  /** Whether its text begins with a minus. */
  static boolean isNegative(Static value) {
    return switch (value) {
      case Static.Int i -> i.value() < 0 && i.value() != Long.MIN_VALUE;
      case Static.Float f -> Math.copySign(1, f.value()) < 0;
      case Static.Duration d -> d.nanos() < 0;
      default -> false;
    };
  }

  /** With a point or an exponent, which tell it from a whole number. */
  private static String decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("no text means the float " + value);
    }
    return Double.toString(value).replace('E', 'e');
  }

  /** In backquotes where that is readable, else in double quotes with escapes. */
  static String quote(String text) {
    if (text.codePoints().allMatch(c -> c != '`' && isPrintable(c))) {
      return '`' + text + '`';
    }
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> appendEscaped(out, c));
    return out.append('"').toString();
  }

  private static void appendEscaped(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
