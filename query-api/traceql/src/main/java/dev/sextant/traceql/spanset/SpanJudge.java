package dev.sextant.traceql.spanset;

import dev.sextant.trace.model.RowSet;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.field.Columns;

/** Pipelines that keep a span or not whatever else its trace holds: filters, and either of two. */
final class SpanJudge {
  private SpanJudge() {}

  static boolean isAlone(CompiledStep step) {
    return switch (step) {
      case CompiledStep.Filter filter -> true;
      case CompiledStep.Logical logical ->
          logical.op() == LogicalOp.OR && isAlone(logical.left()) && isAlone(logical.right());
      case CompiledStep.Structural structural -> false;
      // Grouping in parentheses can give several spansets, which operators refuse.
      case CompiledStep.Piped piped -> false;
      case CompiledStep.Scalar scalar -> false;
      case CompiledStep.GroupBy by -> true;
      case CompiledStep.Coalesce coalesce -> true;
      case CompiledStep.Select select -> true;
    };
  }

  static RowSet rows(CompiledPipeline pipeline, Columns columns, RowSet within) {
    RowSet rows = within;
    for (CompiledStep step : pipeline.steps()) {
      rows = rows(step, columns, rows);
    }
    return rows;
  }

  private static RowSet rows(CompiledStep step, Columns columns, RowSet within) {
    return switch (step) {
      case CompiledStep.Filter filter -> filter.filter().rows(columns, within);
      case CompiledStep.Logical logical -> {
        RowSet either = rows(logical.left(), columns, within);
        either.or(rows(logical.right(), columns, within));
        yield either;
      }
      case CompiledStep.GroupBy by -> within;
      case CompiledStep.Coalesce coalesce -> within;
      case CompiledStep.Select select -> within;
      case CompiledStep.Structural structural -> throw notAlone();
      case CompiledStep.Piped piped -> throw notAlone();
      case CompiledStep.Scalar scalar -> throw notAlone();
    };
  }

  private static IllegalStateException notAlone() {
    return new IllegalStateException("spans cannot be judged alone");
  }
}
