package dev.sextant.metrics;

import dev.sextant.storage.Batch;
import dev.sextant.storage.StoreException;
import java.nio.ByteBuffer;

/**
 * The bytes of a {@link MetricsBatch} in the journal; described in {@code
 * docs/format/metrics-batch.md}.
 */
public final class MetricsBatchCodec {
  static final int VERSION = 2;

  private MetricsBatchCodec() {}

  /**
   * @return a read-only buffer from position 0 to limit
   * @throws IllegalArgumentException where the batch breaks the rules of {@link MetricsBatch}, such
   *     as times out of order
   */
  public static ByteBuffer encode(MetricsBatch batch) {
    return ByteBuffer.wrap(new MetricsBatchWriter().write(batch)).asReadOnlyBuffer();
  }

  /**
   * Reads a batch back from the journal, to the last bit of every value.
   *
   * @throws StoreException where the kind or version is unknown or the bytes are damaged
   */
  public static MetricsBatch decode(Batch record) {
    if (record.kind() != MetricsBatch.KIND && record.kind() != MetricsBatch.KIND_DERIVED) {
      throw new StoreException(
          "a metrics record has kind "
              + record.kind()
              + ", known are "
              + MetricsBatch.KIND
              + " and "
              + MetricsBatch.KIND_DERIVED
              + ": the journal was written by a newer version or belongs to another signal");
    }
    byte[] bytes = new byte[record.payload().remaining()];
    record.payload().get(bytes);
    MetricsBatch batch = decode(bytes, record.tenant());
    if (batch.kind() != record.kind()) {
      throw new StoreException(
          "a metrics record of kind " + record.kind() + " holds a batch of kind " + batch.kind());
    }
    return batch;
  }

  /** As {@link #decode(Batch)}, from the payload's bytes alone. */
  public static MetricsBatch decode(byte[] payload, String tenant) {
    return new MetricsBatchReader(payload, tenant).read();
  }
}
