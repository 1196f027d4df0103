package dev.sextant.api.http;

import com.linecorp.armeria.common.HttpStatus;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Lets so many queries run at once; further ones wait their turn, as many and as long as is
 * configured. Thread-safe.
 */
public final class QueryQueue {
  /** How often one that waits looks whether it is still wanted. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final int maxConcurrent;
  private final int maxQueued;
  private final Duration maxWait;
  private final Semaphore slots;
  private final AtomicInteger queued = new AtomicInteger();

  /**
   * @param maxConcurrent queries that run at one time; {@code query.max-concurrent}
   * @param maxQueued that wait at one time; {@code query.max-queued}
   * @param maxWait of each; {@code query.max-queue-wait}
   */
  public QueryQueue(int maxConcurrent, int maxQueued, Duration maxWait) {
    this.maxConcurrent = maxConcurrent;
    this.maxQueued = maxQueued;
    this.maxWait = maxWait;
    this.slots = new Semaphore(maxConcurrent, true);
  }

  /**
   * Waits until the caller may run; {@link #leave} ends that.
   *
   * @param canceled whether the caller is no longer wanted
   * @throws ApiException 429 where too many wait, 503 where it waited for too long, 499 where it
   *     was called off
   */
  void enter(BooleanSupplier canceled) throws InterruptedException {
    if (slots.tryAcquire()) {
      return;
    }
    if (queued.incrementAndGet() > maxQueued) {
      queued.decrementAndGet();
      throw new ApiException(
          HttpStatus.TOO_MANY_REQUESTS,
          "too_many_requests",
          maxConcurrent
              + " queries run and "
              + maxQueued
              + " wait already; try again soon or raise query.max-concurrent or query.max-queued");
    }
    try {
      await(canceled);
    } finally {
      queued.decrementAndGet();
    }
  }

  private void await(BooleanSupplier canceled) throws InterruptedException {
    long end = System.nanoTime() + maxWait.toNanos();
    for (long left = maxWait.toNanos(); ; left = end - System.nanoTime()) {
      if (slots.tryAcquire(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
        return;
      }
      if (canceled.getAsBoolean()) {
        throw new ApiException(
            HttpStatus.valueOf(499), "canceled", "query was canceled in query queue");
      }
      if (left <= LOOK_NANOS) {
        throw new ApiException(
            HttpStatus.SERVICE_UNAVAILABLE,
            "timeout",
            "query timed out in query queue after "
                + maxWait
                + ": "
                + maxConcurrent
                + " run already; try again soon or raise query.max-concurrent or query.max-queue-wait");
      }
    }
  }

  void leave() {
    slots.release();
  }
}
