package dev.sextant.storage.journal;

import java.time.Duration;

/**
 * Bounds and times of a {@link DurableWriter}.
 *
 * @param maxPendingBatches batches taken and not yet answered; more are throttled
 * @param maxPendingBytes their payloads' bytes; more are throttled
 * @param commitInterval the store commits at least this often while it takes batches
 * @param commitBytes and at least once in so many bytes of payload; together they bound replay
 * @param firstRetry a store that failed is tried again after this, then after twice as long each
 * @param longestRetry time, but at most after this
 * @param closeTimeout how long {@link DurableWriter#close} waits for a store that fails
 */
public record WriterSettings(
    int maxPendingBatches,
    long maxPendingBytes,
    Duration commitInterval,
    long commitBytes,
    Duration firstRetry,
    Duration longestRetry,
    Duration closeTimeout) {
  /** 4,096 batches or 64 MiB pending; commits every 30 s or 64 MiB; retries from 50 ms to 5 s. */
  public static final WriterSettings DEFAULT =
      new WriterSettings(
          4096,
          64L << 20,
          Duration.ofSeconds(30),
          64L << 20,
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20));

  /** The names of the settings, as errors and the configuration use them. */
  public static final String MAX_PENDING_BATCHES = "ingest.max-pending-batches";

  public static final String MAX_PENDING_BYTES = "ingest.max-pending-bytes";
  public static final String COMMIT_INTERVAL = "ingest.commit-interval";
  public static final String COMMIT_BYTES = "ingest.commit-bytes";

  public WriterSettings {
    requirePositive(MAX_PENDING_BATCHES, maxPendingBatches);
    requirePositive(MAX_PENDING_BYTES, maxPendingBytes);
    requirePositive(COMMIT_INTERVAL, commitInterval.toNanos());
    requirePositive(COMMIT_BYTES, commitBytes);
    requirePositive("first retry", firstRetry.toNanos());
    requirePositive("longest retry", longestRetry.toNanos());
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }
}
