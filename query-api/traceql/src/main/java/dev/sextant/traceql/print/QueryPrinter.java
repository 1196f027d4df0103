package dev.sextant.traceql.print;

import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.MetricsStage;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;

/** Writes queries as text that parses to the same tree. */
public final class QueryPrinter {
  private QueryPrinter() {}

  /** On one line. */
  public static String print(Query query) {
    String body =
        switch (query.body()) {
          case Query.Body.Search search -> print(search.pipeline());
          case Query.Body.Metrics metrics -> print(metrics.expr());
        };
    if (query.hints().isEmpty()) {
      return body;
    }
    List<String> hints = new ArrayList<>();
    for (Query.Hint hint : query.hints()) {
      hints.add(hint.name() + "=" + StaticText.of(hint.value()));
    }
    return body + " with (" + String.join(", ", hints) + ")";
  }

  /** Steps divided by {@code |}. */
  public static String print(Pipeline pipeline) {
    List<String> steps = new ArrayList<>();
    for (PipelineStep step : pipeline.steps()) {
      steps.add(print(step));
    }
    return String.join(" | ", steps);
  }

  /** One step; {@code by(…)} is what answers name the group's value by. */
  public static String print(PipelineStep step) {
    return switch (step) {
      case SpansetExpr spanset -> print(spanset);
      case PipelineStep.ScalarFilter filter ->
          FieldPrinter.print(filter.aggregate())
              + " "
              + filter.op().symbol()
              + " "
              + StaticText.of(filter.constant());
      case PipelineStep.GroupBy by -> "by(" + FieldPrinter.print(by.expression()) + ")";
      case PipelineStep.Select select -> "select(" + FieldPrinter.print(select.references()) + ")";
      case PipelineStep.Coalesce coalesce -> "coalesce()";
    };
  }

  private static String print(SpansetExpr expr) {
    return switch (expr) {
      case SpansetExpr.Filter filter -> "{ " + FieldPrinter.print(filter.condition()) + " }";
      case SpansetExpr.Logical logical ->
          operand(logical.left()) + " " + logical.op().symbol() + " " + operand(logical.right());
      case SpansetExpr.Structural structural ->
          operand(structural.left())
              + " "
              + structural.op().symbol()
              + " "
              + operand(structural.right());
      case SpansetExpr.Piped piped -> "(" + print(piped.pipeline()) + ")";
    };
  }

  private static String operand(SpansetExpr expr) {
    return switch (expr) {
      case SpansetExpr.Filter filter -> print(expr);
      case SpansetExpr.Piped piped -> print(expr);
      case SpansetExpr.Logical logical -> "(" + print(expr) + ")";
      case SpansetExpr.Structural structural -> "(" + print(expr) + ")";
    };
  }

  /** Series. */
  public static String print(MetricsExpr expr) {
    return switch (expr) {
      case MetricsExpr.Series series -> print(series.pipeline()) + " | " + print(series.function());
      case MetricsExpr.Staged staged -> staged(staged);
      case MetricsExpr.Math math ->
          "(" + print(math.left()) + ") " + math.op().symbol() + " (" + print(math.right()) + ")";
      case MetricsExpr.Scalar scalar -> number(scalar.value());
    };
  }

  private static String staged(MetricsExpr.Staged staged) {
    MetricsExpr input = staged.input();
    StringBuilder out = new StringBuilder();
    out.append(input instanceof MetricsExpr.Staged ? "(" + print(input) + ")" : print(input));
    for (MetricsStage stage : staged.stages()) {
      switch (stage) {
        case MetricsStage.Rank rank ->
            out.append(rank.bottom() ? " | bottomk(" : " | topk(").append(rank.limit()).append(')');
        case MetricsStage.Threshold threshold ->
            out.append(' ')
                .append(threshold.op().symbol())
                .append(' ')
                .append(StaticText.of(threshold.constant()));
      }
    }
    return out.toString();
  }

  /** A metrics function with its arguments and grouping. */
  public static String print(MetricsFunction function) {
    String arguments =
        switch (function) {
          case MetricsFunction.Count count -> "";
          case MetricsFunction.OverTime over -> over.of().text();
          case MetricsFunction.Histogram histogram -> histogram.of().text();
          case MetricsFunction.Quantile quantile -> quantile(quantile);
          case MetricsFunction.Compare compare -> compare(compare);
        };
    String by = function.by().isEmpty() ? "" : " by (" + FieldPrinter.print(function.by()) + ")";
    return function.name() + "(" + arguments + ")" + by;
  }

  private static String quantile(MetricsFunction.Quantile quantile) {
    StringBuilder out = new StringBuilder(quantile.of().text());
    for (double q : quantile.quantiles()) {
      out.append(", ").append(number(q));
    }
    return out.toString();
  }

  private static String compare(MetricsFunction.Compare compare) {
    MetricsFunction.Range range = compare.range();
    return print(compare.selection())
        + ", "
        + compare.topN()
        + (range == null ? "" : ", " + range.startNanos() + ", " + range.endNanos());
  }

  /** Without a fraction where it has none. */
  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole && (value != 0 || 1 / value > 0)
        ? Long.toString((long) value)
        : StaticText.of(new Static.Float(value));
  }
}
