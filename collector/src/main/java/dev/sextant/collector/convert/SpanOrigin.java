package dev.sextant.collector.convert;

import dev.sextant.storage.otlp.AttributeValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who recorded a span.
 *
 * @param resource attributes of the resource, {@code service.name} among them, in this order
 * @param scope name of the instrumentation library; empty where the sender names none
 * @param scopeVersion its version; empty where the sender names none
 */
public record SpanOrigin(Map<String, AttributeValue> resource, String scope, String scopeVersion) {
  public SpanOrigin {
    resource = Collections.unmodifiableMap(new LinkedHashMap<>(resource));
  }

  public static SpanOrigin of(Map<String, AttributeValue> resource) {
    return new SpanOrigin(resource, "", "");
  }
}
