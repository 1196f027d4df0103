package dev.sextant.trace;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads on which all requests to a store look at blocks ahead: as many as processors, at most;
 * none while nobody asks. Thread-safe.
 */
final class ScanThreads implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final int threads;
  private final ThreadPoolExecutor executor;

  ScanThreads(int threads) {
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "sextant-scan-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** How many groups of blocks one request looks at ahead at most. */
  int groupsAhead() {
    return 2 * threads;
  }

  <T> Future<T> submit(Callable<T> task) {
    return executor.submit(task);
  }

  /** Lets what was submitted end. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
