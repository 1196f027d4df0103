package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.function.RangeFunctions;
import dev.sextant.promql.function.RangeWindow;
import dev.sextant.promql.function.SampleBuffer;
import dev.sextant.promql.step.Notices;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** {@code absent} and {@code absent_over_time}: 1 at the steps where there is nothing. */
final class AbsentOps {
  private AbsentOps() {}

  static VectorOp absent(VectorOp inner, Labels labels) {
    return (execution, steps) -> {
      StepSeries out = ones(labels, steps);
      try (SeriesStream in = inner.open(execution, steps)) {
        for (StepSeries series = in.next(); series != null; series = in.next()) {
          for (int i = 0; i < steps.count(); i++) {
            if (series.isPresent(i)) {
              out.clear(i);
            }
          }
        }
      }
      return SeriesStream.of(List.of(out));
    };
  }

  static VectorOp absentOverTime(RangeOp range, Labels labels) {
    if (range.bounds() != Modifiers.Bounds.PLAIN) {
      throw RangeFunctions.notWith("absent_over_time", range.bounds());
    }
    return (execution, steps) -> {
      StepSeries out = ones(labels, steps);
      SampleBuffer buffer = new SampleBuffer();
      RangeWindow window =
          new RangeWindow(
              buffer,
              range.shape(),
              new double[0][],
              steps,
              range.timing().references(steps),
              Notices.NONE);
      try (RangeOp.Cursor cursor = range.open(execution, steps, buffer)) {
        while (cursor.next()) {
          window.reset(cursor.labels());
          for (int i = 0; i < steps.count(); i++) {
            if (window.moveTo(i)) {
              out.clear(i);
            }
          }
        }
      }
      return SeriesStream.of(List.of(out));
    };
  }

  private static StepSeries ones(Labels labels, Steps steps) {
    double[] values = new double[steps.count()];
    Arrays.fill(values, 1);
    return new StepSeries(labels, false, values, null);
  }

  /**
   * The labels that a selector says of what is absent: those matched exactly once, by equality;
   * else none.
   */
  static Labels labelsOf(Expr expr) {
    Expr.VectorSelector selector;
    switch (expr.unwrapped()) {
      case Expr.VectorSelector vector -> selector = vector;
      case Expr.MatrixSelector matrix -> selector = matrix.selector();
      default -> {
        return Labels.EMPTY;
      }
    }
    TreeMap<String, String> labels = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (Matcher matcher : selector.matchers()) {
      if (matcher.name().equals(Labels.NAME)) {
        continue;
      }
      if (seen.add(matcher.name()) && matcher.type() == Matcher.Type.EQUAL) {
        labels.put(matcher.name(), matcher.value());
      } else {
        labels.remove(matcher.name());
      }
    }
    return Labels.of(labels);
  }
}
