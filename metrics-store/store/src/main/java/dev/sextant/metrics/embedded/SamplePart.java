package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.SampleArray;

/**
 * Some samples of one series, in order of time, with their first and last time known before they
 * are decoded.
 */
interface SamplePart {
  /** In milliseconds since the epoch. */
  long minMillis();

  /** In milliseconds since the epoch, inclusive. */
  long maxMillis();

  /**
   * @throws dev.sextant.storage.StoreException where the bytes are damaged
   */
  SampleArray decode();

  /**
   * As {@link #decode()}, the times from those at hand where they are among them.
   *
   * @throws dev.sextant.storage.StoreException where the bytes are damaged
   */
  default SampleArray decode(TimeColumns columns) {
    return decode();
  }

  default boolean overlaps(long fromMillis, long toMillis) {
    return minMillis() <= toMillis && maxMillis() >= fromMillis;
  }
}
