package dev.sextant.metrics;

import dev.sextant.storage.Batch;
import java.nio.ByteBuffer;

/**
 * The bytes of a {@link MetricsBatch} in the journal; described in {@code
 * docs/format/metrics-batch.md}.
 */
public final class MetricsBatchCodec {
  private MetricsBatchCodec() {}

  public static ByteBuffer encode(MetricsBatch batch) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a batch back from the journal.
   *
   * @throws dev.sextant.storage.StoreException where the kind or version is unknown or the bytes
   *     are damaged
   */
  public static MetricsBatch decode(Batch record) {
    throw new UnsupportedOperationException();
  }
}
