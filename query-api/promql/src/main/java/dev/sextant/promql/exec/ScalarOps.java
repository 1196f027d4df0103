package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.PromException;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.step.FloatArithmetic;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import java.util.Arrays;
import java.util.List;

/** Scalars, and the ways between scalars and vectors. */
final class ScalarOps {
  private ScalarOps() {}

  static ScalarOp constant(double value) {
    return (execution, steps) -> {
      double[] values = new double[steps.count()];
      Arrays.fill(values, value);
      return values;
    };
  }

  static ScalarOp time() {
    return (execution, steps) -> {
      double[] values = new double[steps.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = steps.time(i) / 1000.0;
      }
      return values;
    };
  }

  static ScalarOp negated(ScalarOp inner) {
    return (execution, steps) -> {
      double[] values = inner.values(execution, steps);
      for (int i = 0; i < values.length; i++) {
        values[i] = -values[i];
      }
      return values;
    };
  }

  static ScalarOp binary(BinaryOp op, ScalarOp left, ScalarOp right) {
    return (execution, steps) -> {
      if (op.kind() == BinaryOp.Kind.TRIM) {
        throw new PromException.Execution(
            "operator \"" + op.symbol() + "\" not allowed for Scalar operations");
      }
      double[] values = left.values(execution, steps);
      double[] other = right.values(execution, steps);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            op.isComparison()
                ? (FloatArithmetic.compare(op, values[i], other[i]) ? 1 : 0)
                : FloatArithmetic.apply(op, values[i], other[i]);
      }
      return values;
    };
  }

  static ScalarOp extreme(boolean min, ScalarOp left, ScalarOp right) {
    return (execution, steps) -> {
      double[] values = left.values(execution, steps);
      double[] other = right.values(execution, steps);
      for (int i = 0; i < values.length; i++) {
        values[i] = min ? Math.min(values[i], other[i]) : Math.max(values[i], other[i]);
      }
      return values;
    };
  }

  /** The float of the only series with one, else NaN. */
  static ScalarOp ofVector(VectorOp vector) {
    return (execution, steps) -> {
      double[] values = new double[steps.count()];
      Arrays.fill(values, Double.NaN);
      int[] floats = new int[values.length];
      try (SeriesStream in = vector.open(execution, steps)) {
        for (StepSeries series = in.next(); series != null; series = in.next()) {
          for (int i = 0; i < values.length; i++) {
            if (series.isFloat(i)) {
              values[i] = ++floats[i] == 1 ? series.value(i) : Double.NaN;
            }
          }
        }
      }
      return values;
    };
  }

  static VectorOp asVector(ScalarOp scalar) {
    return (execution, steps) ->
        SeriesStream.of(
            List.of(new StepSeries(Labels.EMPTY, false, scalar.values(execution, steps), null)));
  }
}
