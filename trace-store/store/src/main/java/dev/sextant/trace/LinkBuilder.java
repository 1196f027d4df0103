package dev.sextant.trace;

import static dev.sextant.trace.GroupBuilder.optional;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.table.Table;
import dev.sextant.storage.table.TableBuilder;
import dev.sextant.storage.table.ValueType;

/** Makes a table of spans' links. */
final class LinkBuilder {
  private final TableBuilder table = new TableBuilder();
  private final int high = table.field(SpanTables.Link.TRACE_HIGH, ValueType.INT);
  private final int low = table.field(SpanTables.Link.TRACE_LOW, ValueType.INT);
  private final int span = table.field(SpanTables.Link.SPAN_ID, ValueType.INT);
  private final int state = table.field(SpanTables.Link.TRACE_STATE, ValueType.TEXT);
  private final int dropped = table.field(SpanTables.Link.DROPPED_ATTRIBUTES, ValueType.INT);
  private final int flags = table.field(SpanTables.Link.FLAGS, ValueType.INT);
  private final int other = table.field(SpanTables.Link.OTHER, ValueType.VALUE);
  private final ByteWriter unknown = new ByteWriter(16);
  private long traceHigh;
  private long traceLow;
  private long spanId;
  private Slice traceState = Slice.EMPTY;
  private long droppedAttributes;
  private long flagBits;

  /** As {@link EventBuilder#add}. */
  void add(ProtoReader reader) {
    traceHigh = traceLow = spanId = droppedAttributes = flagBits = 0;
    traceState = Slice.EMPTY;
    unknown.clear();
    try {
      read(reader);
    } finally {
      table.put(high, traceHigh);
      table.put(low, traceLow);
      table.put(span, spanId);
      optional(table, state, traceState);
      optional(table, dropped, droppedAttributes);
      optional(table, flags, flagBits);
      optional(table, other, unknown);
      table.endRow();
    }
  }

  private void read(ProtoReader reader) {
    int outer = reader.enter();
    for (int at = reader.position(); reader.next(); at = reader.position()) {
      switch (reader.field()) {
        case 1 -> {
          reader.delimited();
          boolean isId = reader.to() - reader.from() == 16;
          traceHigh = isId ? reader.bigEndian(reader.from()) : 0;
          traceLow = isId ? reader.bigEndian(reader.from() + 8) : 0;
        }
        case 2 -> {
          reader.delimited();
          spanId = reader.to() - reader.from() == 8 ? reader.bigEndian(reader.from()) : 0;
        }
        case 3 -> traceState = reader.slice();
        case 4 -> GroupBuilder.attribute(table, reader);
        case 5 -> droppedAttributes = reader.varint32();
        case 6 -> flagBits = reader.fixed32();
        default -> GroupBuilder.keep(reader, at, unknown);
      }
    }
    reader.leave(outer);
  }

  int rows() {
    return table.rows();
  }

  Table build() {
    return table.build();
  }
}
