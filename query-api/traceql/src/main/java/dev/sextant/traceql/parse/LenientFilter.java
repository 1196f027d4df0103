package dev.sextant.traceql.parse;

import dev.sextant.trace.model.SpanCondition;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.field.CompiledFilter;
import org.jspecify.annotations.Nullable;

/**
 * What of a query that is still being typed can narrow the spans whose attributes are proposed
 * next.
 */
public final class LenientFilter {
  private LenientFilter() {}

  /**
   * The condition of the query's one spanset, as far as it can be told of a span alone: comparisons
   * of an attribute or intrinsic with a value, joined by {@code &&} and {@code ||}. What is not
   * finished, as {@code resource.a =} or a last {@code &&}, is taken for true, and so is what else
   * has no such form. An attribute without a scope counts in every scope.
   *
   * @return {@link SpanCondition#ALL} where the text is no query of one spanset, finished or not
   */
  public static SpanCondition of(String text) {
    return of(text, TextLimits.DEFAULT);
  }

  /** As {@link #of(String)}; what is beyond the limits is not looked at. */
  public static SpanCondition of(String text, TextLimits limits) {
    Query query = parse(text, limits);
    SpansetExpr.Filter filter = query == null ? null : filter(query);
    return filter == null ? SpanCondition.ALL : CompiledFilter.needOfUnfinished(filter.condition());
  }

  private static @Nullable Query parse(String text, TextLimits limits) {
    try {
      return TraceQlParser.parse(text, limits);
    } catch (CompileException e) {
      return null;
    } catch (ParseException e) {
      // Maybe not finished.
    }
    try {
      return TraceQlParser.parse(new Completion(text).text(), limits);
    } catch (QueryException e) {
      return null;
    }
  }

  private static SpansetExpr.@Nullable Filter filter(Query query) {
    Pipeline pipeline =
        switch (query.body()) {
          case Query.Body.Search search -> search.pipeline();
          case Query.Body.Metrics metrics -> pipeline(metrics.expr());
        };
    while (pipeline != null && pipeline.steps().getFirst() instanceof SpansetExpr.Piped piped) {
      pipeline = piped.pipeline();
    }
    return pipeline != null && pipeline.steps().getFirst() instanceof SpansetExpr.Filter filter
        ? filter
        : null;
  }

  private static @Nullable Pipeline pipeline(MetricsExpr expr) {
    return switch (expr) {
      case MetricsExpr.Series series -> series.pipeline();
      case MetricsExpr.Staged staged -> pipeline(staged.input());
      case MetricsExpr.Math math -> null;
      case MetricsExpr.Scalar scalar -> null;
    };
  }
}
