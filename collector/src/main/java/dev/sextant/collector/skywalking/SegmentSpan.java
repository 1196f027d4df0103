package dev.sextant.collector.skywalking;

import dev.sextant.collector.convert.ConvertedSpan;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;

/** A {@code SpanObject} but for its lists, which are walked where they lie. */
final class SegmentSpan {
  static final int REFS = 5;
  static final int TAGS = 12;
  static final int LOGS = 13;

  /** SkyWalking's span layers. */
  static final int DATABASE = 1;

  static final int RPC = 2;
  static final int MQ = 4;
  static final int CACHE = 5;

  private static final int ENTRY = 0;
  private static final int EXIT = 1;
  private static final int LOCAL = 2;

  final Slice bytes;
  int id;

  /** -1 where the segment begins with this span. */
  int parent;

  long startMillis;
  long endMillis;
  String operation = "";
  String peer = "";
  int type;
  int layer;
  int component;
  boolean isError;
  boolean skipsAnalysis;

  private SegmentSpan(Slice bytes) {
    this.bytes = bytes;
  }

  /**
   * @param depth how many messages may nest in it
   */
  static SegmentSpan read(Slice bytes, int depth) {
    SegmentSpan span = new SegmentSpan(bytes);
    ProtoReader in = new ProtoReader(bytes, depth);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> span.id = in.varint32();
        case 2 -> span.parent = in.varint32();
        case 3 -> span.startMillis = in.varint();
        case 4 -> span.endMillis = in.varint();
        case 6 -> span.operation = in.string();
        case 7 -> span.peer = in.string();
        case 8 -> span.type = in.varint32();
        case 9 -> span.layer = in.varint32();
        case 10 -> span.component = in.varint32();
        case 11 -> span.isError = in.varint() != 0;
        case 14 -> span.skipsAnalysis = in.varint() != 0;
        default -> in.skip();
      }
    }
    return span;
  }

  boolean isEntry() {
    return type == ENTRY;
  }

  boolean isExit() {
    return type == EXIT;
  }

  ConvertedSpan.Kind kind() {
    return switch (type) {
      case ENTRY -> layer == MQ ? ConvertedSpan.Kind.CONSUMER : ConvertedSpan.Kind.SERVER;
      case EXIT -> layer == MQ ? ConvertedSpan.Kind.PRODUCER : ConvertedSpan.Kind.CLIENT;
      case LOCAL -> ConvertedSpan.Kind.INTERNAL;
      default -> ConvertedSpan.Kind.UNSPECIFIED;
    };
  }
}
