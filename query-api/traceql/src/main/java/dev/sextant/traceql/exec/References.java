package dev.sextant.traceql.exec;

import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.field.CompiledFilter;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** What a pipeline names of spans. */
public final class References {
  private References() {}

  /** Each once, from left to right. */
  public static Set<Reference> of(Pipeline pipeline) {
    Set<Reference> references = new LinkedHashSet<>();
    collect(pipeline, references::add);
    return references;
  }

  private static void collect(Pipeline pipeline, Consumer<Reference> to) {
    pipeline.steps().forEach(step -> collect(step, to));
  }

  private static void collect(PipelineStep step, Consumer<Reference> to) {
    switch (step) {
      case SpansetExpr.Filter filter -> CompiledFilter.references(filter.condition(), to);
      case SpansetExpr.Logical logical -> {
        collect(logical.left(), to);
        collect(logical.right(), to);
      }
      case SpansetExpr.Structural structural -> {
        collect(structural.left(), to);
        collect(structural.right(), to);
      }
      case SpansetExpr.Piped piped -> collect(piped.pipeline(), to);
      case PipelineStep.ScalarFilter scalar -> {
        if (scalar.aggregate() instanceof Aggregate.Over over) {
          CompiledFilter.references(over.operand(), to);
        }
      }
      case PipelineStep.GroupBy by -> CompiledFilter.references(by.expression(), to);
      case PipelineStep.Select select -> select.references().forEach(to);
      case PipelineStep.Coalesce coalesce -> {}
    }
  }
}
