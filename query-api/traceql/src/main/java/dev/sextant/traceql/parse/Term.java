package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
import org.jspecify.annotations.Nullable;

/** What was parsed so far, by which operators may follow it. */
sealed interface Term {
  /** Spansets; joined by spanset operators, continued by {@code |}. */
  record Spans(SpansetExpr expr) implements Term {}

  /** A pipeline of more than a spanset expression; in parentheses it counts as {@link Spans}. */
  record Steps(Pipeline pipeline) implements Term {}

  /** A step that takes no operator: a whole scalar filter, a grouping, a selection. */
  record Step(PipelineStep step) implements Term {}

  /** A number for a spanset; takes arithmetic, wants a comparison. */
  record Number(Scalar scalar) implements Term {}

  /**
   * A number.
   *
   * @param duration the first duration that it was computed of; null for none
   */
  record Constant(Static value, @Nullable Token duration) implements Term {}

  /** Series; in parentheses they take arithmetic. */
  record Series(MetricsExpr expr) implements Term {}
}
