package dev.sextant.traceql.ast;

/** An operator between two values of a span. */
public enum FieldOp {
  EQUAL("=", Kind.COMPARISON),
  NOT_EQUAL("!=", Kind.COMPARISON),
  LESS("<", Kind.COMPARISON),
  LESS_OR_EQUAL("<=", Kind.COMPARISON),
  GREATER(">", Kind.COMPARISON),
  GREATER_OR_EQUAL(">=", Kind.COMPARISON),
  ADD("+", Kind.ARITHMETIC),
  SUBTRACT("-", Kind.ARITHMETIC),
  MULTIPLY("*", Kind.ARITHMETIC),
  DIVIDE("/", Kind.ARITHMETIC),
  MODULO("%", Kind.ARITHMETIC),
  POWER("^", Kind.ARITHMETIC);

  /** What sort of value it gives. */
  public enum Kind {
    COMPARISON,
    ARITHMETIC
  }

  private final String symbol;
  private final Kind kind;

  FieldOp(String symbol, Kind kind) {
    this.symbol = symbol;
    this.kind = kind;
  }

  public String symbol() {
    return symbol;
  }

  public Kind kind() {
    return kind;
  }

  /** What it gives of operands of these types, which fit it. */
  public ValueType type(ValueType left, ValueType right) {
    if (kind == Kind.COMPARISON) {
      return ValueType.BOOL;
    }
    if (left == ValueType.DYNAMIC) {
      return right;
    }
    return left;
  }
}
