package dev.sextant.promql.script;

import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromException;
import dev.sextant.promql.PromQuery;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.ValueType;
import dev.sextant.promql.print.ExprPrinter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one evaluation. An instant query runs as it is written; then, where it does not look
 * at the time itself, with {@code @ T} at every selector at five times around T, or three where T
 * is 0; and each of these once more as the middle step of a range of two minutes.
 */
final class EvalRuns {
  private static final long SECOND = 1_000;

  private final EvalCheck check;
  private final PromEngine engine;
  private final Eval eval;
  private final List<String> failures = new ArrayList<>();
  private int runs;

  EvalRuns(PromEngine engine, SeriesSource source, Eval eval) {
    this.engine = engine;
    this.check = new EvalCheck(engine, source, eval);
    this.eval = eval;
  }

  ScriptResult.Outcome run() {
    note("", check.asWritten());
    PromQuery query = eval.instant() && failures.isEmpty() ? parsed() : null;
    if (query != null) {
      boolean asRange =
          eval.failure() == null
              && !eval.ordered()
              && (query.expr().type() == ValueType.VECTOR
                  || query.expr().type() == ValueType.SCALAR)
              && !FixedTime.asksForOuter(query.expr());
      long time = eval.grid().endMillis();
      if (asRange) {
        note("as a range", check.middleOfRange(query, time));
      }
      Expr fixed = FixedTime.at(time, query.expr());
      if (fixed != null) {
        atOtherTimes(new PromQuery(query.text(), fixed), time, asRange);
      }
    }
    return new ScriptResult.Outcome(eval.line(), eval.query(), runs - 1, failures);
  }

  /** Null where the query is expected to be refused. */
  private @Nullable PromQuery parsed() {
    try {
      return engine.parse(eval.query());
    } catch (PromException e) {
      return null;
    }
  }

  private void atOtherTimes(PromQuery fixed, long time, boolean asRange) {
    String printed = ExprPrinter.print(fixed.expr());
    note("printed", samePrinted(printed));
    runs--;
    long[] times =
        time == 0
            ? new long[] {-SECOND, 0, SECOND}
            : new long[] {-10 * time, 0, time / 5, time, 10 * time};
    for (long at : times) {
      String how = "at " + at / 1000.0 + " s as " + printed;
      note(how, check.instant(fixed, at));
      if (asRange) {
        note(how + " as a range", check.middleOfRange(fixed, at));
      }
    }
  }

  private @Nullable String samePrinted(String printed) {
    try {
      String again = ExprPrinter.print(engine.parse(printed).expr());
      return again.equals(printed) ? null : printed + " reads as " + again;
    } catch (PromException e) {
      return printed + " does not parse: " + e.getMessage();
    }
  }

  private void note(String how, @Nullable String problem) {
    runs++;
    if (problem != null) {
      failures.add(how.isEmpty() ? problem : how + ": " + problem);
    }
  }
}
