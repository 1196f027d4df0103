package dev.sextant.api.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads spans written as OTLP's JSON, as far as searches can ask for them. */
final class OtlpTraceJson {
  private OtlpTraceJson() {}

  static TracesData read(JsonNode json) {
    TracesData.Builder data = TracesData.newBuilder();
    for (JsonNode group : json.path("resourceSpans")) {
      ResourceSpans.Builder resource = data.addResourceSpansBuilder();
      resource.getResourceBuilder().addAllAttributes(attributes(group.path("resource")));
      for (JsonNode inScope : group.path("scopeSpans")) {
        ScopeSpans.Builder scope =
            resource
                .addScopeSpansBuilder()
                .setScope(
                    InstrumentationScope.newBuilder()
                        .setName(inScope.at("/scope/name").asText())
                        .setVersion(inScope.at("/scope/version").asText())
                        .addAllAttributes(attributes(inScope.path("scope"))));
        inScope.path("spans").forEach(span -> scope.addSpans(span(span)));
      }
    }
    return data.build();
  }

  private static Span span(JsonNode json) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.fromHex(json.path("traceId").asText()))
            .setSpanId(ByteString.fromHex(json.path("spanId").asText()))
            .setParentSpanId(ByteString.fromHex(json.path("parentSpanId").asText()))
            .setName(json.path("name").asText())
            .setKindValue(json.path("kind").asInt())
            .setStartTimeUnixNano(json.path("startTimeUnixNano").asLong())
            .setEndTimeUnixNano(json.path("endTimeUnixNano").asLong())
            .addAllAttributes(attributes(json));
    span.getStatusBuilder().setCodeValue(json.at("/status/code").asInt());
    for (JsonNode event : json.path("events")) {
      span.addEventsBuilder()
          .setTimeUnixNano(event.path("timeUnixNano").asLong())
          .setName(event.path("name").asText())
          .addAllAttributes(attributes(event));
    }
    for (JsonNode link : json.path("links")) {
      span.addLinksBuilder()
          .setTraceId(ByteString.fromHex(link.path("traceId").asText()))
          .setSpanId(ByteString.fromHex(link.path("spanId").asText()))
          .addAllAttributes(attributes(link));
    }
    return span.build();
  }

  private static List<KeyValue> attributes(JsonNode of) {
    List<KeyValue> all = new ArrayList<>();
    for (JsonNode attribute : of.path("attributes")) {
      all.add(
          KeyValue.newBuilder()
              .setKey(attribute.path("key").asText())
              .setValue(value(attribute.path("value")))
              .build());
    }
    return all;
  }

  private static AnyValue value(JsonNode json) {
    AnyValue.Builder value = AnyValue.newBuilder();
    String type = json.fieldNames().next();
    JsonNode of = json.path(type);
    return switch (type) {
      case "stringValue" -> value.setStringValue(of.asText()).build();
      case "intValue" -> value.setIntValue(of.asLong()).build();
      case "doubleValue" -> value.setDoubleValue(of.asDouble()).build();
      case "boolValue" -> value.setBoolValue(of.asBoolean()).build();
      case "bytesValue" ->
          value.setBytesValue(ByteString.copyFrom(Base64.getDecoder().decode(of.asText()))).build();
      default -> throw new IllegalArgumentException(type);
    };
  }
}
