package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;

/**
 * A {@code SegmentObject} but for its spans: what one thread of one instance did for a trace.
 *
 * @param bytes all of it
 */
record Segment(Slice bytes, String trace, String id, Instance instance) {
  static final int SPANS = 3;

  /** How many messages nest in a segment: span, log, pair. */
  static final int DEPTH = 3;

  static Segment read(Slice bytes) {
    String trace = "";
    String id = "";
    String service = "";
    String instance = "";
    ProtoReader in = new ProtoReader(bytes, DEPTH);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> trace = in.string();
        case 2 -> id = in.string();
        case 4 -> service = in.string();
        case 5 -> instance = in.string();
        default -> in.skip();
      }
    }
    return new Segment(bytes, trace, id, new Instance(service, instance));
  }
}
