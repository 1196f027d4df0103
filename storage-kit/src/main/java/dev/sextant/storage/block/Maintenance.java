package dev.sextant.storage.block;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread that does a store's background work once a second. */
final class Maintenance {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
  private static final long PERIOD_MILLIS = 1000;

  /** Long work rests a third of the time. */
  private static final long WORK_NANOS = 10_000_000;

  private static final long REST_MILLIS = 5;

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  // Of that thread only:
  private long workedFrom = System.nanoTime();
  private long secondFrom = System.nanoTime();

  private Maintenance(String signal, Runnable work) {
    this.thread =
        Thread.ofPlatform().daemon().name("sextant-blocks-" + signal).unstarted(() -> run(work));
  }

  static Maintenance start(String signal, Runnable work) {
    Maintenance maintenance = new Maintenance(signal, work);
    maintenance.thread.start();
    return maintenance;
  }

  private void run(Runnable work) {
    try {
      while (!stopping.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        workedFrom = secondFrom = System.nanoTime();
        try {
          work.run();
        } catch (RuntimeException e) {
          LOG.error("background work failed and will be tried again", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Has the thread of the work rest for a little, where it has worked for long enough.
   *
   * @return whether a second has passed since this was true before, or since the work began
   */
  boolean pauses() {
    long now = System.nanoTime();
    if (now - workedFrom > WORK_NANOS) {
      try {
        if (stopping.await(REST_MILLIS, TimeUnit.MILLISECONDS)) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      workedFrom = System.nanoTime();
    }
    boolean second = now - secondFrom > TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
    secondFrom = second ? now : secondFrom;
    return second;
  }

  /** Waits for work that is under way. */
  void stop() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
