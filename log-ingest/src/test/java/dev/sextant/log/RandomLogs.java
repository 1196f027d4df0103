package dev.sextant.log;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Random;

/** Requests with every field of OTLP's, some of them left out, by a seed. */
final class RandomLogs {
  private final Random random;

  RandomLogs(long seed) {
    this.random = new Random(seed);
  }

  ExportLogsServiceRequest request() {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      ResourceLogs.Builder group = request.addResourceLogsBuilder();
      if (random.nextInt(8) > 0) {
        Resource.Builder resource =
            group.getResourceBuilder().setDroppedAttributesCount(random.nextInt(3));
        resource.addAttributes(keyValue("service.name", text("shop")));
        for (int a = random.nextInt(3); a > 0; a--) {
          resource.addAttributes(keyValue("r" + a, value(2)));
        }
      }
      group.setSchemaUrl(random.nextBoolean() ? "" : "https://example.org/" + i);
      for (int s = random.nextInt(3); s >= 0; s--) {
        scope(group.addScopeLogsBuilder());
      }
    }
    return request.build();
  }

  private void scope(ScopeLogs.Builder scope) {
    if (random.nextBoolean()) {
      scope.setScope(
          InstrumentationScope.newBuilder()
              .setName("scope")
              .setVersion("1." + random.nextInt(9))
              .addAttributes(keyValue("s", value(1)))
              .setDroppedAttributesCount(random.nextInt(2)));
    }
    scope.setSchemaUrl(random.nextBoolean() ? "" : "https://example.org/scope");
    for (int i = random.nextInt(4); i > 0; i--) {
      scope.addLogRecords(line());
    }
  }

  LogRecord line() {
    LogRecord.Builder line =
        LogRecord.newBuilder()
            .setTimeUnixNano(random.nextInt(4) == 0 ? 0 : random.nextLong(1L << 61))
            .setObservedTimeUnixNano(random.nextInt(4) == 0 ? 0 : random.nextLong(1L << 61))
            .setSeverityNumberValue(random.nextInt(25))
            .setSeverityText(random.nextBoolean() ? "" : "Warnung ä")
            .setTraceId(random.nextBoolean() ? ByteString.EMPTY : id(16))
            .setSpanId(random.nextBoolean() ? ByteString.EMPTY : id(8))
            .setFlags(random.nextInt())
            .setEventName(random.nextBoolean() ? "" : "click")
            .setDroppedAttributesCount(random.nextInt(3));
    if (random.nextInt(6) > 0) {
      line.setBody(
          random.nextBoolean() ? text("order " + random.nextInt(1000) + " taken €") : value(3));
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      line.addAttributes(keyValue("a" + i, value(3)));
    }
    return line.build();
  }

  private ByteString id(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    bytes[0] |= 1;
    return ByteString.copyFrom(bytes);
  }

  private AnyValue value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> value.build();
      case 1 -> text("wert ä" + random.nextInt(100));
      case 2 -> value.setBoolValue(random.nextBoolean()).build();
      case 3 -> value.setIntValue(random.nextLong()).build();
      case 4 -> value.setDoubleValue(random.nextDouble()).build();
      case 5 -> value.setBytesValue(id(5)).build();
      case 6 ->
          value
              .setArrayValue(
                  ArrayValue.newBuilder().addValues(value(depth - 1)).addValues(value(depth - 1)))
              .build();
      default ->
          value
              .setKvlistValue(KeyValueList.newBuilder().addValues(keyValue("k", value(depth - 1))))
              .build();
    };
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static KeyValue keyValue(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
