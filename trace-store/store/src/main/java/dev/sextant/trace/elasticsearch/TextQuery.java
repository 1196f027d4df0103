package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.UntypedRangeQuery;
import co.elastic.clients.json.JsonData;
import dev.sextant.storage.elasticsearch.IndexText;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.trace.model.SpanCondition.Op;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Compares texts, which stand as {@link IndexText} cuts them, so that the order of long ones shows
 * in their beginning only.
 */
final class TextQuery {
  /** Above every text that does not begin with it: the last code point there is, some times. */
  private static final String GREATEST = "\uDBFF\uDFFF".repeat(8);

  /** Texts up to this length are ordered with longer ones as they stand. */
  private static final int ORDERED = 900;

  private TextQuery() {}

  /**
   * @param field a keyword or a key of a {@code flattened} field, which takes ranges with both
   *     bounds only
   */
  static Pushed of(String field, Values values, Op op, String text) {
    return switch (op) {
      case EQUAL -> Pushed.exactly(Queries.term(field, IndexText.value(text)));
      case LESS -> range(field, text, r -> r.gte(JsonData.of("")).lt(JsonData.of(text)));
      case LESS_OR_EQUAL -> range(field, text, r -> r.gte(JsonData.of("")).lte(JsonData.of(text)));
      case GREATER -> range(field, text, r -> r.gt(JsonData.of(text)).lte(JsonData.of(GREATEST)));
      case GREATER_OR_EQUAL ->
          range(field, text, r -> r.gte(JsonData.of(text)).lte(JsonData.of(GREATEST)));
      case MATCHES -> matches(field, LiteralRegex.of(text));
      case NOT_EQUAL -> values.not(field, List.of(IndexText.value(text)));
      case NOT_MATCHES ->
          values.not(field, LiteralRegex.of(text).texts().stream().map(IndexText::value).toList());
    };
  }

  private static Pushed range(
      String field, String text, UnaryOperator<UntypedRangeQuery.Builder> bounds) {
    return text.length() <= ORDERED
        ? Pushed.exactly(Queries.range(field, bounds))
        : Pushed.widely(Queries.exists(field));
  }

  private static Pushed matches(String field, LiteralRegex regex) {
    if (!regex.texts().isEmpty()) {
      return Pushed.exactly(
          Queries.terms(field, regex.texts().stream().map(IndexText::value).toList()));
    }
    return Pushed.widely(
        regex.prefix().isEmpty() || regex.prefix().length() > ORDERED
            ? Queries.exists(field)
            : prefix(field, regex.prefix()));
  }

  private static Query prefix(String field, String prefix) {
    return Query.of(q -> q.prefix(p -> p.field(field).value(prefix)));
  }
}
