package dev.sextant.storage.block;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread that does a store's background work once a second. */
final class Maintenance {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
  private static final long PERIOD_MILLIS = 1000;

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

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
