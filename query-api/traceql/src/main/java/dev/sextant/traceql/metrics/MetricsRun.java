package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.MetricsAnswer;
import dev.sextant.traceql.MetricsAnswer.Series;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.MetricsStage;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.exec.Execution;
import java.util.ArrayList;
import java.util.List;

/** One running metrics query. For one thread. */
public final class MetricsRun {
  private final MetricsContext context;
  private final MetricsExpr expr;

  /**
   * @param exemplars how many at most where the query does not say
   * @param maxSeries of the answer
   * @throws TraceQlException.BadData for a search
   */
  public MetricsRun(
      Execution execution,
      SpanSource source,
      Query query,
      TimeGrid grid,
      int exemplars,
      int maxSeries) {
    if (!(query.body() instanceof Query.Body.Metrics metrics)) {
      throw new TraceQlException.BadData("not a metrics query");
    }
    this.expr = metrics.expr();
    int wanted = grid.instant() ? 0 : exemplars(query, exemplars);
    this.context = new MetricsContext(execution, source, grid, wanted, maxSeries);
  }

  private static int exemplars(Query query, int asked) {
    Static hint = query.hint("exemplars").orElse(Static.NIL);
    long wanted =
        switch (hint) {
          case Static.Int(long n) -> n;
          case Static.Bool(boolean on) -> on ? ExemplarSlots.MOST : 0;
          default -> asked;
        };
    return Math.clamp(wanted, 0, ExemplarSlots.MOST);
  }

  public MetricsAnswer run() {
    List<Series> series = new ArrayList<>(evaluate(expr));
    series.sort(SeriesOrder.ORDER);
    if (series.size() > context.maxSeries()) {
      context.tooManySeries();
      series = series.subList(0, context.maxSeries());
    }
    return new MetricsAnswer(
        context.grid().times(),
        series.stream().map(this::withoutLostExemplars).toList(),
        context.incomplete(),
        context.tracesRead(),
        context.inspected());
  }

  /** An exemplar stands at a sample. */
  private Series withoutLostExemplars(Series series) {
    TimeGrid grid = context.grid();
    return series.exemplars().isEmpty()
        ? series
        : new Series(
            series.labels(),
            series.values(),
            series.exemplars().stream()
                .filter(e -> !Double.isNaN(series.values()[grid.bucket(e.timeNanos())]))
                .toList());
  }

  private List<Series> evaluate(MetricsExpr node) {
    return switch (node) {
      case MetricsExpr.Series(var pipeline, MetricsFunction.Compare compare, var place) ->
          new CompareSeries(context, pipeline, compare).run();
      case MetricsExpr.Series series ->
          new SpanSeries(context, series.pipeline(), series.function()).run();
      case MetricsExpr.Staged staged -> {
        List<Series> series = evaluate(staged.input());
        for (MetricsStage stage : staged.stages()) {
          series = Stages.apply(stage, series, context.execution());
        }
        yield series;
      }
      case MetricsExpr.Math math -> math(math);
      case MetricsExpr.Scalar scalar ->
          throw new IllegalStateException("a number stands beside an operator only");
    };
  }

  private List<Series> math(MetricsExpr.Math node) {
    SeriesMath math = new SeriesMath(context.execution(), node.op());
    if (node.left() instanceof MetricsExpr.Scalar scalar) {
      return math.apply(scalar.value(), evaluate(node.right()));
    }
    if (node.right() instanceof MetricsExpr.Scalar scalar) {
      return math.apply(evaluate(node.left()), scalar.value());
    }
    return math.apply(evaluate(node.left()), evaluate(node.right()));
  }
}
