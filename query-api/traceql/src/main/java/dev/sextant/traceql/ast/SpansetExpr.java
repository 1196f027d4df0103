package dev.sextant.traceql.ast;

/** A spanset made of others. */
public sealed interface SpansetExpr extends PipelineStep {
  /**
   * <code>{condition}</code>: the spans for which the condition is true.
   *
   * @param condition boolean or dynamic; the literal true for {@code {}}
   */
  record Filter(FieldExpr condition, Place place) implements SpansetExpr {}

  /**
   * {@code left && right}: the spans of both, where neither is empty. {@code left || right}: the
   * spans of both.
   */
  record Logical(LogicalOp op, SpansetExpr left, SpansetExpr right, Place place)
      implements SpansetExpr {}

  /** {@code left >> right} and the like. */
  record Structural(StructuralOp op, SpansetExpr left, SpansetExpr right, Place place)
      implements SpansetExpr {}

  /**
   * A pipeline in parentheses. Parentheses around nothing but a spanset expression leave no trace.
   */
  record Piped(Pipeline pipeline, Place place) implements SpansetExpr {}
}
