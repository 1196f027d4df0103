package dev.sextant.metrics.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which day may be dropped: the oldest whose last moment is older than the retention, at most
 * one an hour. Where the wall clock stands more than a day after the newest stamp in the journal,
 * either nothing was ingested for a day or the clock jumped; both look the same, so nothing is
 * dropped and an alarm is logged.
 */
final class Retention {
  static final long PERIOD_MILLIS = Duration.ofHours(1).toMillis();
  static final long JUMP_MILLIS = Duration.ofDays(1).toMillis();

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final long keptMillis;
  private long lastDrop = Long.MIN_VALUE;
  private boolean alarmed;

  Retention(Duration kept) {
    this.keptMillis = kept.toMillis();
  }

  /** Whether the clock is held for wrong at the moment. */
  boolean isAlarmed() {
    return alarmed;
  }

  /**
   * @param days by number since the epoch
   * @param nowMillis the wall clock's time
   * @param newestStampMillis of the journal, as far as the store has seen it
   */
  OptionalLong dayToDrop(Collection<Long> days, long nowMillis, long newestStampMillis) {
    OptionalLong oldest = days.stream().mapToLong(day -> day).min();
    if (oldest.isEmpty()
        || oldest.getAsLong() >= Math.floorDiv(nowMillis - keptMillis, DAY_MILLIS)) {
      alarmed = false;
      return OptionalLong.empty();
    }
    if (nowMillis - newestStampMillis > JUMP_MILLIS) {
      alarm(nowMillis, newestStampMillis);
      return OptionalLong.empty();
    }
    alarmed = false;
    if (lastDrop != Long.MIN_VALUE && Math.abs(nowMillis - lastDrop) < PERIOD_MILLIS) {
      return OptionalLong.empty();
    }
    lastDrop = nowMillis;
    return oldest;
  }

  private void alarm(long nowMillis, long newestStampMillis) {
    if (!alarmed) {
      LOG.error(
          "metrics retention drops nothing: the wall clock says {} and the newest journal record {}; check the clock, or ingest"
              + " something to show that it is right",
          Instant.ofEpochMilli(nowMillis),
          Instant.ofEpochMilli(newestStampMillis));
    }
    alarmed = true;
  }
}
