package dev.sextant.trace;

import dev.sextant.storage.Store;
import dev.sextant.trace.model.SpanSource;

/**
 * Keeps spans and answers questions about them. Queries are thread-safe and see every applied row.
 */
public interface TraceStore extends Store<SpanBatch> {
  /** Answers a plan. */
  <R> R query(TracePlan<R> plan);

  /** A tenant's spans, for query engines. */
  SpanSource spans(String tenant);

  TraceCapabilities capabilities();
}
