package dev.sextant.promql.ast;

/**
 * A range, step or offset: mostly one literal, else arithmetic that is resolved when the query's
 * step is known.
 */
public sealed interface DurationExpr {
  Span span();

  /**
   * A literal; {@code 90}, {@code 90s} and {@code 1m30s} are the same.
   *
   * @param units whether it was written with units
   */
  record Literal(double seconds, boolean units, Span span) implements DurationExpr {}

  /** {@code step()} or {@code range()} of the whole query. */
  record Outer(boolean step, Span span) implements DurationExpr {}

  /** {@code min_of(a, b)} or {@code max_of(a, b)}. */
  record Extreme(boolean min, DurationExpr left, DurationExpr right, Span span)
      implements DurationExpr {}

  record Negated(DurationExpr inner, Span span) implements DurationExpr {}

  record Paren(DurationExpr inner, Span span) implements DurationExpr {}

  /** Arithmetic on seconds: one of ADD, SUB, MUL, DIV, MOD, POW. */
  record Arithmetic(BinaryOp op, DurationExpr left, DurationExpr right, Span span)
      implements DurationExpr {}
}
