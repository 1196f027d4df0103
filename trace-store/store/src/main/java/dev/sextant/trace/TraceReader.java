package dev.sextant.trace;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.BlockQuery;
import dev.sextant.storage.block.BlockRef;
import dev.sextant.storage.block.BlockSnapshot;
import dev.sextant.storage.block.BlockStore;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.codec.LongSet;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the spans of given traces from all blocks. */
final class TraceReader {
  private static final Logger LOG = LoggerFactory.getLogger(TraceReader.class);

  private final BlockStore blocks;
  private final TraceStoreSettings settings;

  TraceReader(BlockStore blocks, TraceStoreSettings settings) {
    this.blocks = blocks;
    this.settings = settings;
  }

  /** What is made of a span that belongs to a wanted trace. */
  private interface Take {
    void take(TraceId trace, StoredSpans spans, int index);
  }

  /** Each trace's spans, each once; no more of a trace than the bound. */
  Map<TraceId, List<SpanSketch>> sketches(String tenant, Collection<TraceId> wanted) {
    Map<TraceId, List<SpanSketch>> found = new HashMap<>();
    gather(
        tenant,
        wanted,
        (trace, spans, index) -> {
          List<SpanSketch> ofTrace = found.computeIfAbsent(trace, t -> new ArrayList<>());
          if (ofTrace.size() < settings.maxTraceSpans()) {
            ofTrace.add(sketch(spans, index));
          }
        });
    found.replaceAll(
        (trace, all) ->
            once(all, SpanSketch::row, SpanSketch::spanId, span -> span.kind().ordinal()));
    return found;
  }

  private static SpanSketch sketch(StoredSpans spans, int index) {
    return new SpanSketch(
        spans.block().rowNumbers()[index],
        spans.spanIds()[index],
        spans.parents()[index],
        SpanDecoder.kind((int) spans.kinds()[index]),
        SpanDecoder.status((int) spans.statuses()[index]) == Span.Status.ERROR,
        spans.starts()[index],
        Math.max(0, spans.lengths()[index]),
        spans.resource(index).service(),
        spans.name(index));
  }

  /** Of spans with the same id and kind, the first that arrived. */
  private static <T> List<T> once(
      List<T> spans, ToLongFunction<T> row, ToLongFunction<T> id, ToLongFunction<T> kind) {
    List<T> ordered = new ArrayList<>(spans);
    ordered.sort(Comparator.comparingLong(row));
    Map<Span.Kind, LongSet> seen = new EnumMap<>(Span.Kind.class);
    LongFunction<LongSet> ofKind =
        k -> seen.computeIfAbsent(Span.Kind.values()[(int) k], x -> new LongSet());
    ordered.removeIf(span -> !ofKind.apply(kind.applyAsLong(span)).add(id.applyAsLong(span)));
    return ordered;
  }

  private void gather(String tenant, Collection<TraceId> wanted, Take take) {
    LongSet keys = new LongSet();
    wanted.forEach(trace -> keys.add(SpanKeys.ofTrace(trace.high(), trace.low())));
    long[] all = keys.toArray();
    try (BlockSnapshot snapshot = blocks.snapshot(BlockQuery.of(tenant, TimeRange.ALL))) {
      for (BlockRef ref : snapshot.blocks()) {
        try {
          gather(new StoredSpans((RowBlock) ref.open()), wanted, keys, all, take);
        } catch (BlockDamagedException e) {
          blocks.counters().countDamaged();
          LOG.error("a trace is incomplete", e);
        }
      }
    }
  }

  private static void gather(
      StoredSpans spans, Collection<TraceId> wanted, LongSet keys, long[] all, Take take) {
    if (!mightHold(spans, all)) {
      return;
    }
    long[] high = spans.traceHigh();
    long[] low = spans.traceLow();
    for (int i = 0; i < spans.block().rows(); i++) {
      if (keys.contains(SpanKeys.ofTrace(high[i], low[i]))) {
        TraceId trace = new TraceId(high[i], low[i]);
        if (wanted.contains(trace)) {
          take.take(trace, spans, i);
        }
      }
    }
  }

  private static boolean mightHold(StoredSpans spans, long[] keys) {
    for (long key : keys) {
      if (spans.block().mightContain(key)) {
        return true;
      }
    }
    return false;
  }
}
