package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.PromException;
import dev.sextant.promql.QueryResult;
import dev.sextant.promql.QueryStatistics;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.ast.ValueType;
import dev.sextant.promql.function.ExtendedSamples;
import dev.sextant.promql.function.SampleBuffer;
import dev.sextant.promql.step.LabelSets;
import dev.sextant.promql.step.SameLabels;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepException;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Plans a query, runs it and gathers its result. */
public final class Evaluation {
  private final Execution execution;
  private final Planner planner;
  private static final long POINT_BYTES = Long.BYTES + Double.BYTES;
  private static final long[] NO_TIMES = {};
  private static final NativeHistogram[] NO_HISTOGRAMS = {};

  private final Steps steps;
  private long startNanos;
  private long plannedNanos;
  private long sortNanos;

  /** Of all steps, made when the first series has a float at each. */
  private long[] allTimes = NO_TIMES;

  public Evaluation(Execution execution) {
    this.execution = execution;
    this.planner = new Planner(execution);
    this.steps = execution.outer().steps();
  }

  /** At one time. */
  public PromAnswer instant(Expr expr) {
    return answer(
        () ->
            switch (expr.type()) {
              case SCALAR -> {
                ScalarOp op = planner.scalar(expr);
                planned();
                yield new QueryResult.Scalar(steps.startMillis(), op.values(execution, steps)[0]);
              }
              case STRING -> new QueryResult.Text(steps.startMillis(), Planner.text(expr));
              case VECTOR -> vector(collect(planner.vector(expr)));
              case MATRIX -> samples(planner.range(expr, ""));
            });
  }

  /** Over a range of steps. */
  public PromAnswer range(Expr expr) {
    if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
      throw new PromException.BadData(
          "invalid expression type \""
              + expr.type().text()
              + "\" for range query, must be Scalar or instant Vector");
    }
    return answer(
        () -> {
          VectorOp op =
              expr.type() == ValueType.SCALAR
                  ? ScalarOps.asVector(planner.scalar(expr))
                  : planner.vector(expr);
          return matrix(collect(op));
        });
  }

  private PromAnswer answer(Supplier<QueryResult> work) {
    startNanos = execution.nanoTime();
    plannedNanos = startNanos;
    try {
      QueryResult result = work.get();
      return new PromAnswer(result, execution.annotations(), execution.peakSamples(), statistics());
    } catch (StepException e) {
      throw new PromException.Execution(String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable QueryStatistics statistics() {
    Profile profile = execution.profile();
    if (profile == null) {
      return null;
    }
    long total = execution.nanoTime() - plannedNanos;
    return profile.statistics(execution, plannedNanos - startNanos, total - sortNanos, sortNanos);
  }

  private void planned() {
    plannedNanos = execution.nanoTime();
  }

  private void sort(List<QueryResult.Series> series) {
    long start = execution.nanoTime();
    series.sort(execution.checked(Comparator.comparing(QueryResult.Series::labels)));
    sortNanos += execution.nanoTime() - start;
  }

  private List<StepSeries> collect(VectorOp op) {
    planned();
    try (SeriesStream stream = op.open(execution, steps)) {
      return SameLabels.join(stream, true, execution);
    }
  }

  private QueryResult vector(List<StepSeries> series) {
    checkPoints(series.size());
    List<Labels> labels = new ArrayList<>(series.size());
    double[] values = new double[series.size()];
    @Nullable NativeHistogram @Nullable [] histograms = null;
    for (int i = 0; i < values.length; i++) {
      StepSeries one = series.get(i);
      labels.add(one.labels());
      NativeHistogram histogram = one.histogram(0);
      values[i] = histogram == null ? one.value(0) : Double.NaN;
      if (histogram != null) {
        histograms = histograms == null ? new NativeHistogram[values.length] : histograms;
        histograms[i] = histogram;
      }
    }
    return new QueryResult.Vector(steps.startMillis(), labels, values, histograms);
  }

  private QueryResult matrix(List<StepSeries> series) {
    long points = 0;
    List<QueryResult.Series> out = new ArrayList<>(series.size());
    for (StepSeries one : series) {
      QueryResult.Series shown = points(one);
      points += shown.floats().length + shown.histograms().length;
      checkPoints(points);
      out.add(shown);
    }
    sort(out);
    return new QueryResult.Matrix(out);
  }

  private QueryResult.Series points(StepSeries series) {
    if (series.isFull()) {
      if (allTimes.length == 0) {
        allTimes = LongStream.range(0, steps.count()).map(i -> steps.time((int) i)).toArray();
      }
      return new QueryResult.Series(
          series.labels(), allTimes, series.values(), NO_TIMES, NO_HISTOGRAMS);
    }
    execution.keep(POINT_BYTES * series.size());
    int floats = 0;
    for (int i = 0; i < series.steps(); i++) {
      floats += series.isFloat(i) ? 1 : 0;
    }
    int rest = series.size() - floats;
    long[] times = new long[floats];
    double[] values = new double[floats];
    long[] histogramTimes = new long[rest];
    NativeHistogram[] histograms = new NativeHistogram[rest];
    int f = 0;
    int h = 0;
    for (int i = 0; i < series.steps(); i++) {
      NativeHistogram histogram = series.histogram(i);
      if (histogram != null) {
        histogramTimes[h] = steps.time(i);
        histograms[h++] = histogram;
      } else if (series.isFloat(i)) {
        times[f] = steps.time(i);
        values[f++] = series.value(i);
      }
    }
    return new QueryResult.Series(series.labels(), times, values, histogramTimes, histograms);
  }

  /** The samples of a range vector as they are. */
  private QueryResult samples(RangeOp range) {
    SampleBuffer buffer = new SampleBuffer();
    SampleBuffer extended = new SampleBuffer();
    long end = range.timing().reference(steps.startMillis());
    long start = end - range.shape().rangeMillis();
    List<QueryResult.Series> out = new ArrayList<>();
    long points = 0;
    try (RangeOp.Cursor cursor = range.open(execution, steps, buffer)) {
      while (cursor.next()) {
        SampleBuffer found = buffer;
        if (range.bounds() != Modifiers.Bounds.PLAIN) {
          ExtendedSamples.between(start, end, range.bounds(), buffer, extended);
          found = extended;
        }
        if (found.size() == 0) {
          continue;
        }
        points += found.size();
        checkPoints(points);
        execution.hold(found.size());
        Labels labels =
            cursor.isNameDropped() ? LabelSets.withoutName(cursor.labels()) : cursor.labels();
        out.add(found.toSeries(labels));
      }
    }
    sort(out);
    return new QueryResult.Matrix(out);
  }

  private void checkPoints(long points) {
    if (points > execution.limits().maxResultPoints()) {
      throw new PromException.Execution(
          "a result of more than "
              + execution.limits().maxResultPoints()
              + " points is too large; ask for fewer series or a longer step, or raise query.max-result-points");
    }
  }
}
