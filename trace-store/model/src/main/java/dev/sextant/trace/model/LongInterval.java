package dev.sextant.trace.model;

/**
 * The whole numbers that a comparison holds for: those from {@code low} to {@code high}, both
 * inclusive, none where low is above high; or, negated, all others.
 */
record LongInterval(long low, long high, boolean negated) {
  private static final LongInterval NONE = new LongInterval(0, -1, false);
  private static final LongInterval ANY = new LongInterval(Long.MIN_VALUE, Long.MAX_VALUE, false);
  private static final double BEYOND = 0x1p63;

  boolean test(long value) {
    return (value >= low && value <= high) != negated;
  }

  /** Whether some number between the two, both inclusive, is among them. */
  boolean meets(long min, long max) {
    return negated ? min < low || max > high : low <= high && min <= high && max >= low;
  }

  static LongInterval of(SpanCondition.Op op, long operand) {
    return switch (op) {
      case EQUAL -> new LongInterval(operand, operand, false);
      case NOT_EQUAL -> new LongInterval(operand, operand, true);
      case LESS ->
          operand == Long.MIN_VALUE ? NONE : new LongInterval(Long.MIN_VALUE, operand - 1, false);
      case LESS_OR_EQUAL -> new LongInterval(Long.MIN_VALUE, operand, false);
      case GREATER ->
          operand == Long.MAX_VALUE ? NONE : new LongInterval(operand + 1, Long.MAX_VALUE, false);
      case GREATER_OR_EQUAL -> new LongInterval(operand, Long.MAX_VALUE, false);
      case MATCHES, NOT_MATCHES -> NONE;
    };
  }

  static LongInterval of(SpanCondition.Op op, double operand) {
    if (Double.isNaN(operand)) {
      return op == SpanCondition.Op.NOT_EQUAL ? ANY : NONE;
    }
    if (operand >= BEYOND) {
      return beyond(op, SpanCondition.Op.LESS, SpanCondition.Op.LESS_OR_EQUAL);
    }
    if (operand < -BEYOND) {
      return beyond(op, SpanCondition.Op.GREATER, SpanCondition.Op.GREATER_OR_EQUAL);
    }
    long floor = (long) Math.floor(operand);
    if (floor == operand) {
      return of(op, floor);
    }
    return switch (op) {
      case NOT_EQUAL -> ANY;
      case LESS, LESS_OR_EQUAL -> of(SpanCondition.Op.LESS_OR_EQUAL, floor);
      case GREATER, GREATER_OR_EQUAL -> of(SpanCondition.Op.GREATER, floor);
      case EQUAL, MATCHES, NOT_MATCHES -> NONE;
    };
  }

  /** No whole number lies on the operand's far side. */
  private static LongInterval beyond(
      SpanCondition.Op op, SpanCondition.Op holds, SpanCondition.Op holdsToo) {
    return op == holds || op == holdsToo || op == SpanCondition.Op.NOT_EQUAL ? ANY : NONE;
  }
}
