package dev.sextant.traceql.ast;

/** A spanset made of others. */
public sealed interface SpansetExpr extends PipelineStep {
  /**
   * <code>{condition}</code>: the spans for which the condition is true.
   *
   * @param condition boolean or dynamic; the literal true for {@code {}}
   */
  record Filter(FieldExpr condition, Place place) implements SpansetExpr {}

  /** {@code left && right}, {@code left || right}. */
  record Logical(LogicalOp op, SpansetExpr left, SpansetExpr right, Place place)
      implements SpansetExpr {}

  /** {@code left >> right} and the like. */
  record Structural(StructuralOp op, SpansetExpr left, SpansetExpr right, Place place)
      implements SpansetExpr {}

  /** A pipeline in parentheses as an operand; it has at least two steps. */
  record Piped(Pipeline pipeline, Place place) implements SpansetExpr {}

  /** How two spansets join. */
  enum LogicalOp {
    /** Both sides, where neither is empty. */
    AND("&&"),
    /** Both sides, where one is not empty. */
    OR("||");

    private final String symbol;

    LogicalOp(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }
}
