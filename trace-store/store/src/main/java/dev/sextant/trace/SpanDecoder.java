package dev.sextant.trace;

import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@link Span} of a message of {@code opentelemetry/proto/trace/v1/trace.proto}. For one
 * span.
 */
final class SpanDecoder {
  private static final Span.Kind[] KINDS = Span.Kind.values();
  private static final Span.Status[] STATUSES = Span.Status.values();

  private final ProtoReader reader;
  private TraceId traceId = TraceId.NONE;
  private long spanId;
  private String traceState = "";
  private long parentSpanId;
  private String name = "";
  private int kind;
  private long startNanos;
  private long endNanos;
  private final List<Attributes.Entry> attributes = new ArrayList<>();
  private int droppedAttributes;
  private final List<Span.Event> events = new ArrayList<>();
  private int droppedEvents;
  private final List<Span.Link> links = new ArrayList<>();
  private int droppedLinks;
  private int status;
  private String statusMessage = "";
  private int flags;

  private SpanDecoder(ProtoReader reader) {
    this.reader = reader;
  }

  /**
   * @param reader before the span's first field
   * @param row the span's number in the journal
   */
  static Span decode(ProtoReader reader, Resource resource, Scope scope, long row) {
    SpanDecoder decoder = new SpanDecoder(reader);
    while (reader.next()) {
      decoder.readField();
    }
    return decoder.span(resource, scope, row);
  }

  /**
   * A span that was stored without the fields that its block has columns for.
   *
   * @param reader before the first of the other fields
   */
  static Span decode(ProtoReader reader, StoredSpans spans, int index) {
    SpanDecoder decoder = new SpanDecoder(reader);
    decoder.traceId = new TraceId(spans.traceHigh()[index], spans.traceLow()[index]);
    decoder.spanId = spans.spanIds()[index];
    decoder.parentSpanId = spans.parents()[index];
    decoder.name = spans.name(index);
    decoder.kind = (int) spans.kinds()[index];
    decoder.startNanos = spans.starts()[index];
    decoder.endNanos = spans.starts()[index] + spans.lengths()[index];
    while (reader.next()) {
      decoder.readField();
    }
    return decoder.span(
        spans.resource(index), spans.scope(index), spans.block().rowNumbers()[index]);
  }

  /** Unknown numbers read as unspecified, as proto3 wants of open enumerations. */
  static Span.Kind kind(int number) {
    return number >= 0 && number < KINDS.length ? KINDS[number] : Span.Kind.UNSPECIFIED;
  }

  static Span.Status status(int number) {
    return number >= 0 && number < STATUSES.length ? STATUSES[number] : Span.Status.UNSET;
  }

  /** The code of the {@code Status} that the reader stands on. */
  static int statusCode(ProtoReader reader) {
    int code = 0;
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() == 3) {
        code = reader.varint32();
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
    return code;
  }

  private void readField() {
    switch (reader.field()) {
      case 1 -> traceId = traceId(reader);
      case 2 -> spanId = spanId(reader);
      case 3 -> traceState = reader.string();
      case 4 -> parentSpanId = spanId(reader);
      case 5 -> name = reader.string();
      case 6 -> kind = reader.varint32();
      case 7 -> startNanos = reader.fixed64();
      case 8 -> endNanos = reader.fixed64();
      case 9 -> attributes.add(OtlpDecoder.keyValue(reader));
      case 10 -> droppedAttributes = reader.varint32();
      case 11 -> events.add(event());
      case 12 -> droppedEvents = reader.varint32();
      case 13 -> links.add(link());
      case 14 -> droppedLinks = reader.varint32();
      case 15 -> readStatus();
      case 16 -> flags = reader.fixed32();
      default -> reader.skip();
    }
  }

  private void readStatus() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 2 -> statusMessage = reader.string();
        case 3 -> status = reader.varint32();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private Span.Event event() {
    long time = 0;
    String eventName = "";
    List<Attributes.Entry> entries = new ArrayList<>();
    int dropped = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> time = reader.fixed64();
        case 2 -> eventName = reader.string();
        case 3 -> entries.add(OtlpDecoder.keyValue(reader));
        case 4 -> dropped = reader.varint32();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Span.Event(time, eventName, new Attributes(entries), dropped);
  }

  private Span.Link link() {
    TraceId linked = TraceId.NONE;
    long linkedSpan = 0;
    String state = "";
    List<Attributes.Entry> entries = new ArrayList<>();
    int dropped = 0;
    int linkFlags = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> linked = traceId(reader);
        case 2 -> linkedSpan = spanId(reader);
        case 3 -> state = reader.string();
        case 4 -> entries.add(OtlpDecoder.keyValue(reader));
        case 5 -> dropped = reader.varint32();
        case 6 -> linkFlags = reader.fixed32();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Span.Link(linked, linkedSpan, state, new Attributes(entries), dropped, linkFlags);
  }

  private static TraceId traceId(ProtoReader reader) {
    reader.delimited();
    return switch (reader.to() - reader.from()) {
      case 0 -> TraceId.NONE;
      case 16 -> new TraceId(reader.bigEndian(reader.from()), reader.bigEndian(reader.from() + 8));
      default -> throw reader.malformed(reader.from(), "a trace id of another length than 16");
    };
  }

  private static long spanId(ProtoReader reader) {
    reader.delimited();
    return switch (reader.to() - reader.from()) {
      case 0 -> 0;
      case 8 -> reader.bigEndian(reader.from());
      default -> throw reader.malformed(reader.from(), "a span id of another length than 8");
    };
  }

  private Span span(Resource resource, Scope scope, long row) {
    return new Span(
        traceId,
        spanId,
        parentSpanId,
        name,
        kind(kind),
        startNanos,
        endNanos,
        status(status),
        statusMessage,
        new Attributes(attributes),
        droppedAttributes,
        events,
        droppedEvents,
        links,
        droppedLinks,
        traceState,
        flags,
        resource,
        scope,
        row);
  }
}
