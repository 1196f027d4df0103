package dev.sextant.trace;

import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.table.RowReader;

/**
 * Puts spans of a stored block together again, as OTLP messages. Going on to a later span costs as
 * much as there are spans between. For one thread.
 */
final class SpanAssembler {
  private final StoredSpanBlock block;
  private final RowReader spans;
  private final RowReader events;
  private final RowReader links;
  private final GroupAssembler groups;
  private final ProtoWriter out = new ProtoWriter();

  SpanAssembler(StoredSpanBlock block, StoredSpanTables tables) {
    this.block = block;
    this.spans = new RowReader(tables.spans);
    this.events = new RowReader(tables.events);
    this.links = new RowReader(tables.links);
    this.groups = new GroupAssembler(tables);
  }

  Span decode(int row) {
    ProtoReader message = new ProtoReader(message(row), OtlpLimits.STORED);
    return SpanDecoder.decode(
        message,
        groups.resource(resourceOf(row)),
        groups.scope(scopeOf(row)),
        block.rowNumbers()[row]);
  }

  /** The number of a span's resource in the block. */
  int resourceOf(int row) {
    spans.moveTo(row);
    return (int) spans.number(SpanTables.Span.RESOURCE, 0);
  }

  /** The number of a span's scope in the block. */
  int scopeOf(int row) {
    spans.moveTo(row);
    return (int) spans.number(SpanTables.Span.SCOPE, 0);
  }

  GroupAssembler groups() {
    return groups;
  }

  /** A {@code Span} message; valid until the next is made. */
  Slice message(int row) {
    out.clear();
    spans.moveTo(row);
    out.id(1, block.traceHigh()[row], block.traceLow()[row]);
    out.id(2, block.spanIds()[row]);
    out.delimitedUnlessEmpty(3, spans.text(SpanTables.Span.TRACE_STATE));
    long parent = block.parentIds()[row];
    if (parent != 0) {
      out.id(4, parent);
    }
    out.delimitedUnlessEmpty(5, spans.text(SpanTables.Span.NAME));
    number(6, spans, SpanTables.Span.KIND);
    long start = block.starts()[row];
    out.fixed64(7, start);
    out.fixed64(8, start + spans.number(SpanTables.Span.LENGTH, 0));
    spans.attributes(9, out);
    number(10, spans, SpanTables.Span.DROPPED_ATTRIBUTES);
    events(row, start);
    number(12, spans, SpanTables.Span.DROPPED_EVENTS);
    links(row);
    number(14, spans, SpanTables.Span.DROPPED_LINKS);
    status();
    fixed32(16, spans, SpanTables.Span.FLAGS);
    out.raw(spans.text(SpanTables.Span.OTHER));
    return out.written();
  }

  private void number(int field, RowReader row, int column) {
    long number = row.number(column, 0);
    if (number != 0) {
      out.varint(field, number);
    }
  }

  private void fixed32(int field, RowReader row, int column) {
    long number = row.number(column, 0);
    if (number != 0) {
      out.fixed32(field, (int) number);
    }
  }

  private void status() {
    long code = spans.number(SpanTables.Span.STATUS, Long.MIN_VALUE);
    if (code == Long.MIN_VALUE) {
      return;
    }
    int status = out.begin(15);
    out.delimitedUnlessEmpty(2, spans.text(SpanTables.Span.STATUS_MESSAGE));
    if (code != 0) {
      out.varint(3, code);
    }
    out.end(status);
  }

  private void events(int row, long start) {
    int[] ends = block.eventEnds();
    for (int i = row == 0 ? 0 : ends[row - 1]; i < ends[row]; i++) {
      events.moveTo(i);
      int event = out.begin(11);
      long time = start + events.number(SpanTables.Event.TIME, 0);
      if (time != 0) {
        out.fixed64(1, time);
      }
      out.delimitedUnlessEmpty(2, events.text(SpanTables.Event.NAME));
      events.attributes(3, out);
      number(4, events, SpanTables.Event.DROPPED_ATTRIBUTES);
      out.raw(events.text(SpanTables.Event.OTHER));
      out.end(event);
    }
  }

  private void links(int row) {
    int[] ends = block.linkEnds();
    for (int i = row == 0 ? 0 : ends[row - 1]; i < ends[row]; i++) {
      links.moveTo(i);
      int link = out.begin(13);
      long high = links.number(SpanTables.Link.TRACE_HIGH, 0);
      long low = links.number(SpanTables.Link.TRACE_LOW, 0);
      if ((high | low) != 0) {
        out.id(1, high, low);
      }
      long span = links.number(SpanTables.Link.SPAN_ID, 0);
      if (span != 0) {
        out.id(2, span);
      }
      out.delimitedUnlessEmpty(3, links.text(SpanTables.Link.TRACE_STATE));
      links.attributes(4, out);
      number(5, links, SpanTables.Link.DROPPED_ATTRIBUTES);
      fixed32(6, links, SpanTables.Link.FLAGS);
      out.raw(links.text(SpanTables.Link.OTHER));
      out.end(link);
    }
  }
}
