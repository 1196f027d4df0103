package dev.sextant.collector.operation;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An {@code ExportTraceServiceRequest} with some spans under another name, and with one attribute
 * more. Everything else is carried over byte by byte, known to OTLP or not; only lengths around
 * renamed spans are written anew. For one thread.
 */
final class RenamedRequest {
  private static final byte[] URL_ORIGINAL = "url.original".getBytes(StandardCharsets.US_ASCII);
  private static final int MESSAGES = 1;
  private static final int ROWS = 2;

  /** What the lengths around one span may grow by. */
  private static final int LENGTHS = 12;

  private final ByteWriter rows = new ByteWriter(1024);

  /** Three numbers for each renamed span: its first byte, the one after its last, its new end. */
  private int[] edits = new int[12];

  private int count;
  private int next;

  /** Bytes that all names so far add, at most. */
  private int growth;

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /**
   * Renames a span; they come in the request's order.
   *
   * @param raw the path as it was sent, to be kept as {@code url.original}; null to add nothing
   */
  void add(SpanFields span, byte[] name, int nameFrom, int nameTo, @Nullable Slice raw) {
    int before = rows.length();
    rows.put(span.bytes(), span.rowFrom(), span.nameTag());
    field(rows, SpanFields.NAME_FIELD, nameTo - nameFrom);
    rows.put(name, nameFrom, nameTo);
    rows.put(span.bytes(), span.nameTo(), span.rowTo());
    if (raw != null) {
      attribute(raw);
    }
    if (edits.length < 3 * count + 3) {
      edits = Arrays.copyOf(edits, 2 * edits.length);
    }
    edits[3 * count] = span.rowFrom();
    edits[3 * count + 1] = span.rowTo();
    edits[3 * count + 2] = rows.length();
    growth += rows.length() - before - (span.rowTo() - span.rowFrom()) + LENGTHS;
    count++;
  }

  /** By how much the request becomes longer, at most; negative where it becomes shorter. */
  int growth() {
    return growth;
  }

  private void attribute(Slice raw) {
    int text = sized(raw.length());
    field(rows, SpanFields.ATTRIBUTES_FIELD, sized(URL_ORIGINAL.length) + sized(text));
    field(rows, 1, URL_ORIGINAL.length);
    rows.put(URL_ORIGINAL, 0, URL_ORIGINAL.length);
    field(rows, 2, text);
    field(rows, 1, raw.length());
    rows.put(raw.bytes(), raw.from(), raw.to());
  }

  /** Bytes of a field below 16 that holds so many. */
  private static int sized(int length) {
    return 1 + (38 - Integer.numberOfLeadingZeros(length | 1)) / 7 + length;
  }

  private static void field(ByteWriter out, int field, int length) {
    out.putVarint((long) field << 3 | ProtoReader.DELIMITED);
    out.putVarint(length);
  }

  /**
   * The request anew.
   *
   * @param reader over the request that the spans were read from
   */
  ByteBuffer write(ProtoReader reader, int from, int to) {
    ByteWriter request = new ByteWriter(to - from + growth);
    next = 0;
    reader.reset(from, to);
    message(reader, request, MESSAGES, 0);
    return ByteBuffer.wrap(request.array(), 0, request.length()).asReadOnlyBuffer();
  }

  /**
   * Copies the fields of a message.
   *
   * @param holding number of the field that leads to spans
   * @param depth 0 for the request, 1 for the spans of a resource, 2 for those of a scope
   */
  private void message(ProtoReader reader, ByteWriter out, int holding, int depth) {
    for (int at = reader.position(); reader.next(); at = reader.position()) {
      if (reader.field() != holding || reader.wire() != ProtoReader.DELIMITED) {
        reader.skip();
        out.put(reader.bytes(), at, reader.position());
      } else if (depth == 2) {
        row(reader, out, at);
      } else {
        nested(reader, out, at, depth);
      }
    }
  }

  private void nested(ProtoReader reader, ByteWriter out, int at, int depth) {
    int outer = reader.enter();
    if (next < count && edits[3 * next] < reader.end()) {
      ByteWriter inner = new ByteWriter(reader.end() - reader.position() + 64);
      message(reader, inner, ROWS, depth + 1);
      field(out, depth == 0 ? MESSAGES : ROWS, inner.length());
      out.put(inner.array(), 0, inner.length());
      reader.leave(outer);
    } else {
      reader.leave(outer);
      out.put(reader.bytes(), at, reader.position());
    }
  }

  private void row(ProtoReader reader, ByteWriter out, int at) {
    reader.delimited();
    if (next < count && edits[3 * next] == reader.from()) {
      int from = next == 0 ? 0 : edits[3 * next - 1];
      int to = edits[3 * next + 2];
      field(out, ROWS, to - from);
      out.put(rows.array(), from, to);
      next++;
    } else {
      out.put(reader.bytes(), at, reader.to());
    }
  }
}
