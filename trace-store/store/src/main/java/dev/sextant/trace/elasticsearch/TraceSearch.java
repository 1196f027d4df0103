package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsAggregate;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.TracePage;
import dev.sextant.trace.TracePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds traces by their newest matching span. The cluster collapses matching spans to the newest of
 * each trace. Below a page's end an older span of a trace from an earlier page may be the newest
 * that is left, so traces that also match above are left out.
 */
final class TraceSearch {
  /** Up to so many traces are counted one by one; beyond, the total is a lower bound. */
  static final int COUNTED = 10_000;

  private final RowStream stream;
  private final Query matching;
  private final int limit;

  /** A trace and when its newest matching span starts. */
  private record Found(long startNanos, String traceId) {}

  TraceSearch(RowStream stream, TracePlan.Search plan) {
    this.stream = stream;
    this.limit = plan.limit();
    this.matching =
        Queries.all(
            Queries.term("tenant", plan.tenant()),
            Queries.in("start", plan.range()),
            FilterQuery.of(plan.filter()));
  }

  TracePage page(@Nullable String pageToken, SummaryScan summaries) {
    @Nullable PageToken token = pageToken == null ? null : PageToken.parse(pageToken);
    List<Found> found = find(token);
    boolean more = found.size() > limit;
    List<Found> shown = more ? found.subList(0, limit) : found;
    PageToken totals = token != null ? token : total(shown.size(), more);
    @Nullable String next = null;
    if (more) {
      Found last = shown.getLast();
      next =
          new PageToken(
                  last.startNanos, TraceId.parse(last.traceId), totals.total(), totals.totalExact())
              .toString();
    }
    return new TracePage(
        summaries.of(shown.stream().map(Found::traceId).toList()),
        totals.total(),
        totals.totalExact(),
        next);
  }

  /** Traces of the page and, where there are more, one of the next. */
  private List<Found> find(@Nullable PageToken token) {
    List<Found> found = new ArrayList<>();
    @Nullable Found after =
        token == null ? null : new Found(token.startNanos(), token.traceId().toString());
    while (found.size() <= limit) {
      List<Found> candidates = candidates(after);
      Set<String> repeated = after == null ? Set.of() : matchingAbove(after, candidates);
      candidates.stream().filter(each -> !repeated.contains(each.traceId)).forEach(found::add);
      if (candidates.size() <= limit) {
        break;
      }
      after = candidates.getLast();
    }
    return found;
  }

  private List<Found> candidates(@Nullable Found after) {
    Query query = after == null ? matching : Queries.all(matching, Queries.not(above(after)));
    SearchResponse<ObjectNode> answer =
        stream.search(
            s ->
                s.query(query)
                    .size(limit + 1)
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

  private Set<String> matchingAbove(Found place, List<Found> candidates) {
    if (candidates.isEmpty()) {
      return Set.of();
    }
    List<String> ids = candidates.stream().map(Found::traceId).toList();
    Query query = Queries.all(matching, above(place), Queries.terms("trace_id", ids));
    Set<String> repeated = new HashSet<>();
    for (StringTermsBucket bucket : traceIds(query, ids.size()).buckets().array()) {
      repeated.add(bucket.key().stringValue());
    }
    return repeated;
  }

  private StringTermsAggregate traceIds(Query query, int size) {
    return stream
        .aggregate(
            query,
            Aggregation.of(a -> a.terms(t -> t.field("trace_id").size(size).shardSize(size))))
        .sterms();
  }

  private PageToken total(int shown, boolean more) {
    if (!more) {
      return new PageToken(0, TraceId.NONE, shown, true);
    }
    StringTermsAggregate counted = traceIds(matching, COUNTED);
    Long others = counted.sumOtherDocCount();
    boolean exact = others != null && others == 0;
    return new PageToken(0, TraceId.NONE, counted.buckets().array().size(), exact);
  }
}
