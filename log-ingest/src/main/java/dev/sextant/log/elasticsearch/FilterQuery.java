package dev.sextant.log.elasticsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.sextant.log.LogFilter;
import dev.sextant.log.LogPlan;
import dev.sextant.log.Words;
import dev.sextant.storage.UnsupportedPlanException;
import dev.sextant.storage.elasticsearch.IndexText;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.otlp.SpanId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Translates filters into the cluster's queries over the documents that {@link LineDocument}
 * writes.
 */
final class FilterQuery {
  private FilterQuery() {}

  /** The lines that a plan is about. */
  static Query of(LogPlan<?> plan) {
    LogFilter filter = plan.filter();
    List<Query> parts = new ArrayList<>();
    parts.add(Queries.term("tenant", plan.tenant()));
    parts.add(Queries.in("time", plan.range()));
    if (!filter.services().isEmpty()) {
      parts.add(
          Queries.terms("service", filter.services().stream().map(IndexText::value).toList()));
    }
    if (!filter.levels().isEmpty()) {
      parts.add(
          Queries.terms(
              "level",
              filter.levels().stream().map(each -> each.name().toLowerCase(Locale.ROOT)).toList()));
    }
    if (filter.traceId() != null) {
      parts.add(Queries.term("trace_id", filter.traceId().toString()));
    }
    if (filter.spanId() != 0) {
      parts.add(Queries.term("span_id", SpanId.toHex(filter.spanId())));
    }
    filter.texts().forEach(text -> parts.add(words(text.text())));
    filter.fields().forEach(field -> parts.add(field(field)));
    return Queries.all(parts);
  }

  /** The cluster's {@code whitespace} analyzer parts the words as they were written. */
  private static Query words(String text) {
    String words = String.join(" ", Words.list(Words.fold(text)));
    if (words.isEmpty()) {
      throw new UnsupportedPlanException(
          "this log store finds whole words only, and '%s' has none (capability substring)"
              .formatted(text));
    }
    return Query.of(q -> q.matchPhrase(m -> m.field("words").query(words)));
  }

  private static Query field(LogFilter.FieldEquals field) {
    Query equal = Queries.term(indexField(field.field()), IndexText.value(field.value()));
    return field.negated() ? Queries.not(equal) : equal;
  }

  /** Where an attribute's values stand. */
  static String indexField(String attribute) {
    return "fields." + IndexText.key(attribute);
  }
}
