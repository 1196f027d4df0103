package dev.sextant.log;

import com.google.protobuf.ByteString;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The log model by way of protobuf's own parser: what decoding must come to. */
final class ProtoLogs {
  private ProtoLogs() {}

  /** The request's lines, their rows counted from a number. */
  static List<LogLine> of(ExportLogsServiceRequest request, long arrivalNanos, long firstRow) {
    List<LogLine> lines = new ArrayList<>();
    for (ResourceLogs group : request.getResourceLogsList()) {
      Resource resource =
          new Resource(
              attributes(group.getResource().getAttributesList()),
              group.getResource().getDroppedAttributesCount(),
              group.getSchemaUrl());
      for (ScopeLogs inScope : group.getScopeLogsList()) {
        Scope scope =
            new Scope(
                inScope.getScope().getName(),
                inScope.getScope().getVersion(),
                attributes(inScope.getScope().getAttributesList()),
                inScope.getScope().getDroppedAttributesCount(),
                inScope.getSchemaUrl());
        for (LogRecord line : inScope.getLogRecordsList()) {
          lines.add(line(line, resource, scope, arrivalNanos, firstRow + lines.size()));
        }
      }
    }
    return lines;
  }

  private static LogLine line(
      LogRecord line, Resource resource, Scope scope, long arrivalNanos, long row) {
    long time =
        line.getTimeUnixNano() != 0
            ? line.getTimeUnixNano()
            : line.getObservedTimeUnixNano() != 0 ? line.getObservedTimeUnixNano() : arrivalNanos;
    return new LogLine(
        time,
        line.getObservedTimeUnixNano(),
        line.getSeverityNumberValue(),
        line.getSeverityText(),
        value(line.getBody()),
        attributes(line.getAttributesList()),
        line.getDroppedAttributesCount(),
        traceId(line.getTraceId()),
        spanId(line.getSpanId()),
        line.getFlags(),
        line.getEventName(),
        resource,
        scope,
        row);
  }

  private static TraceId traceId(ByteString id) {
    ByteBuffer bytes = id.asReadOnlyByteBuffer();
    return id.isEmpty() ? TraceId.NONE : new TraceId(bytes.getLong(), bytes.getLong());
  }

  private static long spanId(ByteString id) {
    return id.isEmpty() ? 0 : id.asReadOnlyByteBuffer().getLong();
  }

  private static Attributes attributes(List<KeyValue> entries) {
    return new Attributes(
        entries.stream().map(e -> new Attributes.Entry(e.getKey(), value(e.getValue()))).toList());
  }

  private static AttributeValue value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> AttributeValue.of(value.getStringValue());
      case BOOL_VALUE -> AttributeValue.of(value.getBoolValue());
      case INT_VALUE -> AttributeValue.of(value.getIntValue());
      case DOUBLE_VALUE -> AttributeValue.of(value.getDoubleValue());
      case BYTES_VALUE -> new AttributeValue.Bytes(value.getBytesValue().asReadOnlyByteBuffer());
      case ARRAY_VALUE ->
          new AttributeValue.Array(
              value.getArrayValue().getValuesList().stream().map(ProtoLogs::value).toList());
      case KVLIST_VALUE ->
          new AttributeValue.KeyValues(attributes(value.getKvlistValue().getValuesList()));
      default -> new AttributeValue.Empty();
    };
  }
}
