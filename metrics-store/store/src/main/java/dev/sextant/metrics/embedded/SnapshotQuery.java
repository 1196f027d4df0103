package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Selects series of a tenant at one moment. Postings are read without the lock; under it only the
 * arrays to read are noted, and the few series that came meanwhile are tested one by one. Blocks
 * are asked afterwards.
 */
final class SnapshotQuery {
  private final List<List<Matcher>> matchers;
  private final long minMillis;
  private final long maxMillis;
  private final Checkpoint checkpoint;
  private List<SeriesEntry> fromHead = List.of();
  private List<Block> blocks = List.of();

  /**
   * @param matchers series that any of the lists selects
   */
  SnapshotQuery(
      List<List<Matcher>> matchers, long minMillis, long maxMillis, Checkpoint checkpoint) {
    this.matchers = matchers;
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
    this.checkpoint = checkpoint;
  }

  Snapshot run(TenantSeries tenant, ReentrantLock view) {
    while (!capture(tenant, view)) {
      // The head moved to blocks meanwhile; the next round sees the new one.
    }
    List<Block> held = blocks;
    Runnable release = () -> held.forEach(Block::release);
    try {
      List<List<SeriesEntry>> places = new ArrayList<>();
      held.forEach(block -> places.add(block.select(matchers, minMillis, maxMillis, checkpoint)));
      places.add(fromHead);
      return Snapshot.of(places, release, checkpoint);
    } catch (RuntimeException failure) {
      release.run();
      throw failure;
    }
  }

  private boolean capture(TenantSeries tenant, ReentrantLock view) {
    Head head = tenant.head();
    int size = head.size();
    BitSet candidates = new BitSet();
    matchers.forEach(list -> candidates.or(head.candidates(list, size, checkpoint)));
    view.lock();
    try {
      if (head != tenant.head()) {
        return false;
      }
      addNewer(head, size, candidates);
      fromHead = entries(head, candidates);
      blocks = tenant.blocks().acquire(minMillis, maxMillis);
      return true;
    } finally {
      view.unlock();
    }
  }

  private void addNewer(Head head, int from, BitSet candidates) {
    for (int id = from; id < head.size(); id++) {
      Labels labels = head.series(id).labels();
      if (matchers.stream()
          .anyMatch(list -> list.stream().allMatch(matcher -> matcher.matches(labels)))) {
        candidates.set(id);
      }
    }
  }

  private List<SeriesEntry> entries(Head head, BitSet ids) {
    List<SeriesEntry> entries = new ArrayList<>(ids.cardinality());
    for (int id = ids.nextSetBit(0); id >= 0; id = ids.nextSetBit(id + 1)) {
      checkpoint.step();
      List<SamplePart> parts = head.series(id).parts(minMillis, maxMillis);
      if (!parts.isEmpty()) {
        entries.add(new SeriesEntry(head.series(id).labels(), parts));
      }
    }
    return entries;
  }
}
