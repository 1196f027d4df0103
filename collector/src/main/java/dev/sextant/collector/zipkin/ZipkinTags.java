package dev.sextant.collector.zipkin;

import dev.sextant.storage.otlp.AttributeValue;
import java.util.List;
import java.util.Set;

/** Tags with a meaning of their own, and attributes that stand for what OTLP has no field for. */
final class ZipkinTags {
  static final String ERROR = "error";
  static final String KIND = "span.kind";
  static final String STATUS = "otel.status_code";
  static final String STATUS_DESCRIPTION = "otel.status_description";
  static final String TRACE_STATE = "w3c.tracestate";

  /** True on a span that was sent with Zipkin's flag. */
  static final String DEBUG = "zipkin.debug";

  /** True on a span whose start is not the sender's. */
  static final String TIMESTAMP_MISSING = "zipkin.timestamp_missing";

  /** Namespaces that OpenTelemetry's conventions have for resources alone. */
  private static final List<String> OF_RESOURCES =
      List.of("telemetry.", "k8s.", "host.", "container.", "os.", "cloud.", "deployment.");

  private static final Set<String> SERVICE =
      Set.of("service.name", "service.namespace", "service.version", "service.instance.id");

  private static final Set<String> NUMBERS =
      Set.of("http.status_code", "http.response.status_code");

  private ZipkinTags() {}

  /** Whether a tag tells of the process rather than of the span. */
  static boolean isOfResource(String tag) {
    for (String namespace : OF_RESOURCES) {
      if (tag.startsWith(namespace)) {
        return true;
      }
    }
    return SERVICE.contains(tag);
  }

  /** Text, but for HTTP's status codes. */
  static AttributeValue value(String tag, String value) {
    boolean number = NUMBERS.contains(tag) && value.matches("[1-9]\\d{0,8}");
    return number ? AttributeValue.of(Long.parseLong(value)) : AttributeValue.of(value);
  }
}
