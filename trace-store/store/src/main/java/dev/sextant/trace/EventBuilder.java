package dev.sextant.trace;

import static dev.sextant.trace.GroupBuilder.optional;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.table.Table;
import dev.sextant.storage.table.TableBuilder;
import dev.sextant.storage.table.ValueType;

/** Makes a table of spans' events. */
final class EventBuilder {
  private final TableBuilder table = new TableBuilder();
  private final int time = table.field(SpanTables.Event.TIME, ValueType.INT);
  private final int name = table.field(SpanTables.Event.NAME, ValueType.TEXT);
  private final int dropped = table.field(SpanTables.Event.DROPPED_ATTRIBUTES, ValueType.INT);
  private final int other = table.field(SpanTables.Event.OTHER, ValueType.VALUE);
  private final ByteWriter unknown = new ByteWriter(16);
  private long timeNanos;
  private Slice nameText = Slice.EMPTY;
  private long droppedAttributes;

  /**
   * Adds the event that a reader stands on.
   *
   * @throws dev.sextant.storage.otlp.MalformedOtlpException where it cannot be read; what could be
   *     is added
   */
  void add(ProtoReader reader, long spanStart) {
    timeNanos = 0;
    nameText = Slice.EMPTY;
    droppedAttributes = 0;
    unknown.clear();
    try {
      read(reader);
    } finally {
      table.put(time, timeNanos - spanStart);
      table.put(name, nameText.bytes(), nameText.from(), nameText.to());
      optional(table, dropped, droppedAttributes);
      optional(table, other, unknown);
      table.endRow();
    }
  }

  private void read(ProtoReader reader) {
    int outer = reader.enter();
    for (int at = reader.position(); reader.next(); at = reader.position()) {
      switch (reader.field()) {
        case 1 -> timeNanos = reader.fixed64();
        case 2 -> nameText = reader.slice();
        case 3 -> GroupBuilder.attribute(table, reader);
        case 4 -> droppedAttributes = reader.varint32();
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
