package dev.sextant.storage.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.UntypedRangeQuery;
import co.elastic.clients.json.JsonData;
import dev.sextant.storage.TimeRange;
import java.util.List;
import java.util.function.UnaryOperator;

/** Short ways to write the cluster's queries, none of which scores. */
public final class Queries {
  private Queries() {}

  /** Every part holds; all rows for none. */
  public static Query all(List<Query> parts) {
    return Query.of(q -> q.bool(b -> b.filter(parts)));
  }

  public static Query all(Query... parts) {
    return all(List.of(parts));
  }

  /** At least one part holds; no row for none. */
  public static Query any(List<Query> parts) {
    return parts.isEmpty()
        ? none()
        : Query.of(q -> q.bool(b -> b.should(parts).minimumShouldMatch("1")));
  }

  public static Query not(Query part) {
    return Query.of(q -> q.bool(b -> b.mustNot(part)));
  }

  public static Query none() {
    return Query.of(q -> q.matchNone(m -> m));
  }

  public static Query term(String field, String value) {
    return Query.of(q -> q.term(t -> t.field(field).value(value)));
  }

  public static Query term(String field, long value) {
    return Query.of(q -> q.term(t -> t.field(field).value(value)));
  }

  public static Query terms(String field, List<String> values) {
    return Query.of(
        q ->
            q.terms(
                t ->
                    t.field(field)
                        .terms(v -> v.value(values.stream().map(FieldValue::of).toList()))));
  }

  public static Query exists(String field) {
    return Query.of(q -> q.exists(e -> e.field(field)));
  }

  /**
   * A field within bounds. Unlike the client's numeric range, this one does not go through {@code
   * double}.
   */
  public static Query range(String field, UnaryOperator<UntypedRangeQuery.Builder> bounds) {
    return Query.of(q -> q.range(r -> r.untyped(u -> bounds.apply(u.field(field)))));
  }

  /** A field of nanoseconds within a range. */
  public static Query in(String field, TimeRange range) {
    return range(
        field, r -> r.gte(JsonData.of(range.fromNanos())).lt(JsonData.of(range.toNanos())));
  }
}
