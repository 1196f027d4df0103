package dev.sextant.trace;

import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.QueryThread;
import dev.sextant.storage.codec.LongSet;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what summaries need of some traces' spans. Of spans with the same id and kind, the first
 * that arrived stands for all. For one thread.
 */
final class TraceSketches {
  private static final Logger LOG = LoggerFactory.getLogger(TraceSketches.class);

  private final List<TraceId> traces;
  private final TraceStoreSettings settings;
  private final BlockCounters counters;
  private final Map<TraceId, List<SpanSketch>> found = new HashMap<>();
  private final LongSet keys = new LongSet();

  private record Identity(long spanId, Span.Kind kind) {}

  TraceSketches(List<TraceId> traces, TraceStoreSettings settings, BlockCounters counters) {
    this.traces = traces;
    this.settings = settings;
    this.counters = counters;
  }

  /** Summaries in the order of the traces, but for those without spans. */
  List<TraceSummary> summaries(SpanSnapshot snapshot) {
    for (TraceId trace : traces) {
      found.put(trace, new ArrayList<>());
      keys.add(SpanKeys.ofTrace(trace.high(), trace.low()));
    }
    Set<SpanBlockRef> blocks = Collections.newSetFromMap(new IdentityHashMap<>());
    blocks.addAll(snapshot.hot());
    for (TraceId trace : traces) {
      long key = SpanKeys.ofTrace(trace.high(), trace.low());
      snapshot.runs().forEach(run -> run.find(key, blocks::add));
    }
    blocks.forEach(this::look);
    List<TraceSummary> summaries = new ArrayList<>();
    for (TraceId trace : traces) {
      List<SpanSketch> spans = once(found.getOrDefault(trace, List.of()));
      if (!spans.isEmpty()) {
        summaries.add(TraceSummarizer.summarize(trace, spans));
      }
    }
    return summaries;
  }

  private static List<SpanSketch> once(List<SpanSketch> spans) {
    List<SpanSketch> byArrival = new ArrayList<>(spans);
    byArrival.sort(Comparator.comparingLong(SpanSketch::row));
    Set<Identity> seen = new HashSet<>();
    byArrival.removeIf(span -> !seen.add(new Identity(span.spanId(), span.kind())));
    return byArrival;
  }

  private void look(SpanBlockRef ref) {
    QueryThread.check();
    try {
      SpanBlock block = ref.open();
      for (TraceId trace : traces) {
        if (block.mightContainTrace(trace.high(), trace.low())) {
          take(block);
          return;
        }
      }
    } catch (BlockDamagedException e) {
      counters.countDamaged();
      LOG.error("a summary is incomplete", e);
    }
  }

  private void take(SpanBlock block) {
    long[] high = block.traceHigh();
    long[] low = block.traceLow();
    int[] rows = new int[block.rows()];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      if (keys.contains(SpanKeys.ofTrace(high[row], low[row]))) {
        rows[count++] = row;
      }
    }
    if (count > 0) {
      Sketching sketching = new Sketching(block);
      for (int i = 0; i < count; i++) {
        add(new TraceId(high[rows[i]], low[rows[i]]), sketching.sketch(rows[i]));
      }
    }
  }

  /** No more spans of a trace than the bound. */
  private void add(TraceId trace, SpanSketch span) {
    List<SpanSketch> spans = found.get(trace);
    if (spans != null && spans.size() < settings.maxTraceSpans()) {
      spans.add(span);
    }
  }

  /** A block's columns, as far as sketches need them. */
  private static final class Sketching {
    private final SpanBlock block;
    private final BlockSpans spans;
    private final long[] rowNumbers;
    private final long[] spanIds;
    private final long[] parentIds;
    private final long[] starts;
    private final long[] durations;

    Sketching(SpanBlock block) {
      this.block = block;
      spans = new BlockSpans(block);
      rowNumbers = block.rowNumbers();
      spanIds = block.spanIds();
      parentIds = block.parentIds();
      starts = block.starts();
      durations = block.durations();
    }

    SpanSketch sketch(int row) {
      Span.Kind kind = spans.kind(row);
      return new SpanSketch(
          rowNumbers[row],
          spanIds[row],
          parentIds[row],
          kind,
          spans.status(row) == Span.Status.ERROR,
          kind == Span.Kind.CLIENT && block.namesDatabase(row),
          starts[row],
          durations[row],
          spans.service(row),
          spans.name(row));
    }
  }
}
