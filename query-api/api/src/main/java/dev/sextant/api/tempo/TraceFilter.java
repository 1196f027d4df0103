package dev.sextant.api.tempo;

import dev.sextant.api.http.ApiException;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.parse.QueryException;
import dev.sextant.traceql.parse.TextLimits;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.EnumSet;
import java.util.Set;

/** The {@code q} of one trace: a single <code>{…}</code> that can be told of a span alone. */
final class TraceFilter {
  private static final String ONE_FILTER = "only a single TraceQL spanset filter is supported";

  /** Those that need the whole trace. */
  private static final Set<Intrinsic> OF_TRACES =
      EnumSet.of(
          Intrinsic.ROOT_NAME,
          Intrinsic.ROOT_SERVICE_NAME,
          Intrinsic.TRACE_DURATION,
          Intrinsic.TRACE_ID,
          Intrinsic.CHILD_COUNT,
          Intrinsic.NESTED_SET_LEFT,
          Intrinsic.NESTED_SET_RIGHT,
          Intrinsic.NESTED_SET_PARENT);

  private TraceFilter() {}

  /**
   * @throws ApiException where it is something else
   */
  static Query parse(String text, TextLimits limits) {
    try {
      Query query = TraceQlParser.parse(text, limits);
      check(filter(query));
      return query;
    } catch (QueryException e) {
      throw ApiException.badRequest("failed to parse TraceQL spanset filter: " + e.getMessage());
    }
  }

  private static FieldExpr filter(Query query) {
    if (!(query.body() instanceof Query.Body.Search(Pipeline pipeline))) {
      throw ApiException.badRequest(ONE_FILTER + ": not a metrics query");
    }
    if (pipeline.steps().size() > 1) {
      throw ApiException.badRequest(
          ONE_FILTER + ": got " + pipeline.steps().size() + " pipeline elements");
    }
    if (pipeline.steps().getFirst() instanceof SpansetExpr.Filter filter) {
      return filter.condition();
    }
    throw ApiException.badRequest(ONE_FILTER + ": not structural operators or aggregates");
  }

  private static void check(FieldExpr expr) {
    switch (expr) {
      case FieldExpr.Literal literal -> {}
      case FieldExpr.Field field -> {
        if (field.reference() instanceof Intrinsic intrinsic && OF_TRACES.contains(intrinsic)) {
          throw ApiException.badRequest(
              "intrinsic is not supported by this filter: " + GoText.quote(intrinsic.text()));
        }
      }
      case FieldExpr.Unary unary -> check(unary.operand());
      case FieldExpr.Logical logical -> logical.operands().forEach(TraceFilter::check);
      case FieldExpr.Binary binary -> {
        check(binary.left());
        check(binary.right());
      }
      case FieldExpr.Match match -> check(match.operand());
      case FieldExpr.Presence presence -> check(presence.operand());
    }
  }
}
