package dev.sextant.collector.http;

import dev.sextant.collector.receive.Outcome;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts gRPC messages out of the parts of a body. Memory is taken as bytes come, whatever length a
 * frame claims. For one thread.
 */
final class FrameReader {
  private final BodyMemory memory;
  private final BodySpec spec;
  private final byte[] header = new byte[GrpcFrame.HEADER];
  private int headerSize;
  private @Nullable Message message;
  private int missing;

  /**
   * A message as it came.
   *
   * @param lease holds its memory; whoever takes the message closes it
   */
  record Message(BoundedBuffer bytes, BodyMemory.Lease lease, boolean compressed) {
    ByteBuffer view() {
      return bytes.view();
    }
  }

  FrameReader(BodyMemory memory, BodySpec spec) {
    this.memory = memory;
    this.spec = spec;
  }

  /**
   * Reads on, up to the end of the message at most. Where bytes are refused they stay in the part,
   * and may be offered again.
   */
  @Nullable Outcome read(ByteBuf part) {
    while (headerSize < GrpcFrame.HEADER && part.isReadable()) {
      header[headerSize++] = part.readByte();
      if (headerSize == GrpcFrame.HEADER) {
        Outcome objection = begin();
        if (objection != null) {
          return objection;
        }
      }
    }
    if (message == null || missing == 0) {
      return null;
    }
    int length = Math.min(missing, part.readableBytes());
    Outcome refusal = message.bytes().append(part.slice(part.readerIndex(), length));
    if (refusal == null) {
      part.skipBytes(length);
      missing -= length;
    }
    return refusal;
  }

  private @Nullable Outcome begin() {
    int flag = header[0];
    long claimed = ByteBuffer.wrap(header).getInt(1) & 0xffff_ffffL;
    Outcome objection = GrpcFrame.objection(flag, claimed, spec);
    if (objection != null) {
      return objection;
    }
    BodyMemory.Lease lease = memory.lease();
    BoundedBuffer bytes =
        new BoundedBuffer(memory, lease, spec.limit(), spec.tooLarge("as it comes"));
    bytes.expect(claimed);
    message = new Message(bytes, lease, flag == 1);
    missing = (int) claimed;
    return null;
  }

  /** The message, once it is whole; the next one begins then. */
  @Nullable Message take() {
    if (message == null || missing > 0) {
      return null;
    }
    Message whole = message;
    reset();
    return whole;
  }

  /** Whether a message has begun and is not whole. */
  boolean isWithinMessage() {
    return headerSize > 0;
  }

  /** Gives the memory of a message that is not whole back. */
  void close() {
    if (message != null) {
      message.lease().close();
    }
    reset();
  }

  private void reset() {
    message = null;
    headerSize = 0;
    missing = 0;
  }
}
