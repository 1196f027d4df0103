package dev.sextant.trace;

import static dev.sextant.trace.GroupBuilder.optional;

import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.table.Table;
import dev.sextant.storage.table.TableBuilder;
import dev.sextant.storage.table.ValueType;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes tables of a block in heap that closes: each payload is walked once, and everything in it
 * becomes a value of some column. For one block.
 */
final class SpanTablesBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(SpanTablesBuilder.class);
  private final RowBlock block;
  private final TableBuilder spans = new TableBuilder();
  private final int row = spans.field(SpanTables.Span.ROW, ValueType.INT);
  private final int trace = spans.field(SpanTables.Span.TRACE, ValueType.INT);
  private final int spanId = spans.field(SpanTables.Span.SPAN_ID, ValueType.INT);
  private final int parentId = spans.field(SpanTables.Span.PARENT_ID, ValueType.INT);
  private final int start = spans.field(SpanTables.Span.START, ValueType.INT);
  private final int length = spans.field(SpanTables.Span.LENGTH, ValueType.INT);
  private final int name = spans.field(SpanTables.Span.NAME, ValueType.TEXT);
  private final int kind = spans.field(SpanTables.Span.KIND, ValueType.INT);
  private final int resource = spans.field(SpanTables.Span.RESOURCE, ValueType.INT);
  private final int scope = spans.field(SpanTables.Span.SCOPE, ValueType.INT);
  private final int status = spans.field(SpanTables.Span.STATUS, ValueType.INT);
  private final int statusMessage = spans.field(SpanTables.Span.STATUS_MESSAGE, ValueType.TEXT);
  private final int traceState = spans.field(SpanTables.Span.TRACE_STATE, ValueType.TEXT);
  private final int flags = spans.field(SpanTables.Span.FLAGS, ValueType.INT);
  private final int dropped = spans.field(SpanTables.Span.DROPPED_ATTRIBUTES, ValueType.INT);
  private final int droppedEvents = spans.field(SpanTables.Span.DROPPED_EVENTS, ValueType.INT);
  private final int droppedLinks = spans.field(SpanTables.Span.DROPPED_LINKS, ValueType.INT);
  private final int eventCount = spans.field(SpanTables.Span.EVENTS, ValueType.INT);
  private final int linkCount = spans.field(SpanTables.Span.LINKS, ValueType.INT);
  private final int other = spans.field(SpanTables.Span.OTHER, ValueType.VALUE);
  private final EventBuilder events = new EventBuilder();
  private final LinkBuilder links = new LinkBuilder();
  private final TraceNumbers traces = new TraceNumbers();
  private final Payload payload = new Payload();

  SpanTablesBuilder(RowBlock block) {
    this.block = block;
    addRows();
  }

  /** What a span's payload holds beside attributes, events and links. */
  private static final class Payload {
    Slice traceState = Slice.EMPTY;
    long flags;
    long dropped;
    long droppedEvents;
    long droppedLinks;

    /** How often a status was sent. */
    int statuses;

    long status;
    Slice statusMessage = Slice.EMPTY;
    final ByteWriter unknown = new ByteWriter(64);

    void clear() {
      traceState = statusMessage = Slice.EMPTY;
      flags = dropped = droppedEvents = droppedLinks = status = 0;
      statuses = 0;
      unknown.clear();
    }
  }

  private void addRows() {
    List<Slice> names = block.dictionary(SpanColumns.NAME);
    ProtoReader reader = null;
    for (int i = 0; i < block.rows(); i++) {
      Slice bytes = block.payload(i);
      if (reader == null || reader.bytes() != bytes.bytes()) {
        reader = new ProtoReader(bytes, OtlpLimits.STORED);
      }
      reader.reset(bytes.from(), bytes.to());
      Slice text = names.get((int) block.dictionaryIds(SpanColumns.NAME)[i]);
      spans.put(name, text.bytes(), text.from(), text.to());
      addColumns(i);
      addPayload(i, reader);
      spans.endRow();
    }
  }

  private void addColumns(int i) {
    spans.put(row, block.rowNumbers()[i]);
    long high = block.column(SpanColumns.TRACE_HIGH)[i];
    spans.put(trace, traces.numberOf(high, block.column(SpanColumns.TRACE_LOW)[i]));
    spans.put(spanId, block.column(SpanColumns.SPAN)[i]);
    spans.put(start, block.times()[i]);
    spans.put(length, block.column(SpanColumns.LENGTH)[i]);
    spans.put(kind, block.column(SpanColumns.KIND)[i]);
    spans.put(resource, block.dictionaryIds(SpanColumns.RESOURCE)[i]);
    spans.put(scope, block.dictionaryIds(SpanColumns.SCOPE)[i]);
    optional(spans, parentId, block.column(SpanColumns.PARENT)[i]);
  }

  private void addPayload(int i, ProtoReader reader) {
    payload.clear();
    int eventsBefore = events.rows();
    int linksBefore = links.rows();
    try {
      read(reader, block.times()[i]);
    } catch (MalformedOtlpException e) {
      // Its receiver read it to the last byte, so it was damaged since; the rest is kept.
      LOG.error("the span at row {} cannot be read to its end", block.rowNumbers()[i], e);
    }
    optional(spans, traceState, payload.traceState);
    if (payload.statuses > 0) {
      spans.putOptional(status, payload.status);
    }
    optional(spans, statusMessage, payload.statusMessage);
    optional(spans, flags, payload.flags);
    optional(spans, dropped, payload.dropped);
    optional(spans, droppedEvents, payload.droppedEvents);
    optional(spans, droppedLinks, payload.droppedLinks);
    optional(spans, eventCount, events.rows() - eventsBefore);
    optional(spans, linkCount, links.rows() - linksBefore);
    optional(spans, other, payload.unknown);
  }

  private void read(ProtoReader reader, long spanStart) {
    for (int at = reader.position(); reader.next(); at = reader.position()) {
      switch (reader.field()) {
        case 3 -> payload.traceState = reader.slice();
        case 9 -> GroupBuilder.attribute(spans, reader);
        case 10 -> payload.dropped = reader.varint32();
        case 11 -> events.add(reader, spanStart);
        case 12 -> payload.droppedEvents = reader.varint32();
        case 13 -> links.add(reader);
        case 14 -> payload.droppedLinks = reader.varint32();
        case 15 -> readStatus(reader, at);
        case 16 -> payload.flags = reader.fixed32();
        default -> GroupBuilder.keep(reader, at, payload.unknown);
      }
    }
  }

  /** One that cannot be made again from its code and message is kept whole beside them. */
  private void readStatus(ProtoReader reader, int from) {
    boolean plain = true;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 2 -> payload.statusMessage = reader.slice();
        case 3 -> payload.status = reader.varint32();
        default -> {
          plain = false;
          reader.skip();
        }
      }
    }
    reader.leave(outer);
    payload.statuses++;
    if (!plain) {
      payload.unknown.put(reader.bytes(), from, reader.position());
    }
  }

  /** The traces, by the numbers that spans have of them. */
  TraceNumbers traces() {
    return traces;
  }

  /** To be called once. */
  SpanTables build() {
    Table resources = GroupBuilder.resources(block.dictionary(SpanColumns.RESOURCE));
    Table scopes = GroupBuilder.scopes(block.dictionary(SpanColumns.SCOPE));
    return new SpanTables(resources, scopes, spans.build(), events.build(), links.build());
  }
}
