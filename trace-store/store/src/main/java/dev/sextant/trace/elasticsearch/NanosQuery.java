package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanCondition.Op;
import dev.sextant.trace.model.SpanValue;

/** Compares fields of nanoseconds, which every span has. */
final class NanosQuery {
  private NanosQuery() {}

  static Pushed of(String field, SpanCondition.Compare compare) {
    return switch (compare.operand()) {
      case SpanValue.Int(long nanos) -> whole(field, compare.op(), nanos);
      case SpanValue.Decimal(double nanos) -> decimal(field, compare.op(), nanos);
      case SpanValue.Text _, SpanValue.Bool _, SpanValue.Array _, SpanValue.Other _ ->
          Pushed.NOTHING;
    };
  }

  private static Pushed whole(String field, Op op, long nanos) {
    return switch (op) {
      case EQUAL -> Pushed.exactly(Queries.term(field, nanos));
      case NOT_EQUAL -> Pushed.exactly(Queries.not(Queries.term(field, nanos)));
      case LESS -> Pushed.exactly(below(field, nanos, false));
      case LESS_OR_EQUAL -> Pushed.exactly(below(field, nanos, true));
      case GREATER -> Pushed.exactly(above(field, nanos, false));
      case GREATER_OR_EQUAL -> Pushed.exactly(above(field, nanos, true));
      case MATCHES, NOT_MATCHES -> Pushed.NOTHING;
    };
  }

  private static Query below(String field, long nanos, boolean inclusive) {
    JsonData value = JsonData.of(nanos);
    return Queries.range(field, r -> inclusive ? r.lte(value) : r.lt(value));
  }

  private static Query above(String field, long nanos, boolean inclusive) {
    JsonData value = JsonData.of(nanos);
    return Queries.range(field, r -> inclusive ? r.gte(value) : r.gt(value));
  }

  /** Rounded outwards. */
  private static Pushed decimal(String field, Op op, double nanos) {
    if (Double.isNaN(nanos)) {
      return op == Op.NOT_EQUAL ? Pushed.UNASKED : Pushed.NOTHING;
    }
    return switch (op) {
      case LESS, LESS_OR_EQUAL -> Pushed.widely(below(field, (long) Math.ceil(nanos), true));
      case GREATER, GREATER_OR_EQUAL -> Pushed.widely(above(field, (long) Math.floor(nanos), true));
      case EQUAL ->
          nanos == Math.rint(nanos) && Math.abs(nanos) < 0x1p63
              ? Pushed.exactly(Queries.term(field, (long) nanos))
              : Pushed.NOTHING;
      case NOT_EQUAL -> Pushed.UNASKED;
      case MATCHES, NOT_MATCHES -> Pushed.NOTHING;
    };
  }
}
