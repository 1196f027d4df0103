package dev.sextant.collector.operation;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.RowCursor;
import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;

/**
 * An {@code ExportTraceServiceRequest} with some spans under another name, and with one attribute
 * more. Everything else is carried over byte by byte, known to OTLP or not; only lengths around
 * renamed spans are written anew. For one thread.
 */
final class RenamedRequest {
  private static final int GROUPS = 1;
  private static final int SCOPES = 2;
  private static final int ROWS = 2;

  private final RenamedSpans spans = new RenamedSpans();
  private final Slice request;
  private final ProtoReader groups;
  private final ProtoReader scopes;
  private final ProtoReader rows;
  private final ProtoReader lengths;
  private int next;

  /**
   * @param cursor over the request
   */
  RenamedRequest(Slice request, RowCursor cursor) {
    this.request = request;
    groups = cursor.reader();
    scopes = cursor.reader();
    rows = cursor.reader();
    lengths = cursor.reader();
  }

  /** The renamed spans; they must come in the request's order. */
  RenamedSpans spans() {
    return spans;
  }

  /** The request anew. */
  ByteBuffer write() {
    byte[] bytes = request.bytes();
    ByteWriter out = new ByteWriter(request.length() + spans.growth());
    next = 0;
    groups.reset(request.from(), request.to());
    for (int at = groups.position(); groups.next(); at = groups.position()) {
      if (entered(groups, GROUPS)) {
        ProtoWire.field(out, GROUPS, groupLength(groups.from(), groups.to()));
        writeGroup(groups.from(), groups.to(), out);
      } else {
        out.put(bytes, at, groups.position());
      }
    }
    return ByteBuffer.wrap(out.array(), 0, out.length()).slice();
  }

  /** Reads a field; whether it is the one that leads to spans, and the next renamed is inside. */
  private boolean entered(ProtoReader reader, int field) {
    if (reader.field() != field) {
      reader.skip();
      return false;
    }
    reader.delimited();
    return isRenamed(next, reader.to());
  }

  private boolean isRenamed(int span, int before) {
    return span < spans.count() && spans.rowFrom(span) < before;
  }

  private void writeGroup(int from, int to, ByteWriter out) {
    scopes.reset(from, to);
    for (int at = from; scopes.next(); at = scopes.position()) {
      if (entered(scopes, SCOPES)) {
        ProtoWire.field(out, SCOPES, scopeLength(next, scopes.from(), scopes.to()));
        writeScope(scopes.from(), scopes.to(), out);
      } else {
        out.put(request.bytes(), at, scopes.position());
      }
    }
  }

  private void writeScope(int from, int to, ByteWriter out) {
    rows.reset(from, to);
    for (int at = from; rows.next(); at = rows.position()) {
      if (entered(rows, ROWS) && spans.rowFrom(next) == rows.from()) {
        spans.write(next, request.bytes(), out);
        next++;
      } else {
        out.put(request.bytes(), at, rows.position());
      }
    }
  }

  /** What a group's content will be long. */
  private int groupLength(int from, int to) {
    int span = next;
    int length = 0;
    lengths.reset(from, to);
    for (int at = from; lengths.next(); at = lengths.position()) {
      if (lengths.field() != SCOPES) {
        lengths.skip();
        length += lengths.position() - at;
        continue;
      }
      lengths.delimited();
      if (isRenamed(span, lengths.to())) {
        length += ProtoWire.sized(scopeLength(span, lengths.from(), lengths.to()));
        while (isRenamed(span, lengths.to())) {
          span++;
        }
      } else {
        length += lengths.position() - at;
      }
    }
    return length;
  }

  /** What a scope's content will be long, {@code first} being the first span renamed in it. */
  private int scopeLength(int first, int from, int to) {
    int length = to - from;
    for (int span = first; isRenamed(span, to); span++) {
      length += spans.growth(span);
    }
    return length;
  }
}
