package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import dev.sextant.storage.Position;
import dev.sextant.storage.Store;
import dev.sextant.storage.StoreException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers batches to a store until it takes them, and commits by time and bytes. For one thread,
 * save for {@link #behind}, {@link #giveUpAfter} and the counters.
 */
final class StoreFeed<B extends Batch> {
  /** The store's name among the journal's holders. */
  static final String HOLDER = "store";

  private static final Logger LOG = LoggerFactory.getLogger(StoreFeed.class);

  private final String name;
  private final Journal journal;
  private final Store<B> store;
  private final WriterSettings settings;
  private final PendingQueue<B> queue;
  private volatile @Nullable String behind;
  private volatile @Nullable Long giveUpAtNanos;
  private boolean dirty;
  private long bytesSinceCommit;
  private long lastCommitNanos = System.nanoTime();

  final AtomicLong retries = new AtomicLong();
  final AtomicLong skipped = new AtomicLong();
  final AtomicLong commits = new AtomicLong();
  final AtomicLong commitFailures = new AtomicLong();

  /** What became of a batch. */
  sealed interface Outcome {
    record Applied() implements Outcome {}

    /** The store choked on it for a defect of ours; offering it again would not help. */
    record Skipped(RuntimeException cause) implements Outcome {}

    /** The store failed until the time to close was over. */
    record GivenUp(StoreException cause) implements Outcome {}
  }

  StoreFeed(
      String name,
      Journal journal,
      Store<B> store,
      WriterSettings settings,
      PendingQueue<B> queue) {
    this.name = name;
    this.journal = journal;
    this.store = store;
    this.settings = settings;
    this.queue = queue;
  }

  /** Why the store takes nothing now, or null where it does. */
  @Nullable String behind() {
    return behind;
  }

  /** From now on the store gets no more than this time to recover. */
  void giveUpAfter(long nanos) {
    giveUpAtNanos = System.nanoTime() + nanos;
  }

  /** Offers a batch again and again, with growing pauses, while the store fails. */
  Outcome apply(B batch, Position position, long bytes) throws InterruptedException {
    long pause = settings.firstRetry().toNanos();
    while (true) {
      try {
        store.apply(batch, position);
        took(bytes);
        return new Outcome.Applied();
      } catch (StoreException e) {
        Long giveUpAt = giveUpAtNanos;
        if (giveUpAt != null && System.nanoTime() - giveUpAt >= 0) {
          return new Outcome.GivenUp(e);
        }
        failed(e);
        queue.pause(pause);
        pause = Math.min(2 * pause, settings.longestRetry().toNanos());
      } catch (RuntimeException e) {
        skipped.incrementAndGet();
        LOG.error("store {} choked on the batch at row {}: skipped", name, position.row(), e);
        return new Outcome.Skipped(e);
      }
    }
  }

  private void took(long bytes) {
    if (behind != null) {
      LOG.info("store {} takes batches again", name);
      behind = null;
    }
    dirty = true;
    bytesSinceCommit += bytes;
    if (bytesSinceCommit >= settings.commitBytes()) {
      commit();
    }
  }

  private void failed(StoreException e) {
    if (behind == null) {
      LOG.warn("store {} does not take batches, trying again", name, e);
    }
    behind = String.valueOf(e.getMessage());
    retries.incrementAndGet();
  }

  /** How long until a commit is due. */
  long nanosToCommit() {
    return lastCommitNanos + settings.commitInterval().toNanos() - System.nanoTime();
  }

  /** Commits where the interval is over. */
  void commitIfDue() {
    if (nanosToCommit() <= 0) {
      commit();
    }
  }

  /** Commits what was applied, and frees the journal below it. */
  void commit() {
    lastCommitNanos = System.nanoTime();
    bytesSinceCommit = 0;
    if (!dirty) {
      return;
    }
    try {
      store.commit();
      journal.hold(HOLDER, store.appliedUpTo());
      journal.free();
      dirty = false;
      commits.incrementAndGet();
    } catch (IOException | RuntimeException e) {
      commitFailures.incrementAndGet();
      LOG.error("store {} did not commit; the journal keeps its rows", name, e);
    }
  }
}
