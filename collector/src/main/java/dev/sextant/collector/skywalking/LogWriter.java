package dev.sextant.collector.skywalking;

import dev.sextant.collector.convert.OtlpValues;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.TraceId;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;

/** Writes one log record as an {@code ExportLogsServiceRequest}. */
final class LogWriter {
  private LogWriter() {}

  /**
   * A record.
   *
   * @param level such as {@code WARN}; empty where there is none
   * @param trace none where it belongs to none
   * @param span 0 where it belongs to none
   */
  record Line(
      long timeNanos,
      String level,
      String body,
      Map<String, AttributeValue> attributes,
      TraceId trace,
      long span) {}

  static ByteBuffer request(Map<String, AttributeValue> resource, Line line) {
    ProtoWriter out = new ProtoWriter();
    int resourceLogs = out.begin(1);
    int written = out.begin(1);
    resource.forEach((key, value) -> OtlpValues.attribute(out, 1, key, value));
    out.end(written);
    int scopeLogs = out.begin(2);
    int record = out.begin(2);
    out.fixed64(1, line.timeNanos());
    if (!line.level().isEmpty()) {
      out.varint(2, severity(line.level()));
      out.text(3, line.level());
    }
    OtlpValues.value(out, 5, AttributeValue.of(line.body()));
    line.attributes().forEach((key, value) -> OtlpValues.attribute(out, 6, key, value));
    if (!line.trace().isNone()) {
      out.id(9, line.trace().high(), line.trace().low());
    }
    if (line.span() != 0) {
      out.id(10, line.span());
    }
    out.end(record);
    out.end(scopeLogs);
    out.end(resourceLogs);
    return out.written().buffer();
  }

  /** OTLP's number of a level; 0 for one that is not known. */
  private static int severity(String level) {
    return switch (level.toUpperCase(Locale.ROOT)) {
      case "TRACE" -> 1;
      case "DEBUG" -> 5;
      case "INFO" -> 9;
      case "WARN", "WARNING" -> 13;
      case "ERROR" -> 17;
      case "FATAL" -> 21;
      default -> 0;
    };
  }
}
