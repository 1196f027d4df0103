package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.util.NamedValue;
import dev.sextant.storage.elasticsearch.IndexText;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.trace.SpanField;
import dev.sextant.trace.TracePlan;
import dev.sextant.trace.model.SpanValue;
import java.util.List;
import java.util.TreeSet;

/** Reads the distinct values of a field. Very long ones come cut, as {@link IndexText} says. */
final class FieldValuesRead {
  private final RowStream stream;
  private final TracePlan.FieldValues plan;
  private final TreeSet<String> values = new TreeSet<>();

  FieldValuesRead(RowStream stream, TracePlan.FieldValues plan) {
    this.stream = stream;
    this.plan = plan;
  }

  List<String> values() {
    SpanField field = plan.field();
    String key = IndexText.key(field.name());
    switch (field.place()) {
      case INTRINSIC -> readIntrinsic(FilterQuery.intrinsicField(field));
      case SPAN -> readAttribute("attributes", key, Queries.all());
      case RESOURCE -> readResource(key, Queries.all());
      case ANY -> {
        readAttribute("attributes", key, Queries.all());
        Query notOfSpan =
            Queries.not(FilterQuery.exists(new SpanField(SpanField.Place.SPAN, field.name())));
        readResource(key, notOfSpan);
      }
    }
    return values.stream().limit(plan.limit()).toList();
  }

  private void readResource(String key, Query more) {
    if (FilterQuery.isService(key)) {
      readTexts("service", more);
    } else {
      readAttribute("resource", key, more);
    }
  }

  private void readAttribute(String object, String key, Query more) {
    readTexts(object + "." + key, more);
    readTexts(object + "_other." + key, more);
    read(object + "_number." + key, more).sterms().buckets().array().stream()
        .map(bucket -> NumberKey.number(bucket.key().stringValue()))
        .map(FieldValuesRead::text)
        .forEach(values::add);
  }

  private static String text(SpanValue number) {
    return switch (number) {
      case SpanValue.Int(long whole) -> Long.toString(whole);
      case SpanValue.Decimal(double decimal) -> Double.toString(decimal);
      default -> throw new IllegalArgumentException(number + " is no number");
    };
  }

  private void readIntrinsic(String field) {
    if (!field.equals("duration")) {
      readTexts(field, Queries.all());
      return;
    }
    read(field, Queries.all()).lterms().buckets().array().stream()
        .map(bucket -> Long.toString(bucket.key()))
        .forEach(values::add);
  }

  private void readTexts(String field, Query more) {
    read(field, more).sterms().buckets().array().stream()
        .map(bucket -> bucket.key().stringValue())
        .forEach(values::add);
  }

  private Aggregate read(String field, Query more) {
    Query query =
        Queries.all(
            Queries.term("tenant", plan.tenant()),
            Queries.in("start", plan.range()),
            FilterQuery.of(plan.filter()),
            more);
    return stream.aggregate(
        query,
        Aggregation.of(
            a ->
                a.terms(
                    t ->
                        t.field(field)
                            .size(plan.limit())
                            .order(NamedValue.of("_key", SortOrder.Asc)))));
  }
}
