package dev.sextant.traceql.ast;

import java.util.List;

/** One step of a pipeline. */
public sealed interface PipelineStep permits SpansetExpr, PipelineStep.Other {
  Place place();

  /** The steps that are no spanset expression. */
  sealed interface Other extends PipelineStep {}

  /** {@code aggregate op constant}: keeps spansets for which it holds. */
  record ScalarFilter(Aggregate aggregate, Comparison op, Static constant, Place place)
      implements Other {}

  /**
   * {@code by(expression)}: splits each spanset by the expression's value.
   *
   * @param expression refers to the span
   */
  record GroupBy(FieldExpr expression, Place place) implements Other {}

  /**
   * {@code select(…)}: returns these of the spans too.
   *
   * @param references at least one, as written
   */
  record Select(List<Reference> references, Place place) implements Other {
    public Select {
      references = List.copyOf(references);
    }
  }

  /** {@code coalesce()}: makes one spanset of all. */
  record Coalesce(Place place) implements Other {}
}
