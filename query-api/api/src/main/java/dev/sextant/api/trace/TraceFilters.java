package dev.sextant.api.trace;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
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
        .orElseGet(() -> query(conditions(params)));
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

  private static Query query(List<FieldExpr> conditions) {
    FieldExpr condition =
        switch (conditions.size()) {
          case 0 -> new FieldExpr.Literal(Static.TRUE, Place.NONE);
          case 1 -> conditions.getFirst();
          default -> new FieldExpr.Logical(LogicalOp.AND, conditions, Place.NONE);
        };
    SpansetExpr filter = new SpansetExpr.Filter(condition, Place.NONE);
    return new Query(new Query.Body.Search(new Pipeline(List.of(filter), Place.NONE)), List.of());
  }

  private static List<FieldExpr> conditions(Params params) {
    List<FieldExpr> all = new ArrayList<>();
    params.text("service").ifPresent(it -> all.add(service(it)));
    params
        .text("operation")
        .ifPresent(it -> all.add(compare(Intrinsic.NAME, FieldOp.EQUAL, new Static.Text(it))));
    params.all("attribute").forEach(it -> all.add(attribute(it)));
    params
        .durationNanos("minDuration")
        .ifPresent(it -> all.add(duration(FieldOp.GREATER_OR_EQUAL, it)));
    params
        .durationNanos("maxDuration")
        .ifPresent(it -> all.add(duration(FieldOp.LESS_OR_EQUAL, it)));
    params.bool("error").ifPresent(it -> all.add(error(it)));
    return all;
  }

  /** Spans whose resource names no service are shown as of one that is called unknown. */
  private static FieldExpr service(String name) {
    FieldExpr named = compare(Attribute.SERVICE_NAME, FieldOp.EQUAL, new Static.Text(name));
    return name.equals(Resource.EMPTY.service())
        ? either(
            List.of(
                named, new FieldExpr.Presence(false, field(Attribute.SERVICE_NAME), Place.NONE)))
        : named;
  }

  private static FieldExpr error(boolean wanted) {
    return compare(
        Intrinsic.STATUS, wanted ? FieldOp.EQUAL : FieldOp.NOT_EQUAL, Static.Status.ERROR);
  }

  private static FieldExpr duration(FieldOp op, long nanos) {
    return compare(Intrinsic.DURATION, op, new Static.Duration(nanos));
  }

  /** {@code key=value}: equal as text, or as the number or boolean that the value reads as. */
  private static FieldExpr attribute(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw ApiException.badRequest(
          "parameter 'attribute' is '" + Params.shown(text) + "'; write it as key=value");
    }
    Attribute attribute = new Attribute(Attribute.Scope.ANY, text.substring(0, equals));
    String value = text.substring(equals + 1);
    List<FieldExpr> either = new ArrayList<>();
    either.add(compare(attribute, FieldOp.EQUAL, new Static.Text(value)));
    if (value.matches("-?\\d{1,18}")) {
      either.add(compare(attribute, FieldOp.EQUAL, new Static.Int(Long.parseLong(value))));
    } else if (value.matches("-?\\d+\\.\\d+([eE][+-]?\\d+)?")) {
      either.add(compare(attribute, FieldOp.EQUAL, new Static.Float(Double.parseDouble(value))));
    } else if (value.equals("true") || value.equals("false")) {
      either.add(compare(attribute, FieldOp.EQUAL, new Static.Bool(value.equals("true"))));
    }
    return either.size() == 1 ? either.getFirst() : either(either);
  }

  private static FieldExpr either(List<FieldExpr> parts) {
    return new FieldExpr.Logical(LogicalOp.OR, parts, Place.NONE);
  }

  private static FieldExpr field(Reference reference) {
    return new FieldExpr.Field(reference, Place.NONE);
  }

  private static FieldExpr compare(Reference reference, FieldOp op, Static value) {
    return new FieldExpr.Binary(
        op, field(reference), new FieldExpr.Literal(value, Place.NONE), Place.NONE);
  }
}
