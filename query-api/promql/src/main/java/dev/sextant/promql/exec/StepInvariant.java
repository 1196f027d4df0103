package dev.sextant.promql.exec;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.Arrays;
import java.util.Set;

/**
 * Expressions that have the same value at every step, because {@code @} fixes their time: computed
 * once.
 */
final class StepInvariant {
  private static final Set<String> TIME_DEPENDENT =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "time",
          "timestamp");

  private StepInvariant() {}

  static boolean isFixed(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral n -> true;
      case Expr.StringLiteral s -> true;
      case Expr.Paren p -> isFixed(p.inner());
      case Expr.Unary u -> isFixed(u.operand());
      case Expr.VectorSelector s -> s.modifiers().at() != null;
      case Expr.MatrixSelector m -> m.selector().modifiers().at() != null;
      case Expr.Subquery q -> q.modifiers().at() != null;
      case Expr.Aggregate a -> isFixed(a.operand());
      case Expr.Binary b -> isFixed(b.left()) && isFixed(b.right());
      case Expr.Call c -> isFixed(c);
    };
  }

  private static boolean isFixed(Expr.Call call) {
    boolean directTimestamp =
        call.function().name().equals("timestamp")
            && call.args().getFirst().unwrapped() instanceof Expr.VectorSelector;
    if (TIME_DEPENDENT.contains(call.function().name()) && !directTimestamp) {
      return false;
    }
    return call.args().stream().allMatch(StepInvariant::isFixed);
  }

  /** Evaluates at the first step only and repeats the result. */
  static VectorOp once(VectorOp inner) {
    return (execution, steps) -> {
      if (steps.count() == 1) {
        return inner.open(execution, steps);
      }
      SeriesStream in = inner.open(execution, Steps.at(steps.startMillis()));
      return new MappedStream(in, series -> repeat(series, steps.count()));
    };
  }

  private static StepSeries repeat(StepSeries series, int steps) {
    StepSeries out = StepSeries.empty(series.labels(), series.isNameDropped(), steps);
    NativeHistogram histogram = series.histogram(0);
    if (histogram == null) {
      Arrays.fill(out.values(), series.value(0));
    } else {
      for (int i = 0; i < steps; i++) {
        out.set(i, histogram);
      }
    }
    return out;
  }
}
