package dev.sextant.promql.exec;

import dev.sextant.promql.ast.AggregateOp;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.parse.Names;
import dev.sextant.promql.parse.Quoting;
import dev.sextant.promql.step.Aggregation;
import dev.sextant.promql.step.Distribution;
import dev.sextant.promql.step.RatioSample;
import dev.sextant.promql.step.Selection;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepException;
import java.util.List;

/** Plans aggregations. */
final class AggregatePlanner {
  private final Planner planner;

  AggregatePlanner(Planner planner) {
    this.planner = planner;
  }

  VectorOp plan(Expr.Aggregate aggregate) {
    VectorOp operand = planner.aggregated(aggregate);
    Expr parameter = aggregate.parameter();
    List<String> names = aggregate.grouping();
    boolean without = aggregate.without();
    if (parameter == null) {
      Aggregation.Reduction reduction = Aggregation.Reduction.valueOf(aggregate.op().name());
      Span argument = aggregate.operand().span();
      return (x, steps) -> {
        try (SeriesStream in = operand.open(x, steps)) {
          SeriesStream out =
              Aggregation.reduce(
                  reduction, names, without, in, steps.count(), x, x.noticesAt(argument));
          return new MappedStream(out, series -> series);
        }
      };
    }
    if (aggregate.op() == AggregateOp.COUNT_VALUES) {
      return countValues(aggregate, operand, Planner.text(parameter));
    }
    return parametrized(aggregate, operand, planner.scalar(parameter), parameter.span());
  }

  private static VectorOp countValues(Expr.Aggregate aggregate, VectorOp operand, String label) {
    if (!Names.isValid(label)) {
      throw new StepException("invalid label name " + Quoting.quote(label));
    }
    return (x, steps) -> {
      try (SeriesStream in = operand.open(x, steps)) {
        return Distribution.countValues(
            label, aggregate.grouping(), aggregate.without(), in, steps.count(), x);
      }
    };
  }

  private static VectorOp parametrized(
      Expr.Aggregate aggregate, VectorOp operand, ScalarOp parameter, Span parameterSpan) {
    List<String> names = aggregate.grouping();
    boolean without = aggregate.without();
    return switch (aggregate.op()) {
      case QUANTILE ->
          (x, steps) -> {
            double[] q = parameter.values(x, steps);
            try (SeriesStream in = operand.open(x, steps)) {
              Distribution.warnOfRange(q, x.noticesAt(parameterSpan));
              return Distribution.quantile(
                  q, names, without, in, x, x.noticesAt(aggregate.operand().span()));
            }
          };
      case TOPK -> selection(Selection.Kind.TOP, aggregate, operand, parameter);
      case BOTTOMK -> selection(Selection.Kind.BOTTOM, aggregate, operand, parameter);
      case LIMITK -> selection(Selection.Kind.FIRST, aggregate, operand, parameter);
      case LIMIT_RATIO ->
          (x, steps) ->
              new MappedStream(
                  RatioSample.pick(
                      parameter.values(x, steps),
                      operand.open(x, steps),
                      x,
                      x.noticesAt(parameterSpan)),
                  series -> series);
      default -> throw Planner.unplanned("aggregation \"" + aggregate.op().text() + "\"");
    };
  }

  private static VectorOp selection(
      Selection.Kind kind, Expr.Aggregate aggregate, VectorOp operand, ScalarOp parameter) {
    return (x, steps) -> {
      double[] k = parameter.values(x, steps);
      try (SeriesStream in = operand.open(x, steps)) {
        return Selection.pick(
            kind,
            aggregate.grouping(),
            aggregate.without(),
            k,
            in,
            x,
            x.noticesAt(aggregate.span()));
      }
    };
  }
}
