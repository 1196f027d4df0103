package dev.sextant.trace;

import dev.sextant.storage.Position;
import dev.sextant.trace.model.SpanSource;

/**
 * Closes, commits, shows and, if their settings say so, seals every batch's blocks at once, so that
 * queries meet stored blocks only.
 */
record CommittingTraceStore(EmbeddedTraceStore store) implements TraceStore {
  @Override
  public void apply(SpanBatch batch, Position position) {
    store.apply(batch, position);
    store.commit();
    store.maintain();
  }

  @Override
  public <R> R query(TracePlan<R> plan) {
    return store.query(plan);
  }

  @Override
  public SpanSource spans(String tenant) {
    return store.spans(tenant);
  }

  @Override
  public TraceCapabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public long appliedUpTo() {
    return store.appliedUpTo();
  }

  @Override
  public void commit() {
    store.commit();
  }

  @Override
  public void close() {
    store.close();
  }
}
