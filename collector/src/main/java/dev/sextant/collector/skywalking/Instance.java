package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.AttributeValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who sends: a service and one of its instances.
 *
 * @param name of the instance; empty where there is none
 */
record Instance(String service, String name) {
  /** Attributes that every resource of a SkyWalking agent has. */
  Map<String, AttributeValue> resource() {
    Map<String, AttributeValue> resource = new LinkedHashMap<>();
    resource.put("service.name", AttributeValue.of(service));
    if (!name.isEmpty()) {
      resource.put("service.instance.id", AttributeValue.of(name));
    }
    resource.put("telemetry.sdk.name", AttributeValue.of("skywalking"));
    return resource;
  }
}
