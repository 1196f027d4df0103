package dev.sextant.log;

import dev.sextant.storage.Batch;
import java.nio.ByteBuffer;

/**
 * Log lines of one tenant as OTLP bytes: an {@code ExportLogsServiceRequest} that its receiver
 * validated.
 *
 * @param rows the number of log records inside
 * @param payload the message's bytes
 */
public record LogBatch(String tenant, int rows, ByteBuffer payload) implements Batch {
  /** The journal's number for this payload format. */
  public static final int KIND = 1;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public ByteBuffer payload() {
    return payload.duplicate();
  }
}
