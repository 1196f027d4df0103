package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import dev.sextant.storage.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A batch on its way into the journal. */
record Append(
    byte[] tenant, int rows, int kind, ByteBuffer payload, CompletableFuture<Position> future) {

  /**
   * @throws IllegalArgumentException where the batch breaks its own contract
   */
  static Append of(Batch batch) {
    byte[] tenant = batch.tenant().getBytes(StandardCharsets.UTF_8);
    if (tenant.length == 0 || tenant.length > RecordFormat.MAX_TENANT) {
      throw new IllegalArgumentException(
          "tenant of 1 to %d bytes expected: '%s'"
              .formatted(RecordFormat.MAX_TENANT, batch.tenant()));
    }
    if (batch.rows() < 1) {
      throw new IllegalArgumentException("a batch of " + batch.rows() + " rows");
    }
    if (batch.kind() < 0 || batch.kind() > 255) {
      throw new IllegalArgumentException("kind " + batch.kind() + " is not within 0 to 255");
    }
    return new Append(
        tenant, batch.rows(), batch.kind(), batch.payload(), new CompletableFuture<>());
  }

  /** Bytes of the record on disk. */
  long size() {
    return RecordFormat.HEADER + tenant.length + (long) payload.remaining();
  }
}
