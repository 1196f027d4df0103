package dev.sextant.trace.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.sextant.storage.elasticsearch.Queries;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.trace.DecodedSpans;
import dev.sextant.trace.Span;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a request by traces: finds those with a span for the rarest of its needs, asks for each
 * other need which of them have a span for it too, and reads the ones that are left whole. For one
 * thread.
 */
final class TracePages {
  private static final Logger LOG = LoggerFactory.getLogger(TracePages.class);
  private static final int PAGE = 2_000;

  /** Needs are told apart by how often they are met up to so many times. */
  private static final int COUNTED = 100_000;

  private final RowStream stream;
  private final Query ofTenant;
  private final SpanRequest request;
  private final ElasticsearchTraceLimits limits;
  private final List<Query> needs = new ArrayList<>();
  private final TraceWindows windows;
  private long spans;
  private long bytes;
  private long pages;
  private boolean complete = true;

  TracePages(
      RowStream stream, Query ofTenant, SpanRequest request, ElasticsearchTraceLimits limits) {
    this.stream = stream;
    this.ofTenant = ofTenant;
    this.request = request;
    this.limits = limits;
    for (var need : request.needs()) {
      Pushed pushed = ConditionQuery.of(need);
      if (!pushed.everything()) {
        needs.add(pushed.query());
      }
    }
    if (needs.size() > 1) {
      Map<Query, Long> counts = new IdentityHashMap<>();
      needs.forEach(need -> counts.put(need, count(need)));
      needs.sort(Comparator.comparing(counts::get));
    }
    Query rarest = needs.isEmpty() ? Queries.all() : needs.getFirst();
    this.windows = new TraceWindows(stream, Queries.all(ofTenant, near(), rarest));
  }

  /** Spans that start so near to the range that their trace may reach into it. */
  private Query near() {
    long margin = limits.maxTraceLength().toNanos();
    long from = request.fromNanos() - margin;
    long to = request.toNanos() + margin;
    JsonData least = JsonData.of(from > request.fromNanos() ? Long.MIN_VALUE : from);
    JsonData most = JsonData.of(to < request.toNanos() ? Long.MAX_VALUE : to);
    return Queries.range("start", r -> r.gte(least).lte(most));
  }

  private long count(Query need) {
    request.checkpoint().run();
    var total =
        stream
            .search(
                s ->
                    s.query(Queries.all(ofTenant, near(), need))
                        .size(0)
                        .trackTotalHits(t -> t.count(COUNTED)))
            .hits()
            .total();
    return total == null ? COUNTED : total.value();
  }

  SpanSource.Inspected read(SpanSource.Sink sink) {
    boolean more = true;
    while (more && !windows.isLast()) {
      request.checkpoint().run();
      List<TraceWindows.Found> found = windows.next();
      for (int i = 1; i < needs.size() && !found.isEmpty(); i++) {
        request.checkpoint().run();
        Map<String, Long> met = counts(Queries.all(ofTenant, needs.get(i)), found);
        found = found.stream().filter(each -> met.containsKey(each.traceId())).toList();
      }
      more = found.isEmpty() || give(batches(found), sink);
    }
    return new SpanSource.Inspected(spans, bytes, pages, pages, complete);
  }

  private Map<String, Long> counts(Query query, List<TraceWindows.Found> traces) {
    return TraceWindows.counts(
        stream, query, traces.stream().map(TraceWindows.Found::traceId).toList());
  }

  /** Traces parted so that no part is larger than it may be, but for one of a single trace. */
  private List<List<TraceWindows.Found>> batches(List<TraceWindows.Found> found) {
    Map<String, Long> sizes = counts(ofTenant, found);
    List<List<TraceWindows.Found>> batches = new ArrayList<>();
    long rows = 0;
    for (TraceWindows.Found trace : found) {
      long size = sizes.getOrDefault(trace.traceId(), 0L);
      if (size > limits.maxTraceSpans()) {
        leaveOut(trace, size);
        continue;
      }
      rows += size;
      if (batches.isEmpty() || rows > limits.maxBatchSpans()) {
        batches.add(new ArrayList<>());
        rows = size;
      }
      batches.getLast().add(trace);
    }
    return batches;
  }

  private void leaveOut(TraceWindows.Found trace, long size) {
    complete = false;
    LOG.warn(
        "a query leaves trace {} out, which has {} spans and so more than"
            + " storage.traces.max-trace-spans ({})",
        trace.traceId(),
        size,
        limits.maxTraceSpans());
  }

  private boolean give(List<List<TraceWindows.Found>> batches, SpanSource.Sink sink) {
    for (int i = 0; i < batches.size(); i++) {
      long later =
          i + 1 < batches.size() ? batches.get(i + 1).getFirst().startNanos() : windows.endNanos();
      List<String> ids = batches.get(i).stream().map(TraceWindows.Found::traceId).toList();
      if (!give(ids, later, sink)) {
        return false;
      }
    }
    return true;
  }

  private boolean give(List<String> ids, long later, SpanSource.Sink sink) {
    SpanPages reading =
        new SpanPages(
            stream, Queries.all(ofTenant, Queries.terms("trace_id", ids)), SortOrder.Asc, PAGE);
    List<Span> read = new ArrayList<>();
    List<Span> page;
    do {
      request.checkpoint().run();
      page = reading.next();
      read.addAll(page);
      pages++;
    } while (!page.isEmpty());
    spans += read.size();
    bytes += reading.bytes();
    SpanBatch batch = DecodedSpans.traces(read, request.fromNanos(), request.toNanos(), later);
    return batch == null || sink.accept(batch);
  }
}
