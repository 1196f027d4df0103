package dev.sextant.collector.derive;

import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.RowCursor;
import dev.sextant.trace.SharedSpans;
import dev.sextant.trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What derivation reads of the span that a cursor stands on, without making objects. Of a field
 * that stands twice the last holds, as protobuf has it. For one request, and one thread.
 */
final class SpanFacts {
  private static final int ATTRIBUTES = 9;

  /** {@code zipkin.shared: true}, as receivers write it. */
  private static final byte[] SHARED =
      "\n\r%s\022\002\020\001".formatted(SharedSpans.SHARED).getBytes(StandardCharsets.US_ASCII);

  private static final Span.Kind[] KINDS = Span.Kind.values();
  private static final Span.Status[] STATUSES = Span.Status.values();

  private final RowCursor rows;
  private final ProtoReader reader;
  private final PeerAttributes attributes;
  private final Peer peer;
  long traceHigh;
  long traceLow;
  long spanId;

  /** 0 for a root. */
  long parentSpanId;

  /** Whether the caller reported its own half of the call under the same id. */
  boolean shared;

  Span.Kind kind = Span.Kind.UNSPECIFIED;
  Span.Status status = Span.Status.UNSET;
  long startNanos;
  long endNanos;

  /** Where the name lies in the cursor's bytes. */
  int nameFrom;

  int nameTo;
  private int attributesFrom;

  SpanFacts(RowCursor rows, PeerAttributes attributes) {
    this.rows = rows;
    this.attributes = attributes;
    peer = new Peer(attributes);
    reader = rows.reader();
  }

  /** Reads the current span but for its attributes. */
  void read() {
    traceHigh = traceLow = spanId = parentSpanId = startNanos = endNanos = 0;
    shared = false;
    kind = Span.Kind.UNSPECIFIED;
    status = Span.Status.UNSET;
    nameFrom = nameTo = rows.rowFrom();
    attributesFrom = rows.rowTo();
    reader.reset(rows.rowFrom(), rows.rowTo());
    for (int at = rows.rowFrom(); reader.next(); at = reader.position()) {
      field(at);
    }
  }

  private void field(int at) {
    switch (reader.field()) {
      case 1 -> {
        id(16);
        traceHigh = reader.bigEndian(reader.from());
        traceLow = reader.bigEndian(reader.from() + 8);
      }
      case 2 -> {
        id(8);
        spanId = reader.bigEndian(reader.from());
      }
      case 4 -> {
        reader.delimited();
        boolean isThere = reader.to() - reader.from() == 8;
        parentSpanId = isThere ? reader.bigEndian(reader.from()) : 0;
      }
      case 5 -> {
        reader.delimited();
        nameFrom = reader.from();
        nameTo = reader.to();
      }
      case 6 -> {
        int number = reader.varint32();
        kind = number >= 0 && number < KINDS.length ? KINDS[number] : Span.Kind.UNSPECIFIED;
      }
      case 7 -> startNanos = reader.fixed64();
      case 8 -> endNanos = reader.fixed64();
      case ATTRIBUTES -> {
        attributesFrom = Math.min(attributesFrom, at);
        reader.delimited();
        shared |= isShared(reader.from(), reader.to());
      }
      case 15 -> readStatus();
      default -> reader.skip();
    }
  }

  private boolean isShared(int from, int to) {
    return to - from == SHARED.length
        && Arrays.equals(reader.bytes(), from, to, SHARED, 0, SHARED.length);
  }

  /** The id of the calling span: the parent's or, of a shared id, the span's own; 0 for none. */
  long callerSpanId() {
    return shared ? spanId : parentSpanId;
  }

  private void id(int length) {
    reader.delimited();
    if (reader.to() - reader.from() != length) {
      throw reader.malformed(reader.from(), "an id of another length than " + length);
    }
  }

  private void readStatus() {
    status = Span.Status.UNSET;
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() == 3) {
        int code = reader.varint32();
        status = code >= 0 && code < STATUSES.length ? STATUSES[code] : Span.Status.UNSET;
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
  }

  /** Reads what the span says of whom it calls; valid until the next span is read. */
  Peer peer() {
    reader.reset(attributesFrom, rows.rowTo());
    attributes.read(rows, reader, ATTRIBUTES);
    return peer;
  }

  byte[] bytes() {
    return rows.bytes();
  }

  /** End minus start, never below 0. */
  long durationNanos() {
    return Math.max(0, endNanos - startNanos);
  }
}
