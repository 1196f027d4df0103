package dev.sextant.collector.derive;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link Derive} on a thread of its own: counts as spans come, and ticks at the interval. On
 * close it counts what is there, ticks once more and ends.
 */
public final class DeriveLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeriveLoop.class);
  private static final int RECORDS_AT_ONCE = 256;
  private static final long POLL_MILLIS = 250;

  private final Derive derive;
  private final long intervalNanos;
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable Throwable failure;

  public DeriveLoop(Derive derive, Duration interval) {
    this.derive = derive;
    this.intervalNanos = interval.toNanos();
    this.thread = Thread.ofPlatform().name("sextant-derive").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Why the loop ended by itself, or null while it runs; for health and alarms. */
  public @Nullable Throwable failure() {
    return failure;
  }

  private void run() {
    try (derive) {
      long nextTick = System.nanoTime() + intervalNanos;
      while (!closing) {
        boolean more = drain();
        if (System.nanoTime() - nextTick >= 0) {
          derive.tick();
          nextTick = Math.max(nextTick + intervalNanos, System.nanoTime());
        } else if (!more) {
          pause(nextTick);
        }
      }
      derive.drain();
      derive.tick();
    } catch (InterruptedException e) {
      LOG.info("derivation was interrupted; it goes on from its last tick after a start");
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      LOG.error("derivation ended; it goes on from its last tick after a restart", e);
    }
  }

  private boolean drain() {
    try {
      return derive.drain(RECORDS_AT_ONCE);
    } catch (IOException e) {
      LOG.error("the span journal cannot be read now; trying again", e);
      return false;
    }
  }

  private void pause(long nextTick) throws InterruptedException {
    long untilTick = Math.max(1, (nextTick - System.nanoTime()) / 1_000_000);
    synchronized (this) {
      if (!closing) {
        wait(Math.min(POLL_MILLIS, untilTick));
      }
    }
  }

  /**
   * Counts what is durable, ticks, and waits for the thread up to 10 seconds. A loop that was never
   * started only closes what it reads.
   */
  @Override
  public void close() {
    if (thread.getState() == Thread.State.NEW) {
      derive.close();
      return;
    }
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join(Duration.ofSeconds(10));
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
