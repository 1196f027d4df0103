package dev.sextant.metrics;

import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.model.Labels;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lists of series met lately. A sender names the same series of a target in the same order again
 * and again; from the second time on their batches share one {@link SeriesNames}. A list is known
 * by the identity of its labels, so comparing it touches none of them.
 *
 * <p>Remembered are lists of {@link #FEWEST} to {@link #MOST} series, of {@link #MAX_SERIES} series
 * together. Thread-safe.
 */
final class SeriesLists {
  /** Fewer are written faster one by one. */
  static final int FEWEST = 16;

  static final int MOST = 4096;
  static final int MAX_SERIES = 1 << 18;
  private static final int PLACES = 1 << 11;

  /** The process's, for lists of all senders together. */
  static final SeriesLists SHARED = new SeriesLists();

  private final AtomicReferenceArray<SeriesNames> known = new AtomicReferenceArray<>(PLACES);
  private final ReentrantLock lock = new ReentrantLock();
  private long series;
  private int hand;

  /** The names of a list that was met before; else null, and the list is met now. */
  @Nullable SeriesNames find(List<SeriesSamples> list) {
    if (list.size() < FEWEST || list.size() > MOST) {
      return null;
    }
    int place = place(list);
    SeriesNames found = known.get(place);
    if (found != null && isOf(found, list)) {
      return found;
    }
    remember(
        place, new SeriesNames(list.stream().map(SeriesSamples::labels).toArray(Labels[]::new)));
    return null;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isOf(SeriesNames names, List<SeriesSamples> list) {
    if (names.size() != list.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.labels(i) != list.get(i).labels()) {
        return false;
      }
    }
    return true;
  }

  private static int place(List<SeriesSamples> list) {
    int hash =
        31 * (31 * list.getFirst().labels().hashCode() + list.getLast().labels().hashCode())
            + list.size();
    return (hash ^ hash >>> 11 ^ hash >>> 22) & (PLACES - 1);
  }

  private void remember(int place, SeriesNames names) {
    lock.lock();
    try {
      series += names.size() - forget(place);
      while (series > MAX_SERIES) {
        series -= forget(hand++ & (PLACES - 1));
      }
      known.set(place, names);
    } finally {
      lock.unlock();
    }
  }

  private int forget(int place) {
    SeriesNames before = known.getAndSet(place, null);
    return before == null ? 0 : before.size();
  }

  /** How many series the remembered lists have together. */
  long series() {
    lock.lock();
    try {
      return series;
    } finally {
      lock.unlock();
    }
  }
}
