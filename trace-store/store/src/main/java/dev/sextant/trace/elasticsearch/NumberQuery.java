package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.trace.model.SpanCondition;
import java.util.List;

/** Compares numbers that stand as {@link NumberKey} writes them, integers with decimals too. */
final class NumberQuery {
  private NumberQuery() {}

  /**
   * @param field a key of a {@code flattened} field, which takes ranges with both bounds only
   * @param digits of the number compared with
   */
  static Query of(String field, SpanCondition.Op op, String digits) {
    return switch (op) {
      case EQUAL ->
          Queries.terms(field, List.of(digits + NumberKey.INTEGER, digits + NumberKey.DECIMAL));
      case LESS -> range(field, NumberKey.LEAST, digits);
      case LESS_OR_EQUAL -> range(field, NumberKey.LEAST, digits + NumberKey.END);
      case GREATER -> range(field, digits + NumberKey.END, NumberKey.GREATEST);
      case GREATER_OR_EQUAL -> range(field, digits, NumberKey.GREATEST);
      case NOT_EQUAL, MATCHES, NOT_MATCHES ->
          throw new IllegalArgumentException(op + " is no comparison of one range");
    };
  }

  private static Query range(String field, String from, String to) {
    return Queries.range(field, r -> r.gte(JsonData.of(from)).lt(JsonData.of(to)));
  }
}
