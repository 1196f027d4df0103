package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.UntypedRangeQuery;
import co.elastic.clients.json.JsonData;
import dev.sextant.storage.TimeRange;
import java.util.List;
import java.util.function.UnaryOperator;

/** Short ways to write the cluster's queries. */
final class Queries {
  private Queries() {}

  static Query all(List<Query> parts) {
    return Query.of(q -> q.bool(b -> b.filter(parts)));
  }

  static Query all(Query... parts) {
    return all(List.of(parts));
  }

  static Query any(List<Query> parts) {
    return parts.isEmpty()
        ? none()
        : Query.of(q -> q.bool(b -> b.should(parts).minimumShouldMatch("1")));
  }

  static Query not(Query part) {
    return Query.of(q -> q.bool(b -> b.mustNot(part)));
  }

  static Query none() {
    return Query.of(q -> q.matchNone(m -> m));
  }

  static Query term(String field, String value) {
    return Query.of(q -> q.term(t -> t.field(field).value(value)));
  }

  static Query term(String field, long value) {
    return Query.of(q -> q.term(t -> t.field(field).value(value)));
  }

  static Query terms(String field, List<String> values) {
    return Query.of(
        q ->
            q.terms(
                t ->
                    t.field(field)
                        .terms(v -> v.value(values.stream().map(FieldValue::of).toList()))));
  }

  static Query exists(String field) {
    return Query.of(q -> q.exists(e -> e.field(field)));
  }

  static Query range(String field, UnaryOperator<UntypedRangeQuery.Builder> bounds) {
    return Query.of(q -> q.range(r -> r.untyped(u -> bounds.apply(u.field(field)))));
  }

  static Query in(String field, TimeRange range) {
    return range(
        field, r -> r.gte(JsonData.of(range.fromNanos())).lt(JsonData.of(range.toNanos())));
  }
}
