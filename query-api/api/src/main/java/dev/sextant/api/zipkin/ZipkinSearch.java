package dev.sextant.api.zipkin;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds Zipkin's search as a query in TraceQL. As in Zipkin, each condition may be met by another
 * span of the trace, but where a service is named, only by its spans: {@code {service && a} &&
 * {service && b}}. For one query.
 */
final class ZipkinSearch {
  private final List<FieldExpr> service;
  private final List<FieldExpr> needs = new ArrayList<>();

  /**
   * @param service spellings of the service's name, none for any service
   */
  ZipkinSearch(List<String> service) {
    this.service =
        service.isEmpty() ? List.of() : List.of(equalsAny(Attribute.SERVICE_NAME, service));
  }

  void remoteService(List<String> spellings) {
    need(new Attribute(Attribute.Scope.SPAN, ZipkinFields.PEER_SERVICE), spellings);
  }

  void spanName(List<String> spellings) {
    need(Intrinsic.NAME, spellings);
  }

  private void need(Reference reference, List<String> spellings) {
    if (!spellings.isEmpty()) {
      needs.add(equalsAny(reference, spellings));
    }
  }

  /** Terms of an {@link AnnotationQuery}. */
  void annotations(Map<String, String> terms) {
    terms.forEach((key, value) -> needs.add(TagCondition.of(key, value)));
  }

  /** One span that lasts from so many microseconds to so many, both inclusive. */
  void duration(long minMicros, long maxMicros) {
    List<FieldExpr> both = new ArrayList<>();
    both.add(duration(FieldOp.GREATER_OR_EQUAL, nanos(minMicros)));
    if (maxMicros < Long.MAX_VALUE / 1000) {
      both.add(duration(FieldOp.LESS_OR_EQUAL, nanos(maxMicros) + 999));
    }
    needs.add(TagCondition.join(LogicalOp.AND, both));
  }

  private static long nanos(long micros) {
    return Math.min(micros, Long.MAX_VALUE / 1000) * 1000;
  }

  private static FieldExpr duration(FieldOp op, long nanos) {
    return TagCondition.compare(Intrinsic.DURATION, op, new Static.Duration(nanos));
  }

  private static FieldExpr equalsAny(Reference reference, List<String> texts) {
    return TagCondition.join(
        LogicalOp.OR,
        texts.stream()
            .map(text -> TagCondition.compare(reference, FieldOp.EQUAL, new Static.Text(text)))
            .toList());
  }

  Query query() {
    SpansetExpr all = null;
    for (FieldExpr need : needs) {
      List<FieldExpr> conditions = new ArrayList<>(service);
      conditions.add(need);
      SpansetExpr filter =
          new SpansetExpr.Filter(TagCondition.join(LogicalOp.AND, conditions), Place.NONE);
      all = all == null ? filter : new SpansetExpr.Logical(LogicalOp.AND, all, filter, Place.NONE);
    }
    SpansetExpr whole = all != null ? all : serviceAlone();
    return new Query(new Query.Body.Search(new Pipeline(List.of(whole), Place.NONE)), List.of());
  }

  private SpansetExpr serviceAlone() {
    FieldExpr any = new FieldExpr.Literal(Static.TRUE, Place.NONE);
    return new SpansetExpr.Filter(service.isEmpty() ? any : service.getFirst(), Place.NONE);
  }
}
