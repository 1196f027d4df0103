package dev.sextant.promql.step;

/** One group of an aggregation, over all steps. */
interface Accumulator {
  void add(StepSeries series);

  /** Writes the group's values; what stays untouched is absent. */
  void finish(StepSeries out);
}
