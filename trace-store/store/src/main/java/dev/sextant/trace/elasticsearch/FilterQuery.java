package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.sextant.storage.UnsupportedPlanException;
import dev.sextant.storage.elasticsearch.IndexText;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.trace.SpanField;
import dev.sextant.trace.SpanFilter;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanValue;
import java.util.List;

/**
 * Translates filters into the cluster's queries over the documents that {@link SpanDocument}
 * writes.
 */
final class FilterQuery {
  /** Above every text that does not begin with it: the last code point there is. */
  private static final String GREATEST_TEXT = "\uDBFF\uDFFF";

  private FilterQuery() {}

  /**
   * @throws UnsupportedPlanException naming the field or value that the documents cannot be asked
   *     for
   */
  static Query of(SpanFilter filter) {
    return switch (filter) {
      case SpanFilter.And and -> Queries.all(and.parts().stream().map(FilterQuery::of).toList());
      case SpanFilter.Or or -> Queries.any(or.parts().stream().map(FilterQuery::of).toList());
      case SpanFilter.Not(SpanFilter part) -> Queries.not(of(part));
      case SpanFilter.Compare compare -> compare(compare);
    };
  }

  private static Query compare(SpanFilter.Compare compare) {
    if (compare.op() == SpanFilter.Op.NOT_EQUAL) {
      Query equal =
          compare(new SpanFilter.Compare(compare.field(), SpanFilter.Op.EQUAL, compare.value()));
      return Queries.all(exists(compare.field()), Queries.not(equal));
    }
    String key = IndexText.key(compare.field().name());
    return switch (compare.field().place()) {
      case INTRINSIC -> intrinsic(compare);
      case SPAN -> attribute("attributes", key, compare);
      case RESOURCE -> resource(key, compare);
      case ANY ->
          Queries.any(
              List.of(
                  attribute("attributes", key, compare),
                  Queries.all(
                      Queries.not(hasAttribute("attributes", key)), resource(key, compare))));
    };
  }

  /** Whether a span has the field. */
  static Query exists(SpanField field) {
    String key = IndexText.key(field.name());
    Query ofSpan = hasAttribute("attributes", key);
    Query ofResource = isService(key) ? Queries.exists("service") : hasAttribute("resource", key);
    return switch (field.place()) {
      case INTRINSIC -> Queries.exists(intrinsicField(field));
      case SPAN -> ofSpan;
      case RESOURCE -> ofResource;
      case ANY -> Queries.any(List.of(ofSpan, ofResource));
    };
  }

  static boolean isService(String key) {
    return key.equals(SpanField.SERVICE.name());
  }

  static String intrinsicField(SpanField field) {
    return switch (field.name()) {
      case "name", "kind", "status", "duration" -> field.name();
      default ->
          throw new UnsupportedPlanException(
              "this trace store keeps no field '%s' of spans: it has name, kind, status and duration"
                  .formatted(field.name()));
    };
  }

  private static Query intrinsic(SpanFilter.Compare compare) {
    String field = intrinsicField(compare.field());
    if (!field.equals("duration")) {
      return text(field, compare);
    }
    return switch (compare.value()) {
      case AttributeValue.Int(long nanos) -> ordered("duration", compare.op(), JsonData.of(nanos));
      case AttributeValue.Decimal(double nanos) when !Double.isNaN(nanos) ->
          decimalDuration(compare.op(), nanos);
      default -> Queries.none();
    };
  }

  private static Query decimalDuration(SpanFilter.Op op, double nanos) {
    boolean whole = nanos == Math.rint(nanos) && Math.abs(nanos) < 0x1p63;
    return switch (op) {
      case EQUAL -> whole ? Queries.term("duration", (long) nanos) : Queries.none();
      case LESS -> ordered("duration", op, JsonData.of(bounded(Math.ceil(nanos))));
      case LESS_OR_EQUAL -> ordered("duration", op, JsonData.of(bounded(Math.floor(nanos))));
      case GREATER -> ordered("duration", op, JsonData.of(bounded(Math.floor(nanos))));
      case GREATER_OR_EQUAL -> ordered("duration", op, JsonData.of(bounded(Math.ceil(nanos))));
      case NOT_EQUAL -> throw new IllegalArgumentException("handled before");
    };
  }

