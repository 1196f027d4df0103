package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanField.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the payloads of a block's rows hold, as columns: attributes of spans, events and links,
 * status messages, names and times of events, ids of links. Each payload is walked once, when it is
 * first needed; a block that still grows keeps what was made of its first rows. Thread-safe.
 */
final class PayloadColumns {
  private final AttributeTable span = new AttributeTable();
  private final AttributeColumn statusMessages = new AttributeColumn();
  private final ListColumns events = new ListColumns();
  private final AttributeColumn eventNames = new AttributeColumn();
  private final AttributeColumn eventTimes = new AttributeColumn();
  private final ListColumns links = new ListColumns();
  private long[] linkedTracesHigh = new long[4];
  private long[] linkedTracesLow = new long[4];
  private long[] linkedSpans = new long[4];
  private int rows;
  private boolean damaged;

  /**
   * Adds a block's rows behind those that are in it.
   *
   * @throws BlockDamagedException where a payload cannot be read; the columns cannot be used then
   */
  synchronized void addRows(RowBlock block) {
    if (damaged) {
      throw new BlockDamagedException("payloads that could not be read before");
    }
    if (rows >= block.rows()) {
      return;
    }
    long[] starts = block.times();
    try {
      ProtoReader reader = null;
      ProtoReader inner = null;
      while (rows < block.rows()) {
        Slice payload = block.payload(rows);
        if (reader == null || inner == null || reader.bytes() != payload.bytes()) {
          reader = new ProtoReader(payload, OtlpLimits.STORED);
          inner = new ProtoReader(payload, OtlpLimits.STORED);
        }
        reader.reset(payload.from(), payload.to());
        addRow(reader, inner, starts[rows]);
      }
    } catch (MalformedOtlpException e) {
      damaged = true;
      throw new BlockDamagedException(
          "the payload of row %d of service %s is damaged: %s"
              .formatted(block.rowNumbers()[rows], block.service(), e.getMessage()),
          e);
    }
  }

  private void addRow(ProtoReader reader, ProtoReader inner, long start) {
    span.begin();
    while (reader.next()) {
      switch (reader.field()) {
        case 9 -> span.add(rows, reader, inner);
        case 11 -> addEvent(reader, inner, start);
        case 13 -> addLink(reader, inner);
        case 15 -> addStatus(reader);
        default -> reader.skip();
      }
    }
    events.endRow();
    links.endRow();
    rows++;
  }

  private void addStatus(ProtoReader reader) {
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() == 2) {
        reader.delimited();
        if (reader.to() > reader.from()) {
          statusMessages.add(
              rows, ValueDictionary.TEXT, reader.bytes(), reader.from(), reader.to());
        }
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void addEvent(ProtoReader reader, ProtoReader inner, long start) {
    int place = events.begin();
    long time = 0;
    int nameFrom = 0;
    int nameTo = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> time = reader.fixed64();
        case 2 -> {
          reader.delimited();
          nameFrom = reader.from();
          nameTo = reader.to();
        }
        case 3 -> events.attribute(place, reader, inner);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    eventNames.add(place, ValueDictionary.TEXT, reader.bytes(), nameFrom, nameTo);
    eventTimes.add(place, ValueDictionary.INT, time - start);
  }

  private void addLink(ProtoReader reader, ProtoReader inner) {
    int place = links.begin();
    if (place == linkedSpans.length) {
      linkedTracesHigh = Arrays.copyOf(linkedTracesHigh, place * 2);
      linkedTracesLow = Arrays.copyOf(linkedTracesLow, place * 2);
      linkedSpans = Arrays.copyOf(linkedSpans, place * 2);
    }
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> {
          if (isId(reader, 16)) {
            linkedTracesHigh[place] = reader.bigEndian(reader.from());
            linkedTracesLow[place] = reader.bigEndian(reader.from() + 8);
          }
        }
        case 2 -> {
          if (isId(reader, 8)) {
            linkedSpans[place] = reader.bigEndian(reader.from());
          }
        }
        case 4 -> links.attribute(place, reader, inner);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private static boolean isId(ProtoReader reader, int length) {
    reader.delimited();
    return reader.to() - reader.from() == length;
  }

  /**
   * A field of the first so many rows, which must have been added; absent for one that payloads do
   * not hold.
   */
  synchronized SpanColumn column(SpanField field, int upTo) {
    return switch (field) {
      case SpanField.Attribute(Scope scope, String key) -> attribute(scope, key, upTo);
      case Intrinsic intrinsic -> intrinsic(intrinsic, upTo);
    };
  }

  private SpanColumn attribute(Scope scope, String key, int upTo) {
    AttributeTable table = table(scope);
    @Nullable AttributeColumn column = table == null ? null : table.get(key);
    return switch (scope) {
      case EVENT -> events.column(column, upTo);
      case LINK -> links.column(column, upTo);
      default -> column == null ? SpanColumn.ABSENT : column.column(upTo);
    };
  }

  private @Nullable AttributeTable table(Scope scope) {
    return switch (scope) {
      case SPAN -> span;
      case EVENT -> events.attributes;
      case LINK -> links.attributes;
      case RESOURCE, INSTRUMENTATION -> null;
    };
  }

  private SpanColumn intrinsic(Intrinsic field, int upTo) {
    int linked = links.places(upTo);
    return switch (field) {
      case STATUS_MESSAGE -> statusMessages.column(upTo);
      case EVENT_NAME -> events.column(eventNames, upTo);
      case EVENT_TIME_SINCE_START -> events.column(eventTimes, upTo);
      case LINK_TRACE_ID ->
          links.column(IdColumn.ofTraces(linkedTracesHigh, linkedTracesLow, linked), upTo);
      case LINK_SPAN_ID -> links.column(IdColumn.ofSpans(linkedSpans, linked, false), upTo);
      default -> SpanColumn.ABSENT;
    };
  }

  /** Attributes of spans, events and links that some row has. */
  synchronized Collection<SpanField.Attribute> attributes() {
    List<SpanField.Attribute> all = new ArrayList<>();
    for (Scope scope : List.of(Scope.SPAN, Scope.EVENT, Scope.LINK)) {
      AttributeTable table = table(scope);
      if (table != null) {
        table.keys().forEach(key -> all.add(new SpanField.Attribute(scope, key)));
      }
    }
    return all;
  }

  /** About how much heap it takes. */
  synchronized long heapBytes() {
    return 512
        + span.heapBytes()
        + statusMessages.heapBytes()
        + events.heapBytes()
        + eventNames.heapBytes()
        + eventTimes.heapBytes()
        + links.heapBytes()
        + 24L * linkedSpans.length;
  }
}
