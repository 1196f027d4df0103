package dev.sextant.collector.http;

import dev.sextant.collector.receive.Outcome;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The frame around a message, of which a unary call has one and a stream many: a flag byte (1 where
 * compressed), the length as four bytes big endian, the message. As gRPC's "PROTOCOL-HTTP2"
 * describes it.
 */
final class GrpcFrame {
  static final int HEADER = 5;

  private GrpcFrame() {}

  /** Why the bytes are not one whole frame, or null. */
  static @Nullable Outcome objection(ByteBuffer raw, BodySpec spec) {
    if (raw.remaining() < HEADER) {
      return new Outcome.Invalid(
          "a gRPC message begins with 5 bytes of frame, " + raw.remaining() + " bytes came");
    }
    int flag = raw.get(raw.position());
    long claimed = raw.getInt(raw.position() + 1) & 0xffff_ffffL;
    Outcome objection = objection(flag, claimed, spec);
    if (objection != null) {
      return objection;
    }
    if (claimed != raw.remaining() - HEADER) {
      return new Outcome.Invalid(
          "the gRPC frame claims "
              + claimed
              + " bytes, "
              + (raw.remaining() - HEADER)
              + " came; a unary call has exactly one message");
    }
    return null;
  }

  /** Why no message can follow these 5 bytes, or null. */
  static @Nullable Outcome objection(int flag, long claimed, BodySpec spec) {
    if (claimed > spec.limit()) {
      return new Outcome.TooLarge(spec.tooLarge("(its frame claims " + claimed + ")"));
    }
    if (flag != 0 && flag != 1) {
      return new Outcome.Invalid("the gRPC frame's flag is " + flag + ", expected 0 or 1");
    }
    if (flag == 1 && spec.coding() == Coding.IDENTITY) {
      return new Outcome.Invalid("the gRPC frame is compressed, but grpc-encoding names nothing");
    }
    return null;
  }

  /** How the message inside is compressed. */
  static Coding coding(ByteBuffer raw, BodySpec spec) {
    return raw.get(raw.position()) == 1 ? spec.coding() : Coding.IDENTITY;
  }

  static ByteBuffer message(ByteBuffer raw) {
    return raw.duplicate().position(raw.position() + HEADER);
  }
}
