package dev.sextant.log;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@link LogLine} of a message of {@code opentelemetry/proto/logs/v1/logs.proto}. For one
 * line.
 */
final class LogDecoder {
  private final ProtoReader reader;
  private long timeNanos;
  private long observedNanos;
  private int severity;
  private String severityText = "";
  private AttributeValue body = new AttributeValue.Empty();
  private final List<Attributes.Entry> attributes = new ArrayList<>();
  private int droppedAttributes;
  private TraceId traceId = TraceId.NONE;
  private long spanId;
  private int flags;
  private String eventName = "";

  private LogDecoder(ProtoReader reader) {
    this.reader = reader;
  }

  /**
   * @param reader before the record's first field
   * @param arrivalNanos the time of a record that carries none
   * @param row the line's number in the journal
   */
  static LogLine decode(
      ProtoReader reader, Resource resource, Scope scope, long arrivalNanos, long row) {
    LogDecoder decoder = new LogDecoder(reader);
    while (reader.next()) {
      decoder.readField();
    }
    return decoder.line(resource, scope, arrivalNanos, row);
  }

  /**
   * A line that was stored without the fields that its block has columns for.
   *
   * @param reader before the first of the other fields
   */
  static LogLine decode(ProtoReader reader, StoredLines lines, int index) {
    LogDecoder decoder = new LogDecoder(reader);
    decoder.timeNanos = lines.times()[index];
    decoder.observedNanos = lines.observed()[index];
    decoder.severity = (int) lines.severities()[index];
    decoder.traceId = new TraceId(lines.traceHigh()[index], lines.traceLow()[index]);
    decoder.spanId = lines.spanIds()[index];
    while (reader.next()) {
      decoder.readField();
    }
    return decoder.line(
        lines.resource(index),
        lines.scope(index),
        lines.times()[index],
        lines.block().rowNumbers()[index]);
  }

  static long time(long timeNanos, long observedNanos, long arrivalNanos) {
    return timeNanos != 0 ? timeNanos : observedNanos != 0 ? observedNanos : arrivalNanos;
  }

  /**
   * Reads a trace id; false where it is empty, else the reader's bounds are those of its 16 bytes.
   */
  static boolean hasTraceId(ProtoReader reader) {
    reader.delimited();
    return switch (reader.to() - reader.from()) {
      case 0 -> false;
      case 16 -> true;
      default -> throw reader.malformed(reader.from(), "a trace id of another length than 16");
    };
  }

  static long spanId(ProtoReader reader) {
    reader.delimited();
    return switch (reader.to() - reader.from()) {
      case 0 -> 0;
      case 8 -> reader.bigEndian(reader.from());
      default -> throw reader.malformed(reader.from(), "a span id of another length than 8");
    };
  }

  private void readField() {
    switch (reader.field()) {
      case 1 -> timeNanos = reader.fixed64();
      case 2 -> severity = reader.varint32();
      case 3 -> severityText = reader.string();
      case 5 -> body = OtlpDecoder.value(reader);
      case 6 -> attributes.add(OtlpDecoder.keyValue(reader));
      case 7 -> droppedAttributes = reader.varint32();
      case 8 -> flags = reader.fixed32();
      case 9 -> {
        if (hasTraceId(reader)) {
          int from = reader.from();
          traceId = new TraceId(reader.bigEndian(from), reader.bigEndian(from + 8));
        }
      }
      case 10 -> spanId = spanId(reader);
      case 11 -> observedNanos = reader.fixed64();
      case 12 -> eventName = reader.string();
      default -> reader.skip();
    }
  }

  private LogLine line(Resource resource, Scope scope, long arrivalNanos, long row) {
    return new LogLine(
        time(timeNanos, observedNanos, arrivalNanos),
        observedNanos,
        severity,
        severityText,
        body,
        new Attributes(attributes),
        droppedAttributes,
        traceId,
        spanId,
        flags,
        eventName,
        resource,
        scope,
        row);
  }
}
