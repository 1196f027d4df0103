package dev.sextant.benchmarks.traces;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.Map;

/** Attributes; those that come again are the same objects. For one thread. */
final class Words {
  private final Map<String, Map<Object, KeyValue>> known = new HashMap<>();

  /** A text that comes again. */
  KeyValue text(String key, String value) {
    return known
        .computeIfAbsent(key, each -> new HashMap<>())
        .computeIfAbsent(value, each -> once(key, value));
  }

  /** A number that comes again. */
  KeyValue number(String key, long value) {
    return known
        .computeIfAbsent(key, each -> new HashMap<>())
        .computeIfAbsent(value, each -> once(key, value));
  }

  /** A text of many. */
  static KeyValue once(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  /** A number of many. */
  static KeyValue once(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  KeyValue bool(String key, boolean value) {
    return known
        .computeIfAbsent(key, each -> new HashMap<>())
        .computeIfAbsent(
            value,
            each ->
                KeyValue.newBuilder()
                    .setKey(key)
                    .setValue(AnyValue.newBuilder().setBoolValue(value))
                    .build());
  }
}
