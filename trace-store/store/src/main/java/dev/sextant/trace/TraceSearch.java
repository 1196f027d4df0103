package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.BlockQuery;
import dev.sextant.storage.block.BlockRef;
import dev.sextant.storage.block.BlockSnapshot;
import dev.sextant.storage.block.BlockStore;
import dev.sextant.storage.block.PageToken;
import dev.sextant.storage.block.QueryThread;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds traces: walks the blocks newest first, keeps each trace's newest matching span, and
 * summarises those of the page from all their spans. Memory is bounded by the distinct traces and
 * the page, never by the spans.
 */
final class TraceSearch {
  private static final Logger LOG = LoggerFactory.getLogger(TraceSearch.class);

  private final BlockStore blocks;
  private final TraceStoreSettings settings;

  TraceSearch(BlockStore blocks, TraceStoreSettings settings) {
    this.blocks = blocks;
    this.settings = settings;
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
    return new TracePage(
        summaries(plan.tenant(), hits), table.size(), complete && !table.overflowed(), next);
  }

  private List<TraceSummary> summaries(String tenant, List<TraceTable.Hit> hits) {
    List<TraceId> wanted = hits.stream().map(TraceTable.Hit::trace).toList();
    Map<TraceId, List<SpanSketch>> spans =
        new TraceReader(blocks, settings).sketches(tenant, Set.copyOf(wanted));
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
    try (BlockSnapshot snapshot = blocks.snapshot(query(plan))) {
      List<BlockRef> newestFirst = new ArrayList<>(snapshot.blocks());
      newestFirst.sort(Comparator.comparingLong(BlockRef::maxTime).reversed());
      for (BlockRef ref : newestFirst) {
        QueryThread.check();
        try {
          fill(table, plan, matcher, new StoredSpans((RowBlock) ref.open()));
        } catch (BlockDamagedException e) {
          complete = false;
          blocks.counters().countDamaged();
          LOG.error("a search leaves a block out", e);
        }
      }
    }
    return complete;
  }

  private static void fill(
      TraceTable table, TracePlan.Search plan, SpanMatcher matcher, StoredSpans spans) {
    if (!matcher.mayMatch(spans)) {
      return;
    }
    long[] starts = spans.starts();
    long[] rows = spans.block().rowNumbers();
    long[] high = spans.traceHigh();
    long[] low = spans.traceLow();
    for (int i = spans.block().rows() - 1; i >= 0; i--) {
      if (plan.range().contains(starts[i])
          && table.wants(high[i], low[i], starts[i], rows[i])
          && matcher.matches(spans, i)) {
        table.put(high[i], low[i], starts[i], rows[i]);
      }
    }
  }

  private static BlockQuery query(TracePlan.Search plan) {
    String service = requiredService(plan.filter());
    return service == null
        ? BlockQuery.of(plan.tenant(), plan.range())
        : new BlockQuery(plan.tenant(), plan.range(), Set.of(service), List.of());
  }

  /** The one service that every match has, or null. */
  static @Nullable String requiredService(SpanFilter filter) {
    return switch (filter) {
      case SpanFilter.And(List<SpanFilter> parts) -> {
        String service = null;
        for (SpanFilter part : parts) {
          String required = requiredService(part);
          service = required != null ? required : service;
        }
        yield service;
      }
      case SpanFilter.Compare(SpanField field, SpanFilter.Op op, var value)
          when field.equals(SpanField.SERVICE)
              && op == SpanFilter.Op.EQUAL
              && value instanceof AttributeValue.Text(String text) ->
          text;
      default -> null;
    };
  }
}
