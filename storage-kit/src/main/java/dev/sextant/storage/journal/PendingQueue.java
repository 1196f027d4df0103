package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches in the order in which the journal has them, bounded in number and bytes until they are
 * answered. Thread-safe.
 */
final class PendingQueue<B extends Batch> {
  private final int maxBatches;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Pending<B>> waiting = new ArrayDeque<>();
  private int batches;
  private long bytes;
  private boolean closed;

  PendingQueue(int maxBatches, long maxBytes) {
    this.maxBatches = maxBatches;
    this.maxBytes = maxBytes;
  }

  enum Offer {
    TAKEN,
    TOO_MANY_BATCHES,
    TOO_MANY_BYTES,
    CLOSED
  }

  /**
   * Where there is room, lets {@code append} put a batch into the journal and keeps its place here.
   * A batch that is larger than the bound alone is taken when nothing else is pending.
   */
  Offer offer(long batchBytes, Supplier<Pending<B>> append) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      if (batches >= maxBatches) {
        return Offer.TOO_MANY_BATCHES;
      }
      if (batches > 0 && bytes + batchBytes > maxBytes) {
        return Offer.TOO_MANY_BYTES;
      }
      waiting.add(append.get());
      batches++;
      bytes += batchBytes;
      changed.signalAll();
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest batch, waiting for one up to a time; null where none came, or none will. */
  @Nullable Pending<B> poll(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Stops counting a batch that was polled. */
  void answered(Pending<B> pending) {
    lock.lock();
    try {
      batches--;
      bytes -= pending.bytes();
    } finally {
      lock.unlock();
    }
  }

  /** Waits a time; a {@link #close} meanwhile cuts it short. */
  void pause(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean wasClosed = closed;
      long left = nanos;
      while (closed == wasClosed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further batches; those inside can still be polled. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Empties the queue. */
  List<Pending<B>> drain() {
    lock.lock();
    try {
      List<Pending<B>> rest = List.copyOf(waiting);
      waiting.clear();
      batches -= rest.size();
      bytes -= rest.stream().mapToLong(Pending::bytes).sum();
      return rest;
    } finally {
      lock.unlock();
    }
  }

  boolean isDrained() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  int batches() {
    lock.lock();
    try {
      return batches;
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
