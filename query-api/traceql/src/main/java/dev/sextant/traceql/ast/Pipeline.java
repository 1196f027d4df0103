package dev.sextant.traceql.ast;

import java.util.List;

/**
 * Steps from left to right; each takes the spansets of a trace that the one before it gave, the
 * first one spanset of all the trace's spans.
 *
 * @param steps at least one; the first is no {@link PipelineStep.Coalesce}
 */
public record Pipeline(List<PipelineStep> steps, Place place) {
  public Pipeline {
    steps = List.copyOf(steps);
  }
}
