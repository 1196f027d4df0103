package dev.sextant.storage.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends in the order they came, bounded by bytes; those that the journal's thread took count
 * until it is done with them. Thread-safe.
 */
final class AppendQueue {
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Append> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  AppendQueue(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  Offer offer(Append append, long size) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      if (bytes + size > maxBytes) {
        return Offer.FULL;
      }
      bytes += size;
      waiting.add(append);
      changed.signal();
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for appends and takes the oldest: one, and as many more as fit together into {@code
   * maxGroupBytes}. Empty once the queue is closed and drained.
   */
  List<Append> take(long maxGroupBytes) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Append> group = new ArrayList<>();
      long groupBytes = 0;
      for (Append next = waiting.peek(); next != null; next = waiting.peek()) {
        groupBytes += next.size();
        if (!group.isEmpty() && groupBytes > maxGroupBytes) {
          break;
        }
        group.add(waiting.remove());
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Stops counting a group that was taken. */
  void done(long groupBytes) {
    lock.lock();
    try {
      bytes -= groupBytes;
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

  /** Refuses further appends; those inside can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
