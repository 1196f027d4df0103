package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.FieldAndFormat;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.elasticsearch.IndexText;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Span;
import dev.sextant.trace.SpanSketch;
import dev.sextant.trace.TraceSummarizer;
import dev.sextant.trace.TraceSummary;
import dev.sextant.trace.model.DatabaseSystems;
import dev.sextant.trace.model.SpanField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads all spans of some traces, of their attributes only databases' names, and sums them up. */
final class SummaryScan {
  private static final int PAGE = 5_000;
  private static final int MAX_SPANS = 1_000_000;
  private static final List<String> DATABASE =
      DatabaseSystems.KEYS.stream()
          .map(key -> AttributeFields.of(SpanField.Scope.SPAN) + "." + IndexText.key(key))
          .toList();
  private static final List<FieldAndFormat> FIELDS =
      Stream.concat(
              Stream.of(
                  "trace_id",
                  "span_id",
                  "parent_id",
                  "service",
                  "name",
                  "kind",
                  "status",
                  "start",
                  "end"),
              DATABASE.stream())
          .map(field -> FieldAndFormat.of(f -> f.field(field)))
          .toList();

  private final RowStream stream;
  private final String tenant;
  private final Set<Identity> seen = new HashSet<>();

  private record Identity(String traceId, long spanId, Span.Kind kind) {}

  SummaryScan(RowStream stream, String tenant) {
    this.stream = stream;
    this.tenant = tenant;
  }

  /**
   * The summaries, in the order of the ids, of the traces that have spans.
   *
   * @throws StoreException where the traces have more than 1,000,000 spans together
   */
  List<TraceSummary> of(List<String> traceIds) {
    if (traceIds.isEmpty()) {
      return List.of();
    }
    Map<String, List<SpanSketch>> traces = new LinkedHashMap<>();
    traceIds.forEach(id -> traces.put(id, new ArrayList<>()));
    Query query = Queries.all(Queries.term("tenant", tenant), Queries.terms("trace_id", traceIds));
    List<FieldValue> after = List.of();
    int scanned = 0;
    List<Hit<ObjectNode>> hits;
    do {
      hits = page(query, after).hits().hits();
      for (Hit<ObjectNode> hit : hits) {
        add(traces, hit.fields(), scanned++);
      }
      if (scanned > MAX_SPANS) {
        throw new StoreException(
            "the %d traces of this page have more than %d spans together: ask for a smaller page"
                .formatted(traceIds.size(), MAX_SPANS));
      }
      after = hits.isEmpty() ? after : hits.getLast().sort();
    } while (hits.size() == PAGE);
    List<TraceSummary> summaries = new ArrayList<>();
    traces.forEach(
        (id, spans) -> {
          if (!spans.isEmpty()) {
            summaries.add(TraceSummarizer.summarize(TraceId.parse(id), spans));
          }
        });
    return summaries;
  }

  private SearchResponse<ObjectNode> page(Query query, List<FieldValue> after) {
    return stream.search(
        s -> {
          s.query(query)
              .size(PAGE)
              .sort(o -> o.field(f -> f.field("row").order(SortOrder.Asc)))
              .sort(o -> o.field(f -> f.field("journal").order(SortOrder.Asc)))
              .source(o -> o.fetch(false))
              .docvalueFields(FIELDS)
              .trackTotalHits(t -> t.enabled(false));
          return after.isEmpty() ? s : s.searchAfter(after);
        });
  }

  /** Adds a span unless one of its id and kind arrived before. */
  private void add(Map<String, List<SpanSketch>> traces, Map<String, JsonData> fields, int row) {
    String traceId = text(fields, "trace_id");
    List<SpanSketch> spans = traces.get(traceId);
    long spanId = SpanId.parse(text(fields, "span_id"));
    Span.Kind kind = Span.Kind.valueOf(text(fields, "kind").toUpperCase(Locale.ROOT));
    if (spans == null || !seen.add(new Identity(traceId, spanId, kind))) {
      return;
    }
    long start = number(fields, "start");
    spans.add(
        new SpanSketch(
            row,
            spanId,
            fields.containsKey("parent_id") ? SpanId.parse(text(fields, "parent_id")) : 0,
            kind,
            text(fields, "status").equals("error"),
            kind == Span.Kind.CLIENT && namesDatabase(fields),
            start,
            Math.max(0, number(fields, "end") - start),
            text(fields, "service"),
            text(fields, "name")));
  }

  private static boolean namesDatabase(Map<String, JsonData> fields) {
    return DATABASE.stream()
        .anyMatch(field -> fields.containsKey(field) && !text(fields, field).isEmpty());
  }

  private static String text(Map<String, JsonData> fields, String name) {
    return value(fields, name).toJson().asJsonArray().getString(0);
  }

  private static long number(Map<String, JsonData> fields, String name) {
    return value(fields, name).toJson().asJsonArray().getJsonNumber(0).longValue();
  }

  private static JsonData value(Map<String, JsonData> fields, String name) {
    JsonData value = fields.get(name);
    if (value == null) {
      throw new StoreException("a span's document in Elasticsearch has no field " + name);
    }
    return value;
  }
}
