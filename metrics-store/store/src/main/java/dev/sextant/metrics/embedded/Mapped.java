package dev.sextant.metrics.embedded;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A moving place in mapped bytes; every access is checked against the segment's end. For one
 * thread.
 */
final class Mapped {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment segment;
  private long at;

  Mapped(MemorySegment segment, long at) {
    this.segment = segment;
    this.at = at;
  }

  static int u32(MemorySegment segment, long offset) {
    return segment.get(INT, offset);
  }

  static int crc32c(MemorySegment segment) {
    CRC32C crc = new CRC32C();
    crc.update(segment.asByteBuffer());
    return (int) crc.getValue();
  }

  boolean atEnd() {
    return at == segment.byteSize();
  }

  long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = segment.get(ValueLayout.JAVA_BYTE, at++);
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  long zigzag() {
    long folded = varint();
    return (folded >>> 1) ^ -(folded & 1);
  }

  void bytes(byte[] into, int offset, int length) {
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, into, offset, length);
    at += length;
  }
}