  private static long bounded(double nanos) {
    return (long) nanos;
  }

  private static Query resource(String key, SpanFilter.Compare compare) {
    return isService(key) ? text("service", compare) : attribute("resource", key, compare);
  }

  private static Query attribute(String object, String key, SpanFilter.Compare compare) {
    return switch (compare.value()) {
      case AttributeValue.Text text -> text(object + "." + key, compare);
      case AttributeValue.Bool(boolean wanted) ->
          compare.op() == SpanFilter.Op.EQUAL
              ? Queries.term(object + "_other." + key, Boolean.toString(wanted))
              : Queries.none();
      case AttributeValue.Int number -> number(object + "_number." + key, compare);
      case AttributeValue.Decimal number -> number(object + "_number." + key, compare);
      case AttributeValue.Empty(),
          AttributeValue.Bytes _,
          AttributeValue.Array _,
          AttributeValue.KeyValues _ ->
          throw new UnsupportedPlanException(
              "this trace store compares attributes with text, numbers and booleans only, not %s with %s"
                  .formatted(compare.field().name(), compare.value().asText()));
    };
  }

  private static Query hasAttribute(String object, String key) {
    return Queries.any(
        List.of(
            Queries.exists(object + "." + key),
            Queries.exists(object + "_other." + key),
            Queries.exists(object + "_number." + key)));
  }

  private static Query number(String field, SpanFilter.Compare compare) {
    SpanValue number =
        compare.value() instanceof AttributeValue.Int(long whole)
            ? SpanValue.of(whole)
            : SpanValue.of(((AttributeValue.Decimal) compare.value()).value());
    String digits = NumberKey.digits(number);
    return digits == null
        ? Queries.none()
        : NumberQuery.of(field, SpanCondition.Op.valueOf(compare.op().name()), digits);
  }

  private static Query text(String field, SpanFilter.Compare compare) {
    if (!(compare.value() instanceof AttributeValue.Text(String wanted))) {
      return Queries.none();
    }
    return between(field, compare.op(), IndexText.value(wanted), "", GREATEST_TEXT);
  }

  /** Keys of a {@code flattened} field take ranges only with both bounds. */
  private static Query between(
      String field, SpanFilter.Op op, String value, String least, String greatest) {
    JsonData at = JsonData.of(value);
    JsonData from = JsonData.of(least);
    JsonData to = JsonData.of(greatest);
    return switch (op) {
      case EQUAL -> Queries.term(field, value);
      case LESS -> Queries.range(field, r -> r.gte(from).lt(at));
      case LESS_OR_EQUAL -> Queries.range(field, r -> r.gte(from).lte(at));
      case GREATER -> Queries.range(field, r -> r.gt(at).lte(to));
      case GREATER_OR_EQUAL -> Queries.range(field, r -> r.gte(at).lte(to));
      case NOT_EQUAL -> throw new IllegalArgumentException("handled before");
    };
  }

  private static Query ordered(String field, SpanFilter.Op op, JsonData value) {
    return switch (op) {
      case EQUAL -> Queries.range(field, r -> r.gte(value).lte(value));
      case LESS -> Queries.range(field, r -> r.lt(value));
      case LESS_OR_EQUAL -> Queries.range(field, r -> r.lte(value));
      case GREATER -> Queries.range(field, r -> r.gt(value));
      case GREATER_OR_EQUAL -> Queries.range(field, r -> r.gte(value));
      case NOT_EQUAL -> throw new IllegalArgumentException("handled before");
    };
  }
}
