package dev.sextant.trace;

import dev.sextant.storage.LimitExceededException;
import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.QueryThread;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds one trace by its id, in hot blocks by their bloom filters and in runs by their indexes. Of
 * spans with the same id and kind, the first that arrived stands for all. For one thread.
 */
final class TraceLookup {
  private static final Logger LOG = LoggerFactory.getLogger(TraceLookup.class);

  private final TraceId trace;
  private final TraceStoreSettings settings;
  private final BlockCounters counters;
  private final List<Span> found = new ArrayList<>();

  private record Identity(long spanId, Span.Kind kind) {}

  TraceLookup(TraceId trace, TraceStoreSettings settings, BlockCounters counters) {
    this.trace = trace;
    this.settings = settings;
    this.counters = counters;
  }

  /**
   * @throws LimitExceededException where the trace is larger than the bound
   */
  Optional<Trace> in(SpanSnapshot snapshot) {
    snapshot.hot().forEach(this::look);
    long key = SpanKeys.ofTrace(trace.high(), trace.low());
    snapshot.runs().forEach(run -> run.find(key, this::look));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    found.sort(Comparator.comparingLong(Span::row));
    Set<Identity> seen = new HashSet<>();
    found.removeIf(span -> !seen.add(new Identity(span.spanId(), span.kind())));
    found.sort(Comparator.comparingLong(Span::startNanos).thenComparingLong(Span::row));
    return Optional.of(new Trace(trace, found));
  }

  private void look(SpanBlockRef ref) {
    QueryThread.check();
    try {
      SpanBlock block = ref.open();
      if (block.mightContainTrace(trace.high(), trace.low())) {
        take(block);
      }
    } catch (BlockDamagedException e) {
      counters.countDamaged();
      LOG.error("a trace is incomplete", e);
    }
  }

  private void take(SpanBlock block) {
    long[] high = block.traceHigh();
    long[] low = block.traceLow();
    for (int row = 0; row < block.rows(); row++) {
      if (low[row] == trace.low() && high[row] == trace.high()) {
        if (found.size() >= settings.maxTraceSpans()) {
          throw new LimitExceededException(
              "trace %s has more than storage.traces.max-trace-spans (%d) spans"
                  .formatted(trace, settings.maxTraceSpans()));
        }
        found.add(block.decode(row));
      }
    }
  }
}
