package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash of a label set by which Prometheus samples series: XXH64, seed 0, over names and values
 * in order, each prefixed by its length in one byte, or by byte 255 and three bytes, lowest first,
 * from 255 bytes on.
 */
final class LabelHash {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private LabelHash() {}

  /** As a number from 0 to 1. */
  static double share(Labels labels) {
    long hash = hash(bytes(labels));
    double unsigned = (hash >>> 1) * 2.0 + (hash & 1);
    return unsigned / 0x1p64;
  }

  private static ByteBuffer bytes(Labels labels) {
    byte[][] parts = new byte[labels.size() * 2][];
    int size = 0;
    for (int i = 0; i < labels.size(); i++) {
      parts[2 * i] = labels.name(i).getBytes(StandardCharsets.UTF_8);
      parts[2 * i + 1] = labels.value(i).getBytes(StandardCharsets.UTF_8);
      size += parts[2 * i].length + parts[2 * i + 1].length + 8;
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] part : parts) {
      if (part.length < 255) {
        out.put((byte) part.length);
      } else {
        out.put((byte) 255)
            .put((byte) part.length)
            .put((byte) (part.length >> 8))
            .put((byte) (part.length >> 16));
      }
      out.put(part);
    }
    return out.flip();
  }

  private static long hash(ByteBuffer in) {
    int length = in.remaining();
    long h = length >= 32 ? stripes(in) : P5;
    h += length;
    while (in.remaining() >= 8) {
      h = Long.rotateLeft(h ^ round(0, in.getLong()), 27) * P1 + P4;
    }
    if (in.remaining() >= 4) {
      h = Long.rotateLeft(h ^ ((in.getInt() & 0xffffffffL) * P1), 23) * P2 + P3;
    }
    while (in.hasRemaining()) {
      h = Long.rotateLeft(h ^ ((in.get() & 0xff) * P5), 11) * P1;
    }
    h = (h ^ (h >>> 33)) * P2;
    h = (h ^ (h >>> 29)) * P3;
    return h ^ (h >>> 32);
  }

  private static long stripes(ByteBuffer in) {
    long a = 0x60EA27EEADC0B5D6L; // P1 + P2, modulo 2^64
    long b = P2;
    long c = 0;
    long d = -P1;
    while (in.remaining() >= 32) {
      a = round(a, in.getLong());
      b = round(b, in.getLong());
      c = round(c, in.getLong());
      d = round(d, in.getLong());
    }
    long h =
        Long.rotateLeft(a, 1)
            + Long.rotateLeft(b, 7)
            + Long.rotateLeft(c, 12)
            + Long.rotateLeft(d, 18);
    for (long lane : new long[] {a, b, c, d}) {
      h = (h ^ round(0, lane)) * P1 + P4;
    }
    return h;
  }

  private static long round(long accumulator, long lane) {
    return Long.rotateLeft(accumulator + lane * P2, 31) * P1;
  }
}
