package dev.sextant.log;

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
 * Walks the records of an {@code ExportLogsServiceRequest}. After {@link #next()} the record's
 * plain fields are read; its body, attributes, resource and scope are made into objects only when
 * asked for. For one thread.
 *
 * <p>Throws {@link MalformedOtlpException} where the bytes are damaged or an id has another length
 * than OTLP's: what {@link OtlpLogs#validate} cleaned never does.
 */
public final class LogCursor {
  private final RowCursor rows;
  private final ProtoReader reader;
  private final ProtoReader scan;
  private final long arrivalNanos;
  private long timeNanos;
  private long observedNanos;
  private int severity;
  private int textFrom;
  private int textTo;
  private long traceHigh;
  private long traceLow;
  private long spanId;

  /**
   * Walks a batch's payload.
   *
   * @param arrivalNanos the time, since the epoch, of records that carry none
   */
  public LogCursor(ByteBuffer request, long arrivalNanos) {
    this(request, arrivalNanos, OtlpLimits.DEFAULT);
  }

  public LogCursor(ByteBuffer request, long arrivalNanos, OtlpLimits limits) {
    this.rows = new RowCursor(request, limits);
    this.reader = rows.reader();
    this.scan = rows.reader();
    this.arrivalNanos = arrivalNanos;
  }

  /** Moves to the next record; false after the last. */
  public boolean next() {
    if (!rows.next()) {
      return false;
    }
    timeNanos = observedNanos = traceHigh = traceLow = spanId = 0;
    severity = 0;
    textFrom = textTo = rows.rowFrom();
    reader.reset(rows.rowFrom(), rows.rowTo());
    while (reader.next()) {
      readField();
    }
    return true;
  }

  private void readField() {
    switch (reader.field()) {
      case 1 -> timeNanos = reader.fixed64();
      case 2 -> severity = reader.varint32();
      case 3 -> {
        reader.delimited();
        textFrom = reader.from();
        textTo = reader.to();
      }
      case 9 -> readTraceId();
      case 10 -> spanId = LogDecoder.spanId(reader);
      case 11 -> observedNanos = reader.fixed64();
      default -> reader.skip();
    }
  }

  private void readTraceId() {
    if (LogDecoder.hasTraceId(reader)) {
      traceHigh = reader.bigEndian(reader.from());
      traceLow = reader.bigEndian(reader.from() + 8);
    }
  }

  /** Number of the record in the request, from 0. */
  public int index() {
    return rows.index();
  }

  /**
   * When it happened, as {@link LogLine#timeNanos()} says: its own time, the observed one, or the
   * arrival.
   */
  public long timeNanos() {
    return LogDecoder.time(timeNanos, observedNanos, arrivalNanos);
  }

  /** As sent; 0 where it was not. */
  public long observedNanos() {
    return observedNanos;
  }

  /** OTLP's number as sent; 0 for unknown. */
  public int severity() {
    return severity;
  }

  public String severityText() {
    return new String(rows.bytes(), textFrom, textTo - textFrom, StandardCharsets.UTF_8);
  }

  public Level level() {
    return Level.of(severity, severity >= 1 && severity <= 24 ? "" : severityText());
  }

  public TraceId traceId() {
    return new TraceId(traceHigh, traceLow);
  }

  /** The trace id's first 64 bits; 0 with {@link #traceLow()} 0 outside of a trace. */
  public long traceHigh() {
    return traceHigh;
  }

  /** The trace id's last 64 bits. */
  public long traceLow() {
    return traceLow;
  }

  /** 0 outside of a span. */
  public long spanId() {
    return spanId;
  }

  /** {@link Resource#service()}, read once for all records of a resource. */
  public String service() {
    return rows.service();
  }

  /** The body as {@link AttributeValue#asText()} gives it. */
  public String bodyText() {
    scan.reset(rows.rowFrom(), rows.rowTo());
    while (scan.next()) {
      if (scan.field() == 5) {
        return OtlpDecoder.value(scan).asText();
      }
      scan.skip();
    }
    return "";
  }

  /** One attribute of the record, or null; nothing else is decoded. */
  public @Nullable AttributeValue attribute(String key) {
    scan.reset(rows.rowFrom(), rows.rowTo());
    return OtlpDecoder.find(scan, 6, key.getBytes(StandardCharsets.UTF_8));
  }

  /** Decoded once for all records of a resource. */
  public Resource resource() {
    return rows.resource();
  }

  /** Decoded once for all records of a scope. */
  public Scope scope() {
    return rows.scope();
  }

  /** The record's own message, and what stands around it. */
  public RowCursor rows() {
    return rows;
  }

  /** The record's own bytes. */
  public Slice row() {
    return rows.row();
  }

  /**
   * The whole line.
   *
   * @param row its number in the journal
   */
  public LogLine decode(long row) {
    scan.reset(rows.rowFrom(), rows.rowTo());
    return LogDecoder.decode(scan, resource(), scope(), arrivalNanos, row);
  }
}
