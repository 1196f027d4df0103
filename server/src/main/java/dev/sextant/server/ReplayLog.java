package dev.sextant.server;

import dev.sextant.storage.journal.ReplayListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log how far a store has caught up with its journal, at most once in five seconds. */
final class ReplayLog implements ReplayListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayLog.class);
  private static final long PAUSE_NANOS = 5_000_000_000L;

  private final String name;
  private long saidNanos = System.nanoTime();

  ReplayLog(String name) {
    this.name = name;
  }

  @Override
  public void replayed(long row, long endRow) {
    long now = System.nanoTime();
    if (now - saidNanos >= PAUSE_NANOS) {
      saidNanos = now;
      LOG.info("{}: catching up with the journal, {} rows to go", name, endRow - row);
    }
  }
}
