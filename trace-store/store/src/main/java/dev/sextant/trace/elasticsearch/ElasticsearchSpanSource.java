package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.trace.DecodedSpans;
import dev.sextant.trace.Span;
import dev.sextant.trace.SpanValueCounts;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One tenant's spans in a cluster. Conditions are pushed down as far as the documents can answer
 * them. A trace is found by spans that start within the range or no farther outside of it than
 * {@link ElasticsearchTraceLimits#maxTraceLength()}. What is inspected is counted in pages of
 * documents, for blocks. Every call answers with {@link StoreException} where the cluster does not
 * answer.
 */
final class ElasticsearchSpanSource implements SpanSource {
  private static final int PAGE = 2_000;

  private final RowStream stream;
  private final String tenant;
  private final ElasticsearchTraceLimits limits;

  ElasticsearchSpanSource(RowStream stream, String tenant, ElasticsearchTraceLimits limits) {
    this.stream = stream;
    this.tenant = tenant;
    this.limits = limits;
  }

  @Override
  public Inspected read(SpanRequest request, Sink sink) {
    request.checkpoint().run();
    return switch (request.unit()) {
      case SPANS -> readSpans(request, sink);
      case TRACES -> new TracePages(stream, ofTenant(), request, limits).read(sink);
    };
  }

  private Query ofTenant() {
    return Queries.term("tenant", tenant);
  }

  private static Query startsBetween(long fromNanos, long toNanos) {
    return Queries.range("start", r -> r.gte(JsonData.of(fromNanos)).lte(JsonData.of(toNanos)));
  }

  private Inspected readSpans(SpanRequest request, Sink sink) {
    List<Query> parts = new ArrayList<>();
    parts.add(ofTenant());
    parts.add(startsBetween(request.fromNanos(), request.toNanos()));
    request.needs().forEach(need -> parts.add(ConditionQuery.of(need).query()));
    SpanPages reading = new SpanPages(stream, Queries.all(parts), SortOrder.Desc, PAGE);
    long spans = 0;
    long pages = 0;
    boolean more = true;
    while (more) {
      request.checkpoint().run();
      List<Span> page = reading.next();
      pages++;
      spans += page.size();
      more = !page.isEmpty() && sink.accept(DecodedSpans.batch(page));
    }
    return new Inspected(spans, reading.bytes(), pages, pages, true);
  }

  @Override
  public List<SpanField.Attribute> attributes(
      long fromNanos, long toNanos, Set<SpanField.Scope> scopes, int limit, Runnable checkpoint) {
    checkpoint.run();
    Query query = Queries.all(ofTenant(), startsBetween(fromNanos, toNanos));
    return new FieldTerms(stream, query).attributes(scopes, limit);
  }

  @Override
  public List<SpanValue> values(
      SpanField field,
      long fromNanos,
      long toNanos,
      SpanCondition condition,
      int limit,
      Runnable checkpoint) {
    checkpoint.run();
    Pushed pushed = ConditionQuery.of(condition);
    return pushed.exact() && FieldTerms.covers(field)
        ? new FieldTerms(
                stream, Queries.all(ofTenant(), startsBetween(fromNanos, toNanos), pushed.query()))
            .values(field, limit)
        : SpanValueCounts.of(this, field, fromNanos, toNanos, condition, limit, checkpoint);
  }
}
