package dev.sextant.trace.model;

import java.math.BigDecimal;

/**
 * The decimal numbers that a comparison holds for: those from {@code low} to {@code high}, both
 * inclusive, none where low is above high; or, negated, all others and NaN.
 */
record DoubleInterval(double low, double high, boolean negated) {
  private static final double MIN = Double.NEGATIVE_INFINITY;
  private static final double MAX = Double.POSITIVE_INFINITY;
  private static final DoubleInterval NONE = new DoubleInterval(MAX, MIN, false);
  private static final DoubleInterval ANY = new DoubleInterval(MAX, MIN, true);

  boolean test(double value) {
    return (value >= low && value <= high) != negated;
  }

  /** Whether some number between the two, both inclusive, or NaN may be among them. */
  boolean meets(double min, double max) {
    return negated || (low <= high && min <= high && max >= low);
  }

  static DoubleInterval of(SpanCondition.Op op, double operand) {
    if (Double.isNaN(operand)) {
      return op == SpanCondition.Op.NOT_EQUAL ? ANY : NONE;
    }
    return switch (op) {
      case EQUAL -> new DoubleInterval(operand, operand, false);
      case NOT_EQUAL -> new DoubleInterval(operand, operand, true);
      case LESS -> operand == MIN ? NONE : new DoubleInterval(MIN, Math.nextDown(operand), false);
      case LESS_OR_EQUAL -> new DoubleInterval(MIN, operand, false);
      case GREATER -> operand == MAX ? NONE : new DoubleInterval(Math.nextUp(operand), MAX, false);
      case GREATER_OR_EQUAL -> new DoubleInterval(operand, MAX, false);
      case MATCHES, NOT_MATCHES -> NONE;
    };
  }

  /** Exact where no decimal number equals the operand too. */
  static DoubleInterval of(SpanCondition.Op op, long operand) {
    double near = operand;
    int side = new BigDecimal(near).compareTo(BigDecimal.valueOf(operand));
    if (side == 0) {
      return of(op, near);
    }
    double below = side < 0 ? near : Math.nextDown(near);
    return switch (op) {
      case NOT_EQUAL -> ANY;
      case LESS, LESS_OR_EQUAL -> of(SpanCondition.Op.LESS_OR_EQUAL, below);
      case GREATER, GREATER_OR_EQUAL -> of(SpanCondition.Op.GREATER, below);
      case EQUAL, MATCHES, NOT_MATCHES -> NONE;
    };
  }
}
