package dev.sextant.benchmarks.ingest;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;

/** OTLP's words, and services with the resource attributes that an agent on a JVM sends. */
final class Otlp {
  static final String[] SERVICES = {
    "gateway", "orders", "inventory", "payments", "shipping", "catalogue", "accounts", "search"
  };

  private Otlp() {}

  static Resource resource(int instance) {
    String service = SERVICES[instance % SERVICES.length];
    return Resource.newBuilder()
        .addAttributes(text("service.name", service))
        .addAttributes(text("service.namespace", "shop"))
        .addAttributes(text("service.version", "3.14." + instance % 3))
        .addAttributes(text("service.instance.id", service + "-7d9c5b6f4-" + instance))
        .addAttributes(text("deployment.environment.name", "production"))
        .addAttributes(text("host.name", "node-" + instance % 12 + ".internal"))
        .addAttributes(text("k8s.pod.name", service + "-7d9c5b6f4-" + instance))
        .addAttributes(text("telemetry.sdk.language", "java"))
        .addAttributes(text("telemetry.sdk.name", "opentelemetry"))
        .addAttributes(text("telemetry.sdk.version", "1.67.0"))
        .build();
  }

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
