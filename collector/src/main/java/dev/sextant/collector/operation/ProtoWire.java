package dev.sextant.collector.operation;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.ProtoReader;

/** Heads of length-delimited fields whose numbers are below 16. */
final class ProtoWire {
  private ProtoWire() {}

  static void field(ByteWriter out, int field, int length) {
    out.putVarint((long) field << 3 | ProtoReader.DELIMITED);
    out.putVarint(length);
  }

  /** Bytes of a whole field that holds so many. */
  static int sized(int length) {
    return 1 + varint(length) + length;
  }

  private static int varint(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }
}
