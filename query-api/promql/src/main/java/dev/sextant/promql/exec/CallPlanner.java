package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.ast.ValueType;
import dev.sextant.promql.function.DateFunctions;
import dev.sextant.promql.function.LabelFunctions;
import dev.sextant.promql.function.RangeFunctions;
import dev.sextant.promql.function.ValueFunctions;
import dev.sextant.promql.parse.Names;
import dev.sextant.promql.step.SameLabels;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Plans function calls. */
final class CallPlanner {
  private final Planner planner;
  private final Execution execution;

  CallPlanner(Planner planner, Execution execution) {
    this.planner = planner;
    this.execution = execution;
  }

  ScalarOp scalar(Expr.Call call) {
    List<Expr> args = call.args();
    return switch (call.function().name()) {
      case "time" -> ScalarOps.time();
      case "pi" -> ScalarOps.constant(Math.PI);
      case "scalar" -> ScalarOps.ofVector(planner.vector(args.getFirst()));
      case "start" -> ScalarOps.constant(execution.outer().startMillis() / 1000.0);
      case "end" -> ScalarOps.constant(execution.outer().endMillis() / 1000.0);
      case "step" -> ScalarOps.constant(execution.outer().stepOrZero() / 1000.0);
      case "range" -> ScalarOps.constant(execution.outer().rangeMillis() / 1000.0);
      case "min_of" ->
          ScalarOps.extreme(true, planner.scalar(args.getFirst()), planner.scalar(args.get(1)));
      case "max_of" ->
          ScalarOps.extreme(false, planner.scalar(args.getFirst()), planner.scalar(args.get(1)));
      default -> throw unplanned(call);
    };
  }

  VectorOp vector(Expr.Call call) {
    String name = call.function().name();
    List<Expr> args = call.args();
    DoubleUnaryOperator value = ValueFunctions.find(name);
    if (value != null) {
      return mapped(planner.vector(args.getFirst()), value);
    }
    DoubleUnaryOperator date = DateFunctions.find(name);
    if (date != null) {
      return mapped(
          args.isEmpty() ? ScalarOps.asVector(ScalarOps.time()) : planner.vector(args.getFirst()),
          date);
    }
    ToDoubleFunction<NativeHistogram> histogram = HistogramOps.find(name);
    if (histogram != null) {
      boolean totals = !name.startsWith("histogram_std");
      Expr arg = args.getFirst();
      VectorOp inner = totals ? planner.histogramTotals(arg) : planner.vector(arg);
      return planner.dropping(HistogramOps.each(inner, histogram));
    }
    if (RangeFunctions.create(name, false) != null) {
      return overRange(call);
    }
    return special(call);
  }

  private static IllegalStateException unplanned(Expr.Call call) {
    return Planner.unplanned("function \"" + call.function().name() + "\"");
  }

  private VectorOp overRange(Expr.Call call) {
    Expr range = null;
    List<ScalarOp> parameters = new ArrayList<>();
    for (Expr arg : call.args()) {
      if (arg.type() == ValueType.MATRIX) {
        range = arg;
      } else {
        parameters.add(planner.scalar(arg));
      }
    }
    if (range == null) {
      throw new IllegalStateException("no range in " + call);
    }
    String name = call.function().name();
    RangeOp op = planner.range(range, name);
    if (op.bounds() != Modifiers.Bounds.PLAIN) {
      RangeFunctions.createExtended(name, op.bounds());
    }
    return planner.dropping(new RangeCallOp(name, op, parameters, call.args().getFirst().span()));
  }

  private VectorOp special(Expr.Call call) {
    List<Expr> args = call.args();
    return switch (call.function().name()) {
      case "vector" -> ScalarOps.asVector(planner.scalar(args.getFirst()));
      case "timestamp" -> planner.dropping(timestamp(args.getFirst()));
      case "start_timestamp" -> planner.dropping(startTimestamp(args.getFirst()));
      case "absent" ->
          AbsentOps.absent(planner.vector(args.getFirst()), AbsentOps.labelsOf(args.getFirst()));
      case "absent_over_time" ->
          AbsentOps.absentOverTime(
              planner.range(args.getFirst(), "absent_over_time"),
              AbsentOps.labelsOf(args.getFirst()));
      case "round" -> round(args);
      case "clamp" -> clamp(args, planner.scalar(args.get(1)), planner.scalar(args.get(2)));
      case "clamp_min" ->
          clamp(args, planner.scalar(args.get(1)), ScalarOps.constant(Double.POSITIVE_INFINITY));
      case "clamp_max" ->
          clamp(args, ScalarOps.constant(Double.NEGATIVE_INFINITY), planner.scalar(args.get(1)));
      case "label_replace", "label_join" -> relabeled(call);
      case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc" -> sorted(call);
      case "histogram_quantile" -> quantiles(List.of(args.getFirst()), "", args.get(1));
      case "histogram_quantiles" ->
          quantiles(args.subList(2, args.size()), quantileLabel(args.get(1)), args.getFirst());
      case "histogram_fraction" -> {
        QuantileFigures.Figure figure =
            new QuantileFigures.Fraction(
                planner.scalar(args.getFirst()), planner.scalar(args.get(1)));
        yield figures(List.of(figure), "", args.get(2));
      }
      case "info" -> InfoOp.plan(planner, planner.durations(), args);
      default -> throw unplanned(call);
    };
  }

