package dev.sextant.log;

import dev.sextant.storage.Position;

/**
 * Closes, commits and shows every batch's blocks at once, so that queries meet stored blocks only.
 */
record CommittingLogStore(EmbeddedLogStore store) implements LogStore {
  @Override
  public void apply(LogBatch batch, Position position) {
    store.apply(batch, position);
    store.commit();
  }

  @Override
  public <R> R query(LogPlan<R> plan) {
    return store.query(plan);
  }

  @Override
  public LogCapabilities capabilities() {
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
