package dev.sextant.promql.exec;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.ast.ValueType;
import dev.sextant.promql.ast.VectorMatching;
import dev.sextant.promql.function.RangeFunctions;
import dev.sextant.promql.function.WindowShape;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.step.LabelSets;
import dev.sextant.promql.step.Notices;
import dev.sextant.promql.step.SameLabels;
import dev.sextant.promql.step.ScalarOperation;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.SetOperation;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.VectorOperation;
import java.util.List;

/** Turns a checked expression into operators, before any data is read. */
final class Planner {
  private final Execution execution;
  private final DurationValues durations;
  private final CallPlanner calls;
  private final AggregatePlanner aggregates;
  private final boolean delayedNames;
  private List<String> grouping = List.of();
  private boolean groupedBy;
  private boolean insideFixed;
  private boolean detectResets;

  Planner(Execution execution) {
    this.execution = execution;
    this.durations = new DurationValues(execution.query(), execution.outer());
    this.calls = new CallPlanner(this, execution);
    this.aggregates = new AggregatePlanner(this);
    this.delayedNames = execution.options().delayedNameRemoval();
  }

  /** The parser knows it and the planner does not: a defect. */
  static IllegalStateException unplanned(String what) {
    return new IllegalStateException("there is no operator for " + what);
  }

  DurationValues durations() {
    return durations;
  }

  /** An instant vector. */
  VectorOp vector(Expr expr) {
    if (!insideFixed && StepInvariant.isFixed(expr)) {
      insideFixed = true;
      VectorOp once = StepInvariant.once(plan(expr));
      insideFixed = false;
      return once;
    }
    return plan(expr);
  }

  private VectorOp plan(Expr expr) {
    Profile profile = execution.profile();
    return profile == null || expr instanceof Expr.Paren
        ? operator(expr)
        : profile.node(expr, () -> operator(expr));
  }

  private VectorOp operator(Expr expr) {
    return switch (expr) {
      case Expr.Paren paren -> plan(paren.inner());
      case Expr.VectorSelector selector ->
          selector.modifiers().bounds() == Modifiers.Bounds.SMOOTHED
              ? smoothed(selector)
              : selector(selector, SelectorOp.Reading.VALUES);
      case Expr.Unary unary ->
          unary.negative() ? negated(plan(unary.operand())) : plan(unary.operand());
      case Expr.Aggregate aggregate -> aggregates.plan(aggregate);
      case Expr.Binary binary -> binary(binary);
      case Expr.Call call -> calls.vector(call);
      default -> throw new IllegalStateException("no instant vector: " + expr);
    };
  }

  /**
   * @param reading where the samples' times stand for their values, a fixed time ignores offsets,
   *     as in Prometheus
   */
  SelectorOp selector(Expr.VectorSelector selector, SelectorOp.Reading reading) {
    Modifiers modifiers = selector.modifiers();
    Timing timing = durations.timing(modifiers);
    if (reading == SelectorOp.Reading.TIMES && timing.isFixed()) {
      timing = new Timing(timing.atMillis(), 0);
    }
    SeriesSource.Hints hints = hints(0, "");
    return new SelectorOp(selector.matchers(), timing, reading, detectResets, hints);
  }

  private SeriesSource.Hints hints(long range, String function) {
    return new SeriesSource.Hints(
        execution.outer().stepMillis(), range, function, grouping, groupedBy, false, 0);
  }

  /**
   * The operand of an aggregation: sources are told of its grouping, so long as nothing stands
   * between that mixes series.
   */
  VectorOp aggregated(Expr.Aggregate aggregate) {
    List<String> groupingBefore = grouping;
    boolean byBefore = groupedBy;
    Expr operand = aggregate.operand().unwrapped();
    boolean direct =
        operand instanceof Expr.VectorSelector
            || (operand instanceof Expr.Call call
                && !call.args().isEmpty()
                && call.args().getLast().unwrapped() instanceof Expr.MatrixSelector);
    grouping = direct ? aggregate.grouping() : List.of();
    groupedBy = direct && !aggregate.without();
    VectorOp op = vector(aggregate.operand());
    grouping = groupingBefore;
    groupedBy = byBefore;
    return op;
  }

  /** A range vector, consumed by a function; an empty name stands for none. */
  RangeOp range(Expr expr, String function) {
    return switch (expr) {
      case Expr.Paren paren -> range(paren.inner(), function);
      case Expr.MatrixSelector matrix ->
          samples(matrix.selector(), durations.positiveMillis(matrix.range()), function);
      case Expr.Subquery subquery -> subquery(subquery);
      default -> throw new IllegalStateException("no range vector: " + expr);
    };
  }

