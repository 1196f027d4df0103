package dev.sextant.log;

import dev.sextant.storage.block.BlockSettings;

/**
 * Bounds of the embedded log store.
 *
 * @param blocks how lines are kept
 * @param maxFieldValues how many distinct values one query counts; values met later are left out
 *     ({@code storage.logs.max-field-values})
 * @param maxBuckets how many buckets a histogram may have ({@code storage.logs.max-buckets})
 */
public record LogStoreSettings(BlockSettings blocks, int maxFieldValues, int maxBuckets) {
  public static final LogStoreSettings DEFAULT =
      new LogStoreSettings(BlockSettings.DEFAULT, 100_000, 100_000);

  public LogStoreSettings withBlocks(BlockSettings changed) {
    return new LogStoreSettings(changed, maxFieldValues, maxBuckets);
  }
}
