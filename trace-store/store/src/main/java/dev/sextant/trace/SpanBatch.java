package dev.sextant.trace;

import dev.sextant.storage.Batch;
import java.nio.ByteBuffer;

/**
 * Spans of one tenant as OTLP bytes: an {@code ExportTraceServiceRequest} that its receiver
 * validated.
 *
 * @param rows the number of spans inside
 * @param payload the message's bytes
 */
public record SpanBatch(String tenant, int rows, ByteBuffer payload) implements Batch {
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
