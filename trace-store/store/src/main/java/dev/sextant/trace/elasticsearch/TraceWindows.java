package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.elasticsearch.RowStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds traces by the start of their newest span that a query finds, the latest first, window by
 * window. The cluster collapses what it finds to the newest span of each trace; below a window's
 * end an older span of a trace from an earlier window may be the newest that is left, so traces
 * that are also found above are left out. For one thread.
 */
final class TraceWindows {
  private static final int FIRST_WINDOW = 32;
  private static final int LARGEST_WINDOW = 512;

  private final RowStream stream;
  private final Query query;
  private Found end = new Found(Long.MAX_VALUE, "");
  private int size = FIRST_WINDOW;
  private boolean last;

  /** A trace and when its newest span that was found starts, and so it at the latest. */
  record Found(long startNanos, String traceId) {}

  TraceWindows(RowStream stream, Query query) {
    this.stream = stream;
    this.query = query;
  }

  boolean isLast() {
    return last;
  }

  /** No trace of a later window starts after this. */
  long endNanos() {
    return last ? Long.MIN_VALUE : end.startNanos;
  }

  /** The next traces, in order; maybe none though there are more. */
  List<Found> next() {
    boolean first = end.traceId.isEmpty();
    List<Found> window = find(first ? query : Queries.all(query, Queries.not(above(end))));
    last = window.size() < size;
    List<String> ids = window.stream().map(Found::traceId).toList();
    Map<String, Long> repeated =
        first || ids.isEmpty() ? Map.of() : counts(stream, Queries.all(query, above(end)), ids);
    if (!window.isEmpty()) {
      end = window.getLast();
    }
    size = Math.min(size * 2, LARGEST_WINDOW);
    return window.stream().filter(found -> !repeated.containsKey(found.traceId)).toList();
  }

  private List<Found> find(Query wanted) {
    SearchResponse<ObjectNode> answer =
        stream.search(
            s ->
                s.query(wanted)
                    .size(size)
                    .collapse(c -> c.field("trace_id"))
                    .sort(o -> o.field(f -> f.field("start").order(SortOrder.Desc)))
                    .sort(o -> o.field(f -> f.field("trace_id").order(SortOrder.Desc)))
                    .source(o -> o.fetch(false))
                    .trackTotalHits(t -> t.enabled(false)));
    List<Found> found = new ArrayList<>();
    for (Hit<ObjectNode> hit : answer.hits().hits()) {
      found.add(new Found(hit.sort().get(0).longValue(), hit.sort().get(1).stringValue()));
    }
    return found;
  }

  /** At or above a place in the order. */
  private static Query above(Found place) {
    JsonData start = JsonData.of(place.startNanos);
    return Queries.any(
        List.of(
            Queries.range("start", r -> r.gt(start)),
            Queries.all(
                Queries.term("start", place.startNanos),
                Queries.range("trace_id", r -> r.gte(JsonData.of(place.traceId))))));
  }

  /** How many spans of each of some traces a query finds; no entry for those without any. */
  static Map<String, Long> counts(RowStream stream, Query query, List<String> traceIds) {
    Map<String, Long> counts = new HashMap<>();
    Aggregation byTrace =
        Aggregation.of(
            a ->
                a.terms(t -> t.field("trace_id").size(traceIds.size()).shardSize(traceIds.size())));
    for (StringTermsBucket bucket :
        stream
            .aggregate(Queries.all(query, Queries.terms("trace_id", traceIds)), byTrace)
            .sterms()
            .buckets()
            .array()) {
      counts.put(bucket.key().stringValue(), bucket.docCount());
    }
    return counts;
  }
}
