package dev.sextant.api.log;

import dev.sextant.log.LogBatch;
import dev.sextant.log.LogCapabilities;
import dev.sextant.log.LogPlan;
import dev.sextant.log.LogStore;
import dev.sextant.storage.Position;
import java.util.ArrayList;
import java.util.List;

/** A store that can do the least, holds nothing, and remembers what it was asked. */
final class WordsOnlyLogStore implements LogStore {
  private final List<LogPlan<?>> asked = new ArrayList<>();

  List<LogPlan<?>> asked() {
    return asked;
  }

  @Override
  public void apply(LogBatch batch, Position position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long appliedUpTo() {
    return 0;
  }

  @Override
  public void commit() {}

  @Override
  @SuppressWarnings("unchecked")
  public <R> R query(LogPlan<R> plan) {
    capabilities().check(plan);
    asked.add(plan);
    return (R) new LogPlan.LogPage(List.of(), 0, true, null);
  }

  @Override
  public LogCapabilities capabilities() {
    return LogCapabilities.LEAST;
  }

  @Override
  public void close() {}
}
