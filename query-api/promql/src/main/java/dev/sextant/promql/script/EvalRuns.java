package dev.sextant.promql.script;

import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.PromEngine;
import java.util.List;

/** The runs of one evaluation. */
final class EvalRuns {
  private final PromEngine engine;
  private final SeriesSource source;
  private final Eval eval;

  EvalRuns(PromEngine engine, SeriesSource source, Eval eval) {
    this.engine = engine;
    this.source = source;
    this.eval = eval;
  }

  ScriptResult.Outcome run() {
    String problem = new EvalCheck(engine, source, eval).problem();
    return new ScriptResult.Outcome(
        eval.line(), eval.query(), problem == null ? List.of() : List.of(problem));
  }
}
