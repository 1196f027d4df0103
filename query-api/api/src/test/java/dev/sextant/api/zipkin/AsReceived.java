package dev.sextant.api.zipkin;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import zipkin2.Endpoint;
import zipkin2.Span;

/** Zipkin's spans as the receiver stores them. */
final class AsReceived {
  private AsReceived() {}

  static TracesData of(Collection<Span> spans) {
    TracesData.Builder data = TracesData.newBuilder();
    for (Span span : spans) {
      var resource = data.addResourceSpansBuilder();
      if (span.localServiceName() != null) {
        resource.getResourceBuilder().addAttributes(text("service.name", span.localServiceName()));
      }
      resource.addScopeSpansBuilder().addSpans(span(span));
    }
    return data.build();
  }

  private static io.opentelemetry.proto.trace.v1.Span.Builder span(Span span) {
    long start = span.timestampAsLong() * 1000;
    var to =
        io.opentelemetry.proto.trace.v1.Span.newBuilder()
            .setTraceId(id("0".repeat(32 - span.traceId().length()) + span.traceId()))
            .setSpanId(id(span.id()))
            .setName(span.name() == null ? "" : span.name())
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + span.durationAsLong() * 1000);
    if (span.parentId() != null) {
      to.setParentSpanId(id(span.parentId()));
    }
    if (span.kind() != null) {
      to.setKind(io.opentelemetry.proto.trace.v1.Span.SpanKind.valueOf("SPAN_KIND_" + span.kind()));
    }
    span.annotations()
        .forEach(
            a -> to.addEventsBuilder().setName(a.value()).setTimeUnixNano(a.timestamp() * 1000));
    to.addAllAttributes(attributes(span));
    String error = span.tags().get("error");
    if (error != null) {
      to.getStatusBuilder()
          .setCode(Status.StatusCode.STATUS_CODE_ERROR)
          .setMessage(error.equals("true") ? "" : error);
    }
    return to;
  }

  private static List<KeyValue> attributes(Span span) {
    List<KeyValue> attributes = new ArrayList<>();
    span.tags()
        .forEach(
            (key, value) -> {
              if (key.equals("http.status_code")) {
                attributes.add(number(key, Long.parseLong(value)));
              } else if (!key.equals("error")) {
                attributes.add(text(key, value));
              }
            });
    if (Boolean.TRUE.equals(span.shared())) {
      attributes.add(flag("zipkin.shared"));
    }
    if (Boolean.TRUE.equals(span.debug())) {
      attributes.add(flag("zipkin.debug"));
    }
    endpoint(attributes, "network.local", span.localEndpoint());
    endpoint(attributes, "network.peer", span.remoteEndpoint());
    if (span.remoteServiceName() != null) {
      attributes.add(text("peer.service", span.remoteServiceName()));
    }
    return attributes;
  }

  private static void endpoint(List<KeyValue> to, String prefix, Endpoint endpoint) {
    if (endpoint == null) {
      return;
    }
    String address = endpoint.ipv4() != null ? endpoint.ipv4() : endpoint.ipv6();
    if (address != null) {
      to.add(text(prefix + ".address", address));
    }
    if (endpoint.portAsInt() != 0) {
      to.add(number(prefix + ".port", endpoint.portAsInt()));
    }
  }

  private static ByteString id(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  static KeyValue number(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value));
  }

  private static KeyValue flag(String key) {
    return attribute(key, AnyValue.newBuilder().setBoolValue(true));
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