  private static String quantileLabel(Expr arg) {
    String label = Planner.text(arg);
    if (!Names.isValid(label)) {
      throw new StepException("invalid label name in histogram_quantiles(): " + label);
    }
    return label;
  }

  private VectorOp quantiles(List<Expr> shares, String label, Expr vector) {
    List<QuantileFigures.Figure> figures = new ArrayList<>();
    for (Expr share : shares) {
      figures.add(new QuantileFigures.Quantile(planner.scalar(share), share.span()));
    }
    return figures(figures, label, vector);
  }

  private VectorOp figures(List<QuantileFigures.Figure> figures, String label, Expr vector) {
    return planner.dropping(
        new QuantileOp(figures, label, planner.wholeHistograms(vector), vector.span()));
  }

  /** A function of each float; histograms are left out. */
  private VectorOp mapped(VectorOp inner, DoubleUnaryOperator function) {
    return perStep(inner, (value, step) -> function.applyAsDouble(value));
  }

  private interface StepFunction {
    double apply(double value, int step);
  }

  private VectorOp perStep(VectorOp inner, StepFunction function) {
    return planner.dropping(
        (x, steps) ->
            new MappedStream(
                inner.open(x, steps),
                series -> {
                  x.checkpoint();
                  series.keepOnlyFloats();
                  double[] values = series.values();
                  for (int i = 0; i < values.length; i++) {
                    if (series.isFloat(i)) {
                      values[i] = function.apply(values[i], i);
                    }
                  }
                  return series.with(series.labels(), true);
                }));
  }

  private VectorOp round(List<Expr> args) {
    ScalarOp nearest = args.size() > 1 ? planner.scalar(args.get(1)) : ScalarOps.constant(1);
    VectorOp inner = planner.vector(args.getFirst());
    return (x, steps) -> {
      double[] to = nearest.values(x, steps);
      return perStep(inner, (value, step) -> ValueFunctions.round(value, to[step])).open(x, steps);
    };
  }

  private VectorOp clamp(List<Expr> args, ScalarOp low, ScalarOp high) {
    VectorOp inner = planner.vector(args.getFirst());
    return (x, steps) -> {
      double[] from = low.values(x, steps);
      double[] to = high.values(x, steps);
      VectorOp clamped =
          perStep(inner, (value, step) -> ValueFunctions.clamp(value, from[step], to[step]));
      return new MappedStream(
          clamped.open(x, steps),
          series -> {
            for (int i = 0; i < series.steps(); i++) {
              if (to[i] < from[i]) {
                series.clear(i);
              }
            }
            return series;
          });
    };
  }

  private VectorOp timestamp(Expr arg) {
    if (arg.unwrapped() instanceof Expr.VectorSelector selector) {
      return planner.selector(selector, SelectorOp.Reading.TIMES);
    }
    VectorOp inner = planner.vector(arg);
    return (x, steps) ->
        new MappedStream(
            inner.open(x, steps),
            series -> {
              for (int i = 0; i < series.steps(); i++) {
                if (series.isPresent(i)) {
                  series.set(i, steps.time(i) / 1000.0);
                }
              }
              return series.with(series.labels(), true);
            });
  }

  /**
   * Of a selector when the series began; an expression's series have lost that, and give nothing.
   */
  private VectorOp startTimestamp(Expr arg) {
    boolean known =
        execution.options().startTimestamps() && arg.unwrapped() instanceof Expr.VectorSelector;
    VectorOp inner = planner.vector(arg);
    return known && arg.unwrapped() instanceof Expr.VectorSelector selector
        ? planner.selector(selector, SelectorOp.Reading.START_TIMES)
        : (x, steps) -> {
          try (SeriesStream in = inner.open(x, steps)) {
            return SeriesStream.of(List.of());
          }
        };
  }

  private VectorOp relabeled(Expr.Call call) {
    VectorOp inner = planner.vector(call.args().getFirst());
    List<String> texts = new ArrayList<>();
    for (Expr arg : call.args().subList(1, call.args().size())) {
      texts.add(Planner.text(arg));
    }
    String target = texts.getFirst();
    UnaryOperator<Labels> change =
        call.function().name().equals("label_replace")
            ? LabelFunctions.replace(target, texts.get(1), texts.get(2), texts.get(3))
            : LabelFunctions.join(target, texts.get(1), texts.subList(2, texts.size()));
    boolean writesName = target.equals(Labels.NAME);
    return (x, steps) ->
        SameLabels.refuse(LabelFunctions.relabel(inner.open(x, steps), change, writesName), x);
  }

  private VectorOp sorted(Expr.Call call) {
    VectorOp inner = planner.vector(call.args().getFirst());
    boolean descending = call.function().name().endsWith("_desc");
    if (!call.function().name().startsWith("sort_by_label")) {
      return SortOps.byValue(inner, descending, call.span());
    }
    List<String> names = new ArrayList<>();
    for (Expr arg : call.args().subList(1, call.args().size())) {
      names.add(Planner.text(arg));
    }
    return SortOps.byLabels(inner, names, descending, call.span());
  }
}
