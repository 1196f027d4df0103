package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.ProtoReader;

/**
 * A span of another segment that came before.
 *
 * @param trace empty where it is the segment's own
 */
record SegmentReference(String trace, String segment, int span, boolean crossesThreads) {
  /** Reads the reference that is the reader's current field. */
  static SegmentReference read(ProtoReader in) {
    String trace = "";
    String segment = "";
    int span = 0;
    boolean crossesThreads = false;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> crossesThreads = in.varint() == 1;
        case 2 -> trace = in.string();
        case 3 -> segment = in.string();
        case 4 -> span = in.varint32();
        default -> in.skip();
      }
    }
    in.leave(outer);
    return new SegmentReference(trace, segment, span, crossesThreads);
  }
}
