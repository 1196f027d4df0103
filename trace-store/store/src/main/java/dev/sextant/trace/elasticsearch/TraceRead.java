package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.storage.LimitExceededException;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.elasticsearch.RowFields;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.trace.Span;
import dev.sextant.trace.SpanCursor;
import dev.sextant.trace.Trace;
import dev.sextant.trace.TracePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one trace whole; of spans with one id and kind, the first that arrived. */
final class TraceRead {
  private static final int PAGE = 1_000;

  private final RowStream stream;
  private final TracePlan.ById plan;
  private final int maxSpans;
  private final Set<Identity> seen = new HashSet<>();
  private final List<Span> spans = new ArrayList<>();

  private record Identity(long spanId, Span.Kind kind) {}

  TraceRead(RowStream stream, TracePlan.ById plan, int maxSpans) {
    this.stream = stream;
    this.maxSpans = maxSpans;
    this.plan = plan;
  }

  Optional<Trace> trace() {
    Query query =
        Queries.all(
            Queries.term("tenant", plan.tenant()),
            Queries.term("trace_id", plan.traceId().toString()));
    List<FieldValue> after = List.of();
    List<Hit<ObjectNode>> hits;
    do {
      hits = page(query, after);
      hits.forEach(this::add);
      if (spans.size() > maxSpans) {
        throw new LimitExceededException(
            "trace %s has more than storage.traces.max-trace-spans (%d) spans"
                .formatted(plan.traceId(), maxSpans));
      }
      after = hits.isEmpty() ? after : hits.getLast().sort();
    } while (hits.size() == PAGE);
    spans.sort(Comparator.comparingLong(Span::startNanos).thenComparingLong(Span::row));
    return spans.isEmpty() ? Optional.empty() : Optional.of(new Trace(plan.traceId(), spans));
  }

  private List<Hit<ObjectNode>> page(Query query, List<FieldValue> after) {
    return stream
        .search(
            s -> {
              s.query(query)
                  .size(PAGE)
                  .sort(o -> o.field(f -> f.field("row").order(SortOrder.Asc)))
                  .sort(o -> o.field(f -> f.field("journal").order(SortOrder.Asc)))
                  .source(o -> o.filter(f -> f.includes(RowFields.otlpField())))
                  .trackTotalHits(t -> t.enabled(false));
              return after.isEmpty() ? s : s.searchAfter(after);
            })
        .hits()
        .hits();
  }

  private void add(Hit<ObjectNode> hit) {
    SpanCursor cursor = new SpanCursor(RowFields.otlp(hit), RowFields.LIMITS);
    if (!cursor.next()) {
      throw new StoreException("document %s holds no span".formatted(hit.id()));
    }
    if (seen.add(new Identity(cursor.spanId(), cursor.kind()))) {
      spans.add(cursor.decode(hit.sort().get(0).longValue()));
    }
  }
}
