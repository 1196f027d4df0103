package dev.sextant.traceql.spanset;

import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.StructuralOp;
import dev.sextant.traceql.field.CompiledFilter;
import dev.sextant.traceql.field.Conversion;
import dev.sextant.traceql.print.FieldPrinter;
import dev.sextant.traceql.print.QueryPrinter;

/** A step made ready to be run. Immutable. */
sealed interface CompiledStep {
  /** Keeps the spans for which a condition is true. */
  record Filter(CompiledFilter filter) implements CompiledStep {}

  record Logical(LogicalOp op, CompiledStep left, CompiledStep right) implements CompiledStep {}

  record Structural(StructuralOp op, CompiledStep left, CompiledStep right)
      implements CompiledStep {}

  record Piped(CompiledPipeline pipeline) implements CompiledStep {}

  /**
   * Keeps the spansets of which an aggregate compares so.
   *
   * @param name of the attribute that holds the aggregate
   */
  record Scalar(Aggregate aggregate, FieldOp op, Value constant, String name)
      implements CompiledStep {}

  /**
   * Splits by an expression's value.
   *
   * @param name of the attribute that holds it
   */
  record GroupBy(FieldExpr expression, String name) implements CompiledStep {}

  record Coalesce() implements CompiledStep {}

  /** Changes nothing. */
  record Select() implements CompiledStep {}

  static CompiledStep of(PipelineStep step) {
    return switch (step) {
      case SpansetExpr.Filter filter -> new Filter(CompiledFilter.of(filter.condition()));
      case SpansetExpr.Logical logical ->
          new Logical(logical.op(), of(logical.left()), of(logical.right()));
      case SpansetExpr.Structural structural ->
          new Structural(structural.op(), of(structural.left()), of(structural.right()));
      case SpansetExpr.Piped piped -> new Piped(CompiledPipeline.of(piped.pipeline()));
      case PipelineStep.ScalarFilter scalar ->
          new Scalar(
              scalar.aggregate(),
              Conversion.operator(scalar.op()),
              Conversion.value(scalar.constant()),
              FieldPrinter.print(scalar.aggregate()));
      case PipelineStep.GroupBy by -> new GroupBy(by.expression(), QueryPrinter.print(by));
      case PipelineStep.Select select -> new Select();
      case PipelineStep.Coalesce coalesce -> new Coalesce();
    };
  }
}
