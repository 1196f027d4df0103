package dev.sextant.traceql.spanset;

import dev.sextant.trace.model.SpanCondition;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.StructuralOp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a pipeline needs of the traces and spans that it leaves, told from its filters. */
final class PipelineNeeds {
  /** More conditions than this tell a source little. */
  private static final int MANY = 8;

  private PipelineNeeds() {}

  /** For each of these a trace must have some span, or nothing is left of it. */
  static List<SpanCondition> ofTrace(CompiledPipeline pipeline) {
    Set<SpanCondition> needs = new LinkedHashSet<>();
    for (CompiledStep step : pipeline.steps()) {
      needs.addAll(ofTrace(step));
    }
    needs.add(ofEach(pipeline));
    needs.remove(SpanCondition.ALL);
    needs.removeAll(parts(needs));
    return List.copyOf(needs);
  }

  /** What is a part of another, which says it too. */
  private static Set<SpanCondition> parts(Set<SpanCondition> needs) {
    Set<SpanCondition> all = new HashSet<>();
    for (SpanCondition need : needs) {
      if (need instanceof SpanCondition.And(List<SpanCondition> parts)) {
        all.addAll(parts);
      }
    }
    return all;
  }

  private static List<SpanCondition> ofTrace(CompiledStep step) {
    return switch (step) {
      case CompiledStep.Filter filter -> List.of(filter.filter().need());
      case CompiledStep.Logical(LogicalOp op, CompiledStep left, CompiledStep right) ->
          op == LogicalOp.AND
              ? both(ofTrace(left), ofTrace(right))
              : either(ofTrace(left), ofTrace(right));
      case CompiledStep.Structural(StructuralOp op, CompiledStep left, CompiledStep right) ->
          op.form() == StructuralOp.Form.NEGATED
              ? ofTrace(right)
              : both(ofTrace(left), ofTrace(right));
      case CompiledStep.Piped(CompiledPipeline pipeline) -> ofTrace(pipeline);
      case CompiledStep.Scalar scalar -> List.of();
      case CompiledStep.GroupBy by -> List.of();
      case CompiledStep.Coalesce coalesce -> List.of();
      case CompiledStep.Select select -> List.of();
    };
  }

  private static List<SpanCondition> both(List<SpanCondition> a, List<SpanCondition> b) {
    List<SpanCondition> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private static List<SpanCondition> either(List<SpanCondition> a, List<SpanCondition> b) {
    List<SpanCondition> all = new ArrayList<>();
    for (SpanCondition one : a) {
      for (SpanCondition other : b) {
        if (all.size() < MANY) {
          all.add(or(one, other));
        }
      }
    }
    return all;
  }

  private static SpanCondition or(SpanCondition a, SpanCondition b) {
    return a.equals(SpanCondition.ALL) || b.equals(SpanCondition.ALL)
        ? SpanCondition.ALL
        : a.equals(b) ? a : new SpanCondition.Or(List.of(a, b));
  }

  /** What holds for every span that is left. */
  static SpanCondition ofEach(CompiledPipeline pipeline) {
    Set<SpanCondition> all = new LinkedHashSet<>();
    for (CompiledStep step : pipeline.steps()) {
      all.add(ofEach(step));
    }
    all.remove(SpanCondition.ALL);
    return all.size() == 1 ? all.iterator().next() : new SpanCondition.And(List.copyOf(all));
  }

  private static SpanCondition ofEach(CompiledStep step) {
    return switch (step) {
      case CompiledStep.Filter filter -> filter.filter().need();
      case CompiledStep.Logical(LogicalOp op, CompiledStep left, CompiledStep right) ->
          or(ofEach(left), ofEach(right));
      case CompiledStep.Structural(StructuralOp op, CompiledStep left, CompiledStep right) ->
          op.form() == StructuralOp.Form.UNION ? or(ofEach(left), ofEach(right)) : ofEach(right);
      case CompiledStep.Piped(CompiledPipeline pipeline) -> ofEach(pipeline);
      case CompiledStep.Scalar scalar -> SpanCondition.ALL;
      case CompiledStep.GroupBy by -> SpanCondition.ALL;
      case CompiledStep.Coalesce coalesce -> SpanCondition.ALL;
      case CompiledStep.Select select -> SpanCondition.ALL;
    };
  }
}
