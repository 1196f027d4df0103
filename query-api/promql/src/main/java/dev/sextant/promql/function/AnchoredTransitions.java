package dev.sextant.promql.function;

import dev.sextant.promql.step.StepSeries;

/**
 * {@code changes} and {@code resets} that begin with the newest sample at or before the window's
 * start.
 */
final class AnchoredTransitions implements RangeFunction {
  private final Transitions transitions;

  AnchoredTransitions(Transitions transitions) {
    this.transitions = transitions;
  }

  @Override
  public void begin(RangeWindow w) {
    transitions.begin(w);
  }

  @Override
  public int bytesPerFloat() {
    return transitions.bytesPerFloat();
  }

  @Override
  public void apply(RangeWindow w, int step, StepSeries out) {
    if (w.dropBeforeAnchor()) {
      transitions.apply(w, step, out);
    }
  }
}
