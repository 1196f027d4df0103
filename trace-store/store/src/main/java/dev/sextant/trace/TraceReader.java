package dev.sextant.trace;

import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.codec.LongSet;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the spans of given traces from all blocks. */
final class TraceReader {
  private static final Logger LOG = LoggerFactory.getLogger(TraceReader.class);

  private final SpanSnapshot snapshot;
  private final TraceStoreSettings settings;
  private final BlockCounters counters;

  TraceReader(SpanSnapshot snapshot, TraceStoreSettings settings, BlockCounters counters) {
    this.snapshot = snapshot;
    this.settings = settings;
    this.counters = counters;
  }

  /** What is made of a span that belongs to a wanted trace. */
  private interface Take {
    void take(TraceId trace, BlockSpans spans, int index);
  }

  /** Each trace's spans, each once; no more of a trace than the bound. */
  Map<TraceId, List<SpanSketch>> sketches(Collection<TraceId> wanted) {
    Map<TraceId, List<SpanSketch>> found = new HashMap<>();
    gather(
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

  private static SpanSketch sketch(BlockSpans spans, int index) {
    SpanBlock block = spans.block();
    return new SpanSketch(
        block.rowNumbers()[index],
        block.spanIds()[index],
        block.parentIds()[index],
        spans.kind(index),
        spans.status(index) == Span.Status.ERROR,
        block.starts()[index],
        block.durations()[index],
        spans.service(index),
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

  private void gather(Collection<TraceId> wanted, Take take) {
    LongSet keys = new LongSet();
    wanted.forEach(trace -> keys.add(SpanKeys.ofTrace(trace.high(), trace.low())));
    Set<SpanBlockRef> ofRuns = Collections.newSetFromMap(new IdentityHashMap<>());
    for (SpanRun run : snapshot.runs()) {
      for (long key : keys.toArray()) {
        run.find(key, ofRuns::add);
      }
    }
    snapshot.hot().forEach(ref -> gather(ref, wanted, keys, take));
    ofRuns.forEach(ref -> gather(ref, wanted, keys, take));
  }

  private void gather(SpanBlockRef ref, Collection<TraceId> wanted, LongSet keys, Take take) {
    try {
      BlockSpans spans = new BlockSpans(ref.open());
      if (wanted.stream().anyMatch(t -> spans.block().mightContainTrace(t.high(), t.low()))) {
        gather(spans, wanted, keys, take);
      }
    } catch (BlockDamagedException e) {
      counters.countDamaged();
      LOG.error("a trace is incomplete", e);
    }
  }

  private static void gather(
      BlockSpans spans, Collection<TraceId> wanted, LongSet keys, Take take) {
    long[] high = spans.block().traceHigh();
    long[] low = spans.block().traceLow();
    for (int i = 0; i < spans.block().rows(); i++) {
      if (keys.contains(SpanKeys.ofTrace(high[i], low[i]))) {
        TraceId trace = new TraceId(high[i], low[i]);
        if (wanted.contains(trace)) {
          take.take(trace, spans, i);
        }
      }
    }
  }
}
