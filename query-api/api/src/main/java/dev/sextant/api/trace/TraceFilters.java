package dev.sextant.api.trace;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.parse.ParseException;
import dev.sextant.traceql.parse.QueryException;
import dev.sextant.traceql.parse.TextLimits;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a trace search's parameters as a query in TraceQL: {@code q} as it is, or else one filter
 * of what the other parameters say of a span.
 */
final class TraceFilters {
  private static final List<String> OTHERS =
      List.of("service", "operation", "attribute", "minDuration", "maxDuration", "error");

  private TraceFilters() {}

  static Query read(Params params, TextLimits limits) {
    return params
        .text("q")
        .map(text -> parse(text, params, limits))
        .orElseGet(() -> SpanConditions.query(conditions(params)));
  }

  /** The parameter {@code selection}: one filter of spans. */
  static SpansetExpr.Filter selection(Params params, TextLimits limits) {
    Query query = parse("selection", params.required("selection"), limits);
    if (query.body() instanceof Query.Body.Search(Pipeline pipeline)
        && pipeline.steps().size() == 1
        && pipeline.steps().getFirst() instanceof SpansetExpr.Filter filter) {
      return filter;
    }
    throw ApiException.badRequest(
        "parameter 'selection' must be one filter such as { status = error }");
  }

  private static Query parse(String text, Params params, TextLimits limits) {
    for (String other : OTHERS) {
      if (params.text(other).isPresent()) {
        throw ApiException.badRequest(
            "parameters 'q' and '" + other + "' are both given: say all in 'q'");
      }
    }
    return parse("q", text, limits);
  }

  private static Query parse(String name, String text, TextLimits limits) {
    try {
      Query query = TraceQlParser.parse(text, limits);
      if (query.body() instanceof Query.Body.Search) {
        return query;
      }
    } catch (ParseException e) {
      throw ApiException.badRequest("parameter '" + name + "': " + e.getMessage());
    } catch (QueryException e) {
      throw ApiException.badRequest(
          "parameter '%s': at line %d, col %d: %s"
              .formatted(name, e.place().line(text), e.place().column(text), e.getMessage()));
    }
    throw ApiException.badRequest(
        "parameter '" + name + "' is a metrics query, which gives no traces");
  }

  private static List<FieldExpr> conditions(Params params) {
    List<FieldExpr> all = new ArrayList<>();
    params.text("service").map(SpanConditions::service).ifPresent(all::add);
    params.text("operation").map(SpanConditions::operation).ifPresent(all::add);
    params.all("attribute").forEach(it -> all.add(attribute(it)));
    params.durationNanos("minDuration").map(SpanConditions::atLeast).ifPresent(all::add);
    params.durationNanos("maxDuration").map(SpanConditions::atMost).ifPresent(all::add);
    params.bool("error").map(SpanConditions::error).ifPresent(all::add);
    return all;
  }

  /** {@code key=value}: equal as text, or as the number or boolean that the value reads as. */
  private static FieldExpr attribute(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw ApiException.badRequest(
          "parameter 'attribute' is '" + Params.shown(text) + "'; write it as key=value");
    }
    return SpanConditions.attribute(text.substring(0, equals), text.substring(equals + 1));
  }
}
