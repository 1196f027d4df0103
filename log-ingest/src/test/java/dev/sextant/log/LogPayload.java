package dev.sextant.log;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.ByteBuffer;
import java.util.List;

/** Builds OTLP payloads for tests with the reference messages. */
public final class LogPayload {
  private LogPayload() {}

  /** A line of level INFO outside of any trace. */
  public static LogRecord.Builder line(long timeNanos, String body) {
    return line(timeNanos, body, SeverityNumber.SEVERITY_NUMBER_INFO);
  }

  public static LogRecord.Builder line(long timeNanos, String body, SeverityNumber severity) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(timeNanos)
        .setObservedTimeUnixNano(timeNanos)
        .setSeverityNumber(severity)
        .setBody(text(body));
  }

  public static ByteString traceId(long low) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(0).putLong(low).flip());
  }

  public static ByteString spanId(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
  }

  public static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  public static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  public static KeyValue attribute(String key, String value) {
    return attribute(key, text(value));
  }

  public static KeyValue attribute(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value).build());
  }

  /** Lines of one service. */
  public static ResourceLogs of(String service, LogRecord.Builder... lines) {
    return of(List.of(attribute("service.name", service)), lines);
  }

  /** Lines of one resource. */
  public static ResourceLogs of(List<KeyValue> resource, LogRecord.Builder... lines) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (LogRecord.Builder line : lines) {
      scope.addLogRecords(line);
    }
    return ResourceLogs.newBuilder()
        .setResource(Resource.newBuilder().addAllAttributes(resource))
        .addScopeLogs(scope)
        .build();
  }

  public static LogBatch batch(String tenant, ResourceLogs... parts) {
    LogsData message = LogsData.newBuilder().addAllResourceLogs(List.of(parts)).build();
    int rows =
        message.getResourceLogsList().stream()
            .flatMap(part -> part.getScopeLogsList().stream())
            .mapToInt(ScopeLogs::getLogRecordsCount)
            .sum();
    return new LogBatch(tenant, rows, ByteBuffer.wrap(message.toByteArray()));
  }
}
