package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SampleArray;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Decodes one series at a time, on the way through them. */
final class SelectedSeries implements SeriesSet {
  private final Iterator<SeriesEntry> entries;
  private final long minMillis;
  private final long maxMillis;
  private final Runnable onClose;
  private Labels labels = Labels.EMPTY;
  private final TimeColumns columns = new TimeColumns();

  /** Of the current series, one after another in time, none without a sample in the range. */
  private final List<SampleArray> samples = new ArrayList<>();

  private int left;
  private boolean closed;

  /**
   * @param limit series after which it ends; 0 for none
   */
  SelectedSeries(
      List<SeriesEntry> entries, long minMillis, long maxMillis, int limit, Runnable onClose) {
    this.left = limit == 0 ? Integer.MAX_VALUE : limit;
    this.entries = entries.iterator();
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
    this.onClose = onClose;
  }

  @Override
  public boolean next() {
    while (!closed && left > 0 && entries.hasNext()) {
      SeriesEntry entry = entries.next();
      decode(entry);
      if (!samples.isEmpty()) {
        labels = entry.labels();
        left--;
        return true;
      }
    }
    return false;
  }

  private void decode(SeriesEntry entry) {
    samples.clear();
    if (!entry.isInOrder()) {
      add(entry.samples(minMillis, maxMillis));
      return;
    }
    for (SamplePart part : entry.parts()) {
      if (part.overlaps(minMillis, maxMillis)) {
        add(part.decode(columns));
      }
    }
  }

  private void add(SampleArray part) {
    int first = part.firstAtOrAfter(minMillis);
    if (first < part.size() && part.times()[first] <= maxMillis) {
      samples.add(part);
    }
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public SampleCursor samples() {
    return samples.size() == 1
        ? samples.get(0).cursor(minMillis, maxMillis)
        : new PartsCursor(List.copyOf(samples), minMillis, maxMillis);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
