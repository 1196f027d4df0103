package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.sextant.storage.elasticsearch.IndexText;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.trace.Span;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanField.Scope;
import dev.sextant.trace.model.SpanValue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes and values the spans have that a query finds, counted by the cluster. Very long
 * texts come cut, as {@link IndexText} says.
 */
final class FieldTerms {
  private static final int MOST_TERMS = 60_000;
  private static final String EMPTY_LIST = "[]";

  private final RowStream stream;
  private final Query query;

  FieldTerms(RowStream stream, Query query) {
    this.stream = stream;
    this.query = query;
  }

  /** Whether documents hold a field's values as terms. */
  static boolean covers(SpanField field) {
    return switch (field) {
      case SpanField.Attribute attribute -> AttributeFields.isPlain(attribute.key());
      case Intrinsic intrinsic ->
          !SpanFields.of(intrinsic).isEmpty() && intrinsic != Intrinsic.EVENT_TIME_SINCE_START;
    };
  }

  List<SpanField.Attribute> attributes(Set<Scope> scopes, int limit) {
    TreeSet<SpanField.Attribute> found =
        new TreeSet<>(
            Comparator.comparing(SpanField.Attribute::scope)
                .thenComparing(attribute -> SpanValue.of(attribute.key()), SpanValue.ORDER));
    for (Scope scope : scopes) {
      String prefix = AttributeFields.key(scope, "");
      Query ofScope =
          Queries.all(query, Query.of(q -> q.prefix(p -> p.field("keys").value(prefix))));
      Map<String, Long> terms = new HashMap<>();
      addTexts(aggregate(ofScope, "keys", prefix, limit), terms, text -> text);
      for (String term : terms.keySet()) {
        SpanField.Attribute attribute = AttributeFields.attribute(term);
        if (attribute != null) {
          found.add(attribute);
        }
      }
    }
    return found.stream().limit(limit).toList();
  }

  /** The most frequent values, at most so many, in order. */
  List<SpanValue> values(SpanField field, int limit) {
    Map<SpanValue, Long> counts = new HashMap<>();
    switch (field) {
      case SpanField.Attribute(Scope scope, String key) -> {
        String name = AttributeFields.of(scope);
        String path = "." + IndexText.key(key);
        addTexts(terms(name + path, limit), counts, SpanValue::of);
        addTexts(terms(name + AttributeFields.NUMBER + path, limit), counts, NumberKey::number);
        addTexts(terms(name + AttributeFields.OTHER + path, limit), counts, FieldTerms::other);
      }
      case Intrinsic intrinsic -> addIntrinsic(intrinsic, limit, counts);
    }
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<SpanValue, Long> e) -> e.getValue())
                .reversed()
                .thenComparing(Map.Entry::getKey, SpanValue.ORDER))
        .limit(limit)
        .map(Map.Entry::getKey)
        .sorted(SpanValue.ORDER)
        .toList();
  }

  private void addIntrinsic(Intrinsic field, int limit, Map<SpanValue, Long> counts) {
    Optional<Aggregate> answer = terms(SpanFields.of(field), limit);
    switch (field) {
      case KIND ->
          addTexts(
              answer, counts, name -> ordinal(Span.Kind.valueOf(name.toUpperCase(Locale.ROOT))));
      case STATUS ->
          addTexts(
              answer, counts, name -> ordinal(Span.Status.valueOf(name.toUpperCase(Locale.ROOT))));
      case START, DURATION ->
          answer
              .filter(Aggregate::isLterms)
              .map(found -> found.lterms().buckets().array())
              .orElse(List.of())
              .forEach(bucket -> counts.put(SpanValue.of(bucket.key()), bucket.docCount()));
      default -> addTexts(answer, counts, SpanValue::of);
    }
  }

  private static SpanValue ordinal(Enum<?> value) {
    return SpanValue.of((long) value.ordinal());
  }

  /** A list without elements has no values. */
  private static @Nullable SpanValue other(String text) {
    return switch (text) {
      case "true" -> SpanValue.of(true);
      case "false" -> SpanValue.of(false);
      case EMPTY_LIST -> null;
      default -> new SpanValue.Other(text);
    };
  }

  private Optional<Aggregate> terms(String field, int limit) {
    return aggregate(query, field, "", limit);
  }

  /**
   * @param prefix of the terms that are wanted
   */
  private Optional<Aggregate> aggregate(Query of, String field, String prefix, int limit) {
    int size = Math.clamp(limit, 1, MOST_TERMS);
    return stream.aggregateAny(
        of,
        Aggregation.of(
            a ->
                a.terms(
                    t -> {
                      t.field(field).size(size);
                      return prefix.isEmpty() ? t : t.include(i -> i.regexp(prefix + ".*"));
                    })));
  }

  /** A field that no index knows yet is answered without texts. */
  private static <T> void addTexts(
      Optional<Aggregate> answer, Map<T, Long> counts, Function<String, @Nullable T> value) {
    for (StringTermsBucket bucket :
        answer
            .filter(Aggregate::isSterms)
            .map(found -> found.sterms().buckets().array())
            .orElse(List.of())) {
      T found = value.apply(bucket.key().stringValue());
      if (found != null) {
        counts.merge(found, bucket.docCount(), Long::sum);
      }
    }
  }
}
