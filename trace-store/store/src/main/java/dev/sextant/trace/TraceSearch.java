package dev.sextant.trace;

import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.PageToken;
import dev.sextant.storage.block.QueryThread;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds traces: walks the blocks newest first, keeps each trace's newest matching span, and
 * summarises those of the page from all their spans. Memory is bounded by the distinct traces and
 * the page, never by the spans.
 */
final class TraceSearch {
  private static final Logger LOG = LoggerFactory.getLogger(TraceSearch.class);

  private final SpanSnapshot snapshot;
  private final TraceStoreSettings settings;
  private final BlockCounters counters;

  TraceSearch(SpanSnapshot snapshot, TraceStoreSettings settings, BlockCounters counters) {
    this.snapshot = snapshot;
    this.settings = settings;
    this.counters = counters;
  }

  TracePage search(TracePlan.Search plan) {
    int limit = Math.clamp(plan.limit(), 1, 1000);
    int fingerprint = List.of(plan.tenant(), plan.range(), plan.filter()).toString().hashCode();
    PageToken from =
        plan.pageToken() == null
            ? PageToken.NEWEST
            : PageToken.parse(plan.pageToken(), fingerprint);
    TraceTable table = new TraceTable(settings.maxSearchTraces());
    boolean complete = fill(table, plan);
    List<TraceTable.Hit> hits = table.newestBefore(from.timeNanos(), from.row(), limit + 1);
    String next = null;
    if (hits.size() > limit) {
      TraceTable.Hit last = hits.get(limit - 1);
      next = new PageToken(last.timeNanos(), last.row()).format(fingerprint);
      hits = hits.subList(0, limit);
    }
    return new TracePage(summaries(hits), table.size(), complete && !table.overflowed(), next);
  }

  private List<TraceSummary> summaries(List<TraceTable.Hit> hits) {
    List<TraceId> wanted = hits.stream().map(TraceTable.Hit::trace).toList();
    Map<TraceId, List<SpanSketch>> spans =
        new TraceReader(snapshot, settings, counters).sketches(Set.copyOf(wanted));
    List<TraceSummary> summaries = new ArrayList<>();
    for (TraceId trace : wanted) {
      List<SpanSketch> ofTrace = spans.get(trace);
      if (ofTrace != null) {
        summaries.add(TraceSummarizer.summarize(trace, ofTrace));
      }
    }
    return summaries;
  }

  /** False where a block could not be read. */
  private boolean fill(TraceTable table, TracePlan.Search plan) {
    SpanMatcher matcher = new SpanMatcher(plan.filter());
    boolean complete = true;
    List<SpanBlockRef> newestFirst = snapshot.blocks(plan.range());
    newestFirst.sort(Comparator.comparingLong(SpanBlockRef::maxStart).reversed());
    for (SpanBlockRef ref : newestFirst) {
      QueryThread.check();
      try {
        fill(table, plan, matcher, new BlockSpans(ref.open()));
      } catch (BlockDamagedException e) {
        complete = false;
        counters.countDamaged();
        LOG.error("a search leaves a block out", e);
      }
    }
    return complete;
  }

  private static void fill(
      TraceTable table, TracePlan.Search plan, SpanMatcher matcher, BlockSpans spans) {
    if (!matcher.mayMatch(spans)) {
      return;
    }
    SpanBlock block = spans.block();
    long[] starts = block.starts();
    long[] rows = block.rowNumbers();
    long[] high = block.traceHigh();
    long[] low = block.traceLow();
    for (int i = block.rows() - 1; i >= 0; i--) {
      if (plan.range().contains(starts[i])
          && table.wants(high[i], low[i], starts[i], rows[i])
          && matcher.matches(spans, i)) {
        table.put(high[i], low[i], starts[i], rows[i]);
      }
    }
  }
}
