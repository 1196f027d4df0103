package dev.sextant.storage.journal;

import dev.sextant.storage.Position;
import dev.sextant.storage.Store;
import dev.sextant.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A store in memory that fails, waits and crashes when told to. Thread-safe. */
final class MemoryStore implements Store<Records.TextBatch> {
  private final List<Applied> applied = new ArrayList<>();
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE);
  private int committed;
  private boolean dead;
  private int failures;
  private int defects;
  private int commits;
  private int failed;
  private final CountDownLatch committedOnce = new CountDownLatch(1);

  record Applied(String text, Position position, int rows) {
    long endRow() {
      return position.row() + rows;
    }
  }

  @Override
  public void apply(Records.TextBatch batch, Position position) {
    gate.acquireUninterruptibly();
    gate.release();
    synchronized (this) {
      requireLife();
      if (failures > 0) {
        failures--;
        failed++;
        notifyAll();
        throw new StoreException("the engine is away");
      }
      if (defects > 0) {
        defects--;
        throw new IllegalStateException("a defect");
      }
      if (position.row() < endOf(applied.size())) {
        if (position.row() >= appliedUpTo()) {
          throw new AssertionError("row " + position.row() + " was applied twice");
        }
        return;
      }
      applied.add(new Applied(batch.text(), position, batch.rows()));
    }
  }

  private void requireLife() {
    if (dead) {
      throw new StoreException("the engine is dead");
    }
  }

  private long endOf(int count) {
    return count == 0 ? 0 : applied.get(count - 1).endRow();
  }

  @Override
  public synchronized long appliedUpTo() {
    return endOf(committed);
  }

  @Override
  public synchronized void commit() {
    requireLife();
    committed = applied.size();
    commits++;
    committedOnce.countDown();
  }

  @Override
  public void close() {
    commit();
  }

  /** Batches wait inside {@link #apply} until {@link #unblock}. */
  void block() {
    gate.drainPermits();
  }

  void unblock() {
    gate.release(Integer.MAX_VALUE - gate.availablePermits() - 1);
  }

  synchronized void fail(int times) {
    failures = times;
  }

  synchronized void choke(int times) {
    defects = times;
  }

  /** Waits until so many offers failed. */
  synchronized void awaitFailures(int count) throws InterruptedException {
    while (failed < count) {
      wait();
    }
  }

  void awaitCommit() throws InterruptedException {
    committedOnce.await();
  }

  /** Takes and commits nothing any more. */
  synchronized void die() {
    dead = true;
  }

  /** Comes back without what was not committed. */
  synchronized void revive() {
    dead = false;
    failures = 0;
    applied.subList(committed, applied.size()).clear();
  }

  synchronized int commits() {
    return commits;
  }

  synchronized List<Applied> applied() {
    return List.copyOf(applied);
  }

  List<String> texts() {
    return applied().stream().map(Applied::text).toList();
  }
}
