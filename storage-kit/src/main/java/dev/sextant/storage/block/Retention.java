package dev.sextant.storage.block;

import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops whole partitions that are older than the retention, at most one in an interval. Age is
 * counted from the journal's trusted stamps, never from the clock; where the clock and the newest
 * stamp are too far apart, nothing is dropped, and an alarm says so.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final BlockSchema schema;
  private final BlockSettings settings;
  private final InstantSource clock;
  private final Partitions partitions;
  private final Object stateLock;
  private final BlockCounters counters;
  private long lastMillis = Long.MIN_VALUE;

  Retention(
      BlockSchema schema,
      BlockSettings settings,
      InstantSource clock,
      Partitions partitions,
      Object stateLock,
      BlockCounters counters) {
    this.schema = schema;
    this.settings = settings;
    this.clock = clock;
    this.partitions = partitions;
    this.stateLock = stateLock;
    this.counters = counters;
  }

  /**
   * Drops the oldest partition if it is past its time, or if all take too many bytes. Called by one
   * thread at a time.
   */
  void dropOne(JournalStamps.State stamps, boolean clockAgrees, long diskBytes) {
    long now = clock.millis();
    if (lastMillis != Long.MIN_VALUE
        && Math.abs(now - lastMillis) < settings.dropInterval().toMillis()) {
      return;
    }
    if (partitions.all().isEmpty()
        || !(partitions.all().getFirst() instanceof SealedPartition oldest)) {
      return;
    }
    if (settings.maxBytes() > 0 && diskBytes > settings.maxBytes()) {
      lastMillis = now;
      drop(
          oldest,
          "%d bytes are more than %s.max-bytes (%d)"
              .formatted(diskBytes, schema.signal(), settings.maxBytes()));
      return;
    }
    long horizon = settings.retention().toMillis();
    boolean old = stamps.trusted() - horizon >= oldest.name().endMillis();
    boolean suspicious = stamps.newest() - horizon >= oldest.name().endMillis();
    if (old && clockAgrees) {
      lastMillis = now;
      drop(oldest, "older than retention (" + settings.retention() + ")");
    } else if (old || suspicious) {
      lastMillis = now;
      counters.dropsRefused.increment();
      LOG.error(
          "{}: partition {} is kept although it looks older than retention ({}): clock {}, newest journal stamp {},"
              + " trusted stamp {} (ms since the epoch) are further apart than retention-clock-tolerance ({});"
              + " set the clock right, or wait until the journal's stamps have gone on for as long",
          schema.signal(),
          oldest.name().name(),
          settings.retention(),
          now,
          stamps.newest(),
          stamps.trusted(),
          settings.clockTolerance());
    }
  }

  private void drop(SealedPartition oldest, String why) {
    synchronized (stateLock) {
      partitions.remove(oldest);
    }
    try {
      partitions.drop(oldest);
      LOG.info("{}: dropped partition {}: {}", schema.signal(), oldest.name().name(), why);
    } catch (IOException e) {
      LOG.error(
          "{}: partition {} cannot be deleted: {}", schema.signal(), oldest.name().name(), why, e);
    }
  }
}
