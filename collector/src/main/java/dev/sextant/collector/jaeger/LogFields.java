package dev.sextant.collector.jaeger;

import dev.sextant.collector.convert.ConvertedSpan;
import dev.sextant.storage.otlp.AttributeValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A log as OTLP's event. The field {@code event} is its name. What OpenTracing's conventions call
 * an error becomes an {@code exception} with OpenTelemetry's attributes.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/compatibility/opentracing/#log">how
 *     OpenTelemetry maps OpenTracing's logs</a>
 */
final class LogFields {
  private static final String EVENT = "event";
  private static final Map<String, String> OF_ERRORS =
      Map.of(
          "error.kind", "exception.type",
          "message", "exception.message",
          "stack", "exception.stacktrace");

  private LogFields() {}

  static void write(JaegerSpan.Log log, ConvertedSpan span) {
    Map<String, AttributeValue> fields = new LinkedHashMap<>(log.fields());
    AttributeValue event = fields.remove(EVENT);
    String name = event == null ? "" : event.asText();
    if (name.equals("error") && isError(fields)) {
      span.event(log.timeNanos(), "exception", asException(fields));
    } else {
      span.event(log.timeNanos(), name, fields);
    }
  }

  private static boolean isError(Map<String, AttributeValue> fields) {
    return OF_ERRORS.keySet().stream().anyMatch(fields::containsKey)
        && OF_ERRORS.values().stream().noneMatch(fields::containsKey);
  }

  private static Map<String, AttributeValue> asException(Map<String, AttributeValue> fields) {
    Map<String, AttributeValue> renamed = new LinkedHashMap<>();
    fields.forEach((key, value) -> renamed.put(OF_ERRORS.getOrDefault(key, key), value));
    return renamed;
  }
}
