package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;

/** Series that are closed once, however often that is asked. */
final class OpenSet implements SeriesSet {
  private final SeriesSet set;
  private boolean closed;

  OpenSet(SeriesSet set) {
    this.set = set;
  }

  @Override
  public boolean next() {
    return !closed && set.next();
  }

  @Override
  public Labels labels() {
    return set.labels();
  }

  @Override
  public SampleCursor samples() {
    return set.samples();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      set.close();
    }
  }
}
