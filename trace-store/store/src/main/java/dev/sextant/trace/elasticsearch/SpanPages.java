package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.elasticsearch.RowFields;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.trace.Span;
import dev.sextant.trace.SpanCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the spans that a query finds, page by page, in one order. For one thread. */
final class SpanPages {
  private final RowStream stream;
  private final Query query;
  private final SortOrder byStart;
  private final int size;
  private List<FieldValue> after = List.of();
  private boolean last;
  private long bytes;

  /**
   * @param byStart the order; spans that start together follow in the order of their arrival
   * @param size of a page
   */
  SpanPages(RowStream stream, Query query, SortOrder byStart, int size) {
    this.stream = stream;
    this.query = query;
    this.byStart = byStart;
    this.size = size;
  }

  /** The next page; empty after the last. */
  List<Span> next() {
    if (last) {
      return List.of();
    }
    List<Hit<ObjectNode>> hits =
        stream
            .search(
                s -> {
                  s.query(query)
                      .size(size)
                      .sort(o -> o.field(f -> f.field("start").order(byStart)))
                      .sort(o -> o.field(f -> f.field("row").order(SortOrder.Asc)))
                      .sort(o -> o.field(f -> f.field("journal").order(SortOrder.Asc)))
                      .source(o -> o.filter(f -> f.includes(RowFields.otlpField())))
                      .trackTotalHits(t -> t.enabled(false));
                  return after.isEmpty() ? s : s.searchAfter(after);
                })
            .hits()
            .hits();
    last = hits.size() < size;
    after = hits.isEmpty() ? after : hits.getLast().sort();
    List<Span> spans = new ArrayList<>(hits.size());
    hits.forEach(hit -> spans.add(span(hit)));
    return spans;
  }

  private Span span(Hit<ObjectNode> hit) {
    ByteBuffer otlp = RowFields.otlp(hit);
    bytes += otlp.remaining();
    SpanCursor cursor = new SpanCursor(otlp, RowFields.LIMITS);
    if (!cursor.next()) {
      throw new StoreException("document %s holds no span".formatted(hit.id()));
    }
    return cursor.decode(hit.sort().get(1).longValue());
  }

  /** How many bytes of spans were read so far. */
  long bytes() {
    return bytes;
  }
}
