package dev.sextant.promql.exec;

import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.Steps;

/** A planned instant vector. May be opened several times. */
interface VectorOp {
  SeriesStream open(Execution execution, Steps steps);
}
