package dev.sextant.log.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.FieldAndFormat;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.log.LogCursor;
import dev.sextant.log.LogLine;
import dev.sextant.log.LogPlan;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.elasticsearch.RowFields;
import dev.sextant.storage.elasticsearch.RowStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a page of lines by time, row and journal. */
final class LineSearch {
  /** Up to so many matching lines are counted; beyond, the total is a lower bound. */
  private static final int COUNTED = 100_000;

  /** Lines in one answer of the cluster, which the client holds in memory. */
  private static final int CHUNK = 1_000;

  private static final FieldAndFormat ARRIVAL =
      FieldAndFormat.of(f -> f.field("arrival").format("epoch_millis"));

  private final RowStream stream;
  private final LogPlan.Search plan;
  private final Query query;
  private final List<Hit<ObjectNode>> hits = new ArrayList<>();

  LineSearch(RowStream stream, LogPlan.Search plan) {
    this.stream = stream;
    this.plan = plan;
    this.query = FilterQuery.of(plan);
  }

  LogPlan.LogPage page() {
    int wanted = plan.limit() + 1;
    String token = plan.pageToken();
    List<FieldValue> after = token == null ? List.of() : PageToken.parse(token).searchAfter();
    SearchResponse<ObjectNode> first = search(after, Math.min(wanted, CHUNK));
    hits.addAll(first.hits().hits());
    int chunk = first.hits().hits().size();
    while (chunk == CHUNK && hits.size() < wanted) {
      SearchResponse<ObjectNode> next =
          search(hits.getLast().sort(), Math.min(wanted - hits.size(), CHUNK));
      chunk = next.hits().hits().size();
      hits.addAll(next.hits().hits());
    }
    boolean more = hits.size() > plan.limit();
    List<Hit<ObjectNode>> shown = more ? hits.subList(0, plan.limit()) : hits;
    @Nullable TotalHits total = first.hits().total();
    return new LogPlan.LogPage(
        shown.stream().map(LineSearch::line).toList(),
        total == null ? shown.size() : total.value(),
        total != null && total.relation() == TotalHitsRelation.Eq,
        more ? PageToken.of(shown.getLast().sort()).toString() : null);
  }

  private SearchResponse<ObjectNode> search(List<FieldValue> after, int size) {
    SortOrder order = plan.newestFirst() ? SortOrder.Desc : SortOrder.Asc;
    return stream.search(
        s -> {
          s.query(query)
              .size(size)
              .sort(o -> o.field(f -> f.field("time").order(order)))
              .sort(o -> o.field(f -> f.field("row").order(order)))
              .sort(o -> o.field(f -> f.field("journal").order(order)))
              .source(o -> o.filter(f -> f.includes(RowFields.otlpField())))
              .docvalueFields(ARRIVAL)
              .trackTotalHits(t -> t.count(COUNTED));
          return after.isEmpty() ? s : s.searchAfter(after);
        });
  }

  private static LogLine line(Hit<ObjectNode> hit) {
    LogCursor cursor =
        new LogCursor(RowFields.otlp(hit), arrivalMillis(hit) * 1_000_000, RowFields.LIMITS);
    if (!cursor.next()) {
      throw new StoreException("document %s holds no log line".formatted(hit.id()));
    }
    return cursor.decode(hit.sort().get(1).longValue());
  }

  private static long arrivalMillis(Hit<ObjectNode> hit) {
    var arrival = hit.fields().get("arrival");
    if (arrival == null) {
      throw new StoreException("document %s has no time of arrival".formatted(hit.id()));
    }
    return Long.parseLong(arrival.toJson().asJsonArray().getString(0));
  }
}
