package dev.sextant.agent.tests;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads OTLP's spans. */
final class Spans {
  private Spans() {}

  static Map<String, String> attributes(List<KeyValue> attributes) {
    Map<String, String> map = new TreeMap<>();
    for (KeyValue attribute : attributes) {
      map.put(attribute.getKey(), text(attribute.getValue()));
    }
    return map;
  }

  static Map<String, String> attributes(Span span) {
    return attributes(span.getAttributesList());
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> value.toString();
    };
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /** {@code trace-span}. */
  static String name(Span span) {
    return hex(span.getTraceId()) + "-" + hex(span.getSpanId());
  }

  /** {@code trace-parent}. */
  static String parentName(Span span) {
    return hex(span.getTraceId()) + "-" + hex(span.getParentSpanId());
  }

  static Predicate<Span> server(String path) {
    return span ->
        span.getKind() == Span.SpanKind.SPAN_KIND_SERVER
            && path.equals(attributes(span).get("url.path"));
  }

  static Predicate<Span> childOf(Span parent) {
    return span ->
        span.getTraceId().equals(parent.getTraceId())
            && span.getParentSpanId().equals(parent.getSpanId());
  }

  static Predicate<Span> kind(Span.SpanKind kind) {
    return span -> span.getKind() == kind;
  }
}