  private MatrixSelectorOp samples(Expr.VectorSelector selector, long range, String function) {
    Modifiers modifiers = selector.modifiers();
    long lookback = execution.options().lookback().toMillis();
    String consumer = modifiers.bounds() == Modifiers.Bounds.PLAIN ? function : "";
    WindowShape shape =
        switch (modifiers.bounds()) {
          case PLAIN -> WindowShape.of(range);
          case ANCHORED -> new WindowShape(range, lookback, 0);
          case SMOOTHED -> new WindowShape(range, lookback, lookback);
        };
    SeriesSource.Hints hints = hints(range, consumer);
    return new MatrixSelectorOp(
        selector.matchers(),
        durations.timing(modifiers),
        shape,
        modifiers.bounds(),
        detectResets,
        hints);
  }

  private VectorOp smoothed(Expr.VectorSelector selector) {
    return new RangeCallOp(
        RangeFunctions.SMOOTHED_VALUE, samples(selector, 0, ""), List.of(), selector.span());
  }

  /**
   * An instant vector of which only counts and sums of histograms are used; their resets are
   * detected on the way.
   */
  VectorOp histogramTotals(Expr expr) {
    boolean before = detectResets;
    detectResets = true;
    VectorOp op = vector(expr);
    detectResets = before;
    return op;
  }

  /** An instant vector of which whole histograms are used. */
  VectorOp wholeHistograms(Expr expr) {
    boolean before = detectResets;
    detectResets = false;
    VectorOp op = vector(expr);
    detectResets = before;
    return op;
  }

  private RangeOp subquery(Expr.Subquery subquery) {
    boolean before = insideFixed;
    insideFixed = false;
    VectorOp inner = wholeHistograms(subquery.inner());
    insideFixed = before;
    long step =
        subquery.step() == null
            ? execution.options().subqueryStep().toMillis()
            : durations.positiveMillis(subquery.step());
    return new SubqueryOp(
        inner,
        durations.timing(subquery.modifiers()),
        durations.positiveMillis(subquery.range()),
        step);
  }

  /** A scalar. */
  ScalarOp scalar(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number -> ScalarOps.constant(number.value());
      case Expr.Paren paren -> scalar(paren.inner());
      case Expr.Unary unary ->
          unary.negative() ? ScalarOps.negated(scalar(unary.operand())) : scalar(unary.operand());
      case Expr.Binary binary ->
          ScalarOps.binary(binary.op(), scalar(binary.left()), scalar(binary.right()));
      case Expr.Call call -> calls.scalar(call);
      default -> throw new IllegalStateException("no scalar: " + expr);
    };
  }

  /** A string, which is always a literal. */
  static String text(Expr expr) {
    if (expr.unwrapped() instanceof Expr.StringLiteral literal) {
      return literal.value();
    }
    throw new IllegalStateException("no string: " + expr);
  }

  /**
   * An operator that flags names as dropped: where names go at once, they go here, and collisions
   * show.
   */
  VectorOp dropping(VectorOp op) {
    if (delayedNames) {
      return op;
    }
    return (x, steps) ->
        SameLabels.refuse(
            new MappedStream(
                op.open(x, steps),
                series ->
                    series.isNameDropped()
                        ? series.with(LabelSets.withoutName(series.labels()), false)
                        : series),
            x);
  }

  private VectorOp negated(VectorOp operand) {
    return dropping(
        (x, steps) ->
            SameLabels.refuse(
                new MappedStream(operand.open(x, steps), series -> negate(series)), x));
  }

  private static StepSeries negate(StepSeries series) {
    for (int i = 0; i < series.steps(); i++) {
      NativeHistogram histogram = series.histogram(i);
      if (histogram != null) {
        series.set(i, HistogramMath.multiply(histogram, -1));
      } else if (series.isFloat(i)) {
        series.set(i, -series.value(i));
      }
    }
    return series.with(series.labels(), true);
  }

  private VectorOp binary(Expr.Binary binary) {
    boolean scalarLeft = binary.left().type() == ValueType.SCALAR;
    if (scalarLeft || binary.right().type() == ValueType.SCALAR) {
      VectorOp vector = plan(scalarLeft ? binary.right() : binary.left());
      ScalarOp scalar = scalar(scalarLeft ? binary.left() : binary.right());
      return dropping(
          (x, steps) -> {
            Notices notices = x.noticesAt(binary.span());
            SeriesStream in = vector.open(x, steps);
            double[] values = scalar.values(x, steps);
            return new MappedStream(
                ScalarOperation.apply(
                    binary.op(), binary.bool(), in, values, scalarLeft, x, notices),
                series -> series);
          });
    }
    VectorMatching matching =
        binary.matching() == null ? VectorMatching.DEFAULT : binary.matching();
    VectorOp left = plan(binary.left());
    VectorOp right = plan(binary.right());
    if (binary.op().isSet()) {
      return (x, steps) ->
          new MappedStream(
              SetOperation.apply(
                  binary.op(),
                  matching,
                  left.open(x, steps),
                  right.open(x, steps),
                  steps.count(),
                  x),
              series -> series);
    }
    return (x, steps) ->
        new MappedStream(
            VectorOperation.apply(
                binary.op(),
                binary.bool(),
                matching,
                left.open(x, steps),
                right.open(x, steps),
                steps.count(),
                x,
                x.noticesAt(binary.span())),
            series -> series);
  }
}
