package dev.sextant.api.zipkin;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.trace.Span;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A span's attributes, its resource's and what else OTLP says of it as Zipkin's tags, from which
 * Zipkin's own fields are taken one by one. For one span.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/">OpenTelemetry
 *     to Zipkin transformation</a>
 */
final class ZipkinTags {
  private final SortedMap<String, String> tags = new TreeMap<>();

  ZipkinTags(Span span) {
    add(span.resource().attributes());
    put("otel.scope.name", span.scope().name());
    put("otel.scope.version", span.scope().version());
    add(span.attributes());
    put("w3c.tracestate", span.traceState());
    if (span.kind() == Span.Kind.INTERNAL) {
      tags.put("span.kind", "internal");
    }
    switch (span.status()) {
      case OK -> tags.put("otel.status_code", "OK");
      case ERROR -> error(span.statusMessage());
      case UNSET -> {}
    }
  }

  /** What the status says; without a message the tag stays empty where it was sent so. */
  private void error(String message) {
    if (!message.isEmpty()) {
      tags.put("error", message);
    } else if (!tags.getOrDefault("error", "none").isEmpty()) {
      tags.put("error", "true");
    }
  }

  private void add(Attributes attributes) {
    for (Attributes.Entry entry : attributes.entries()) {
      if (!(entry.value() instanceof AttributeValue.Empty)) {
        tags.put(entry.key(), entry.value().asText());
      }
    }
  }

  private void put(String key, String value) {
    if (!value.isEmpty()) {
      tags.put(key, value);
    }
  }

  /** Takes a text away; empty where there is none. */
  String take(String key) {
    String value = tags.remove(key);
    return value == null ? "" : value;
  }

  boolean takeFlag(String key) {
    return take(key).equals("true");
  }

  /** Takes the first value that is an IP address; empty where there is none. */
  String takeAddress(List<String> keys) {
    for (String key : keys) {
      String value = tags.getOrDefault(key, "");
      if (NetUtil.isValidIpV4Address(value) || NetUtil.isValidIpV6Address(value)) {
        return take(key);
      }
    }
    return "";
  }

  /** Takes the first value that is a port; 0 where there is none. */
  int takePort(List<String> keys) {
    for (String key : keys) {
      String value = tags.getOrDefault(key, "");
      if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 0xffff) {
        return Integer.parseInt(take(key));
      }
    }
    return 0;
  }

  /** What was not taken, by key. */
  SortedMap<String, String> rest() {
    return tags;
  }
}
