package dev.sextant.trace.model;

import java.util.List;

/**
 * A comparison with a fixed operand, as {@link SpanCondition.Compare} means it, asked of single
 * values and of bounds. Immutable, thread-safe.
 */
public abstract sealed class ValueTest {
  private final boolean negative;

  private ValueTest(SpanCondition.Op op) {
    negative = op == SpanCondition.Op.NOT_EQUAL || op == SpanCondition.Op.NOT_MATCHES;
  }

  /**
   * @throws IllegalArgumentException where the operand is an expression that {@link TextRegex}
   *     refuses
   */
  public static ValueTest of(SpanCondition.Op op, SpanValue operand) {
    boolean regex = op == SpanCondition.Op.MATCHES || op == SpanCondition.Op.NOT_MATCHES;
    return switch (operand) {
      case SpanValue.Text(String text) when regex -> new OfMatch(op, TextRegex.compile(text));
      case SpanValue.Text(String text) -> new OfText(op, text);
      case SpanValue.Int(long n) when !regex ->
          new OfNumber(op, LongInterval.of(op, n), DoubleInterval.of(op, n));
      case SpanValue.Decimal(double n) when !regex ->
          new OfNumber(op, LongInterval.of(op, n), DoubleInterval.of(op, n));
      case SpanValue.Bool(boolean bool)
          when op == SpanCondition.Op.EQUAL || op == SpanCondition.Op.NOT_EQUAL ->
          new OfBool(op, bool);
      default -> new Never(op);
    };
  }

  /**
   * Whether it holds for a value; for a list, whether for some of its values, of {@code NOT_EQUAL}
   * and {@code NOT_MATCHES} whether for all. An empty list satisfies nothing.
   */
  public final boolean test(SpanValue value) {
    return switch (value) {
      case SpanValue.Text(String text) -> testText(text);
      case SpanValue.Int(long n) -> testLong(n);
      case SpanValue.Decimal(double n) -> testDouble(n);
      case SpanValue.Bool(boolean bool) -> testBool(bool);
      case SpanValue.Array(List<SpanValue> values) -> testAll(values);
      case SpanValue.Other other -> false;
    };
  }

  private boolean testAll(List<SpanValue> values) {
    for (SpanValue value : values) {
      if (test(value) != negative) {
        return !negative;
      }
    }
    return negative && !values.isEmpty();
  }

  public boolean testText(String value) {
    return false;
  }

  public boolean testLong(long value) {
    return false;
  }

  public boolean testDouble(double value) {
    return false;
  }

  public boolean testBool(boolean value) {
    return false;
  }

  /** Whether it may hold for some whole number between two, both inclusive; exact. */
  public boolean mayHoldLong(long min, long max) {
    return false;
  }

  /**
   * Whether it may hold for NaN or for some decimal number between two, both inclusive; never false
   * where it does.
   */
  public boolean mayHoldDouble(double min, double max) {
    return false;
  }

  /** The whole numbers it holds for. */
  LongInterval longs() {
    return LongInterval.of(SpanCondition.Op.MATCHES, 0L);
  }

  /** The decimal numbers it holds for. */
  DoubleInterval doubles() {
    return DoubleInterval.of(SpanCondition.Op.MATCHES, 0L);
  }

  /** With an operand that no value can be compared with so. */
  private static final class Never extends ValueTest {
    Never(SpanCondition.Op op) {
      super(op);
    }
  }

  private static final class OfNumber extends ValueTest {
    private final LongInterval longs;
    private final DoubleInterval doubles;

    OfNumber(SpanCondition.Op op, LongInterval longs, DoubleInterval doubles) {
      super(op);
      this.longs = longs;
      this.doubles = doubles;
    }

    @Override
    public boolean testLong(long value) {
      return longs.test(value);
    }

    @Override
    public boolean testDouble(double value) {
      return doubles.test(value);
    }

    @Override
    public boolean mayHoldLong(long min, long max) {
      return longs.meets(min, max);
    }

    @Override
    public boolean mayHoldDouble(double min, double max) {
      return doubles.meets(min, max);
    }

    @Override
    LongInterval longs() {
      return longs;
    }

    @Override
    DoubleInterval doubles() {
      return doubles;
    }
  }

  private static final class OfText extends ValueTest {
    private final SpanCondition.Op op;
    private final String operand;

    OfText(SpanCondition.Op op, String operand) {
      super(op);
      this.op = op;
      this.operand = operand;
    }

    @Override
    public boolean testText(String value) {
      return switch (op) {
        case EQUAL -> value.equals(operand);
        case NOT_EQUAL -> !value.equals(operand);
        case LESS -> TextOrder.compare(value, operand) < 0;
        case LESS_OR_EQUAL -> TextOrder.compare(value, operand) <= 0;
        case GREATER -> TextOrder.compare(value, operand) > 0;
        case GREATER_OR_EQUAL -> TextOrder.compare(value, operand) >= 0;
        case MATCHES, NOT_MATCHES -> false;
      };
    }
  }

  private static final class OfMatch extends ValueTest {
    private final boolean wanted;
    private final TextRegex regex;

    OfMatch(SpanCondition.Op op, TextRegex regex) {
      super(op);
      this.wanted = op == SpanCondition.Op.MATCHES;
      this.regex = regex;
    }

    @Override
    public boolean testText(String value) {
      return regex.matches(value) == wanted;
    }
  }

  private static final class OfBool extends ValueTest {
    private final boolean holds;

    OfBool(SpanCondition.Op op, boolean operand) {
      super(op);
      this.holds = operand == (op == SpanCondition.Op.EQUAL);
    }

    @Override
    public boolean testBool(boolean value) {
      return value == holds;
    }
  }
}
