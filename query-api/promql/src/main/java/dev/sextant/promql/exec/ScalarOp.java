package dev.sextant.promql.exec;

import dev.sextant.promql.step.Steps;

/** A planned scalar. */
interface ScalarOp {
  /** One number a step; the array is the caller's. */
  double[] values(Execution execution, Steps steps);
}
