package dev.sextant.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Random;

/** Requests with every field of OTLP's, some of them left out, by a seed. */
final class RandomTraces {
  private final Random random;

  RandomTraces(long seed) {
    this.random = new Random(seed);
  }

  ExportTraceServiceRequest request() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      ResourceSpans.Builder group = request.addResourceSpansBuilder();
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
        scope(group.addScopeSpansBuilder());
      }
    }
    return request.build();
  }

  private void scope(ScopeSpans.Builder scope) {
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
      scope.addSpans(span());
    }
  }

  Span span() {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setParentSpanId(random.nextBoolean() ? ByteString.EMPTY : id(8))
            .setTraceState(random.nextBoolean() ? "" : "vendor=ä" + random.nextInt())
            .setName(random.nextInt(5) == 0 ? "" : "GET /" + random.nextInt(5))
            .setKindValue(random.nextInt(6))
            .setStartTimeUnixNano(random.nextLong(1L << 61))
            .setEndTimeUnixNano(random.nextLong(1L << 61))
            .setDroppedAttributesCount(random.nextInt(3))
            .setDroppedEventsCount(random.nextInt(3))
            .setDroppedLinksCount(random.nextInt(3))
            .setFlags(random.nextInt());
    for (int i = random.nextInt(5); i > 0; i--) {
      span.addAttributes(keyValue("a" + i, value(3)));
    }
    if (random.nextBoolean()) {
      span.addEventsBuilder()
          .setName("exception")
          .setTimeUnixNano(random.nextLong(1L << 61))
          .addAttributes(keyValue("e", value(2)))
          .setDroppedAttributesCount(random.nextInt(3));
      span.addLinksBuilder()
          .setTraceId(id(16))
          .setSpanId(id(8))
          .setTraceState("x=y")
          .addAttributes(keyValue("l", value(2)))
          .setDroppedAttributesCount(random.nextInt(3))
          .setFlags(random.nextInt());
    }
    if (random.nextBoolean()) {
      span.setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage("why €"));
    }
    return span.build();
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
