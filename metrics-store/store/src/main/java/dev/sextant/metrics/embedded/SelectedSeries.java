package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SampleArray;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import java.util.Iterator;
import java.util.List;

/** Decodes one series at a time, on the way through them. */
final class SelectedSeries implements SeriesSet {
  private final Iterator<SeriesEntry> entries;
  private final long minMillis;
  private final long maxMillis;
  private final Runnable onClose;
  private Labels labels = Labels.EMPTY;
  private SampleArray samples = SampleArray.EMPTY;
  private boolean closed;

  SelectedSeries(List<SeriesEntry> entries, long minMillis, long maxMillis, Runnable onClose) {
    this.entries = entries.iterator();
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
    this.onClose = onClose;
  }

  @Override
  public boolean next() {
    while (!closed && entries.hasNext()) {
      SeriesEntry entry = entries.next();
      if (entry.hasSamples(minMillis, maxMillis)) {
        labels = entry.labels();
        samples = entry.samples(minMillis, maxMillis);
        return true;
      }
    }
    return false;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public SampleCursor samples() {
    return samples.cursor(minMillis, maxMillis);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
