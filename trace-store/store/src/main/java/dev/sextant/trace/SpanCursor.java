package dev.sextant.trace;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.RowCursor;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.otlp.TraceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks the spans of an {@code ExportTraceServiceRequest}. After {@link #next()} the span's plain
 * fields are read; its name, attributes, resource and scope are made into objects only when asked
 * for. For one thread.
 *
 * <p>Throws {@link MalformedOtlpException} where the bytes are damaged or an id has another length
 * than OTLP's: what {@link OtlpTraces#validate} cleaned never does.
 */
public final class SpanCursor {
  private final RowCursor rows;
  private final ProtoReader reader;
  private final ProtoReader scan;
  private long traceHigh;
  private long traceLow;
  private long spanId;
  private long parentSpanId;
  private int kind;
  private int status;
  private long startNanos;
  private long endNanos;
  private int nameFrom;
  private int nameTo;

  /** Walks a batch's payload. */
  public SpanCursor(ByteBuffer request) {
    this(request, OtlpLimits.DEFAULT);
  }

  public SpanCursor(ByteBuffer request, OtlpLimits limits) {
    this.rows = new RowCursor(request, limits);
    this.reader = rows.reader();
    this.scan = rows.reader();
  }

  /** Moves to the next span; false after the last. */
  public boolean next() {
    if (!rows.next()) {
      return false;
    }
    traceHigh = traceLow = spanId = parentSpanId = startNanos = endNanos = 0;
    kind = status = 0;
    nameFrom = nameTo = rows.rowFrom();
    reader.reset(rows.rowFrom(), rows.rowTo());
    while (reader.next()) {
      readField();
    }
    return true;
  }

  private void readField() {
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
      case 4 -> parentSpanId = parent();
      case 5 -> {
        reader.delimited();
        nameFrom = reader.from();
        nameTo = reader.to();
      }
      case 6 -> kind = reader.varint32();
      case 7 -> startNanos = reader.fixed64();
      case 8 -> endNanos = reader.fixed64();
      case 15 -> status = SpanDecoder.statusCode(reader);
      default -> reader.skip();
    }
  }

  private void id(int length) {
    reader.delimited();
    if (reader.to() - reader.from() != length) {
      throw reader.malformed(
          reader.from(),
          "an id of " + (reader.to() - reader.from()) + " bytes instead of " + length);
    }
  }

  private long parent() {
    reader.delimited();
    return switch (reader.to() - reader.from()) {
      case 0 -> 0;
      case 8 -> reader.bigEndian(reader.from());
      default -> throw reader.malformed(reader.from(), "a parent span id of another length than 8");
    };
  }

  /** Number of the span in the request, from 0. */
  public int index() {
    return rows.index();
  }

  public TraceId traceId() {
    return new TraceId(traceHigh, traceLow);
  }

  /** The trace id's first 64 bits. */
  public long traceHigh() {
    return traceHigh;
  }

  /** The trace id's last 64 bits. */
  public long traceLow() {
    return traceLow;
  }

  public long spanId() {
    return spanId;
  }

  /** 0 for a root. */
  public long parentSpanId() {
    return parentSpanId;
  }

  public Span.Kind kind() {
    return SpanDecoder.kind(kind);
  }

  /** OTLP's number as it was sent. */
  int kindNumber() {
    return kind;
  }

  /** OTLP's number as it was sent. */
  int statusNumber() {
    return status;
  }

  public Span.Status status() {
    return SpanDecoder.status(status);
  }

  /** Since the epoch. */
  public long startNanos() {
    return startNanos;
  }

  /** Since the epoch; may lie before the start. */
  public long endNanos() {
    return endNanos;
  }

  /** End minus start, never below 0. */
  public long durationNanos() {
    return Math.max(0, endNanos - startNanos);
  }

  public Slice nameBytes() {
    return new Slice(rows.bytes(), nameFrom, nameTo);
  }

  public String name() {
    return new String(rows.bytes(), nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
  }

  /** {@link Resource#service()}, read once for all spans of a resource. */
  public String service() {
    return rows.service();
  }

  /** One attribute of the span, or null; nothing else is decoded. */
  public @Nullable AttributeValue attribute(String key) {
    return attribute(key.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #attribute(String)} with the key in UTF-8. */
  public @Nullable AttributeValue attribute(byte[] key) {
    scan.reset(rows.rowFrom(), rows.rowTo());
    return OtlpDecoder.find(scan, 9, key);
  }

  /** One attribute of the resource, or null; nothing else is decoded. */
  public @Nullable AttributeValue resourceAttribute(String key) {
    return rows.resourceAttribute(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Decoded once for all spans of a resource. */
  public Resource resource() {
    return rows.resource();
  }

  /** Decoded once for all spans of a scope. */
  public Scope scope() {
    return rows.scope();
  }

  /** The span's own message, and what stands around it. */
  public RowCursor rows() {
    return rows;
  }

  /**
   * The whole span.
   *
   * @param row its number in the journal
   */
  public Span decode(long row) {
    scan.reset(rows.rowFrom(), rows.rowTo());
    return SpanDecoder.decode(scan, resource(), scope(), row);
  }
}
