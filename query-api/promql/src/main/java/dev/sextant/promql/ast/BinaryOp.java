package dev.sextant.promql.ast;

/** A binary operator; a greater precedence binds tighter. */
public enum BinaryOp {
  OR("or", 1, Kind.SET),
  AND("and", 2, Kind.SET),
  UNLESS("unless", 2, Kind.SET),
  EQ("==", 3, Kind.COMPARISON),
  NE("!=", 3, Kind.COMPARISON),
  LT("<", 3, Kind.COMPARISON),
  LE("<=", 3, Kind.COMPARISON),
  GT(">", 3, Kind.COMPARISON),
  GE(">=", 3, Kind.COMPARISON),
  TRIM_UPPER("</", 3, Kind.TRIM),
  TRIM_LOWER(">/", 3, Kind.TRIM),
  ADD("+", 4, Kind.ARITHMETIC),
  SUB("-", 4, Kind.ARITHMETIC),
  MUL("*", 5, Kind.ARITHMETIC),
  DIV("/", 5, Kind.ARITHMETIC),
  MOD("%", 5, Kind.ARITHMETIC),
  ATAN2("atan2", 5, Kind.ARITHMETIC),
  POW("^", 6, Kind.ARITHMETIC);

  /** What sort of result it has. */
  public enum Kind {
    SET,
    COMPARISON,
    /** Cuts native histograms; keeps names like a comparison. */
    TRIM,
    ARITHMETIC
  }

  private final String symbol;
  private final int precedence;
  private final Kind kind;

  BinaryOp(String symbol, int precedence, Kind kind) {
    this.symbol = symbol;
    this.precedence = precedence;
    this.kind = kind;
  }

  public String symbol() {
    return symbol;
  }

  public int precedence() {
    return precedence;
  }

  public Kind kind() {
    return kind;
  }

  public boolean isSet() {
    return kind == Kind.SET;
  }

  public boolean isComparison() {
    return kind == Kind.COMPARISON;
  }

  /** Whether equal precedence groups to the right. */
  public boolean isRightAssociative() {
    return this == POW;
  }
}
