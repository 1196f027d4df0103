package dev.sextant.collector.http;

import java.util.concurrent.atomic.AtomicLong;

/** Memory of all bodies that are being read or worked on, bounded as a whole. Thread-safe. */
public final class BodyMemory {
  public static final String SETTING = "ingest.limits.bodies-in-flight";

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param limit in bytes
   */
  public BodyMemory(long limit) {
    this.limit = limit;
  }

  public long limit() {
    return limit;
  }

  /** Bytes that leases hold now. */
  public long used() {
    return used.get();
  }

  Lease lease() {
    return new Lease();
  }

  private boolean reserve(long bytes) {
    for (; ; ) {
      long now = used.get();
      if (now + bytes > limit) {
        return false;
      }
      if (used.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
  }

  /** One body's share. Used by one thread at a time; closing twice is harmless. */
  public final class Lease implements AutoCloseable {
    private long held;

    /** False, and nothing taken, where the memory of all bodies would exceed its limit. */
    public boolean grow(long bytes) {
      if (!reserve(bytes)) {
        return false;
      }
      held += bytes;
      return true;
    }

    public void shrink(long bytes) {
      held -= bytes;
      used.addAndGet(-bytes);
    }

    @Override
    public void close() {
      shrink(held);
    }
  }
}
