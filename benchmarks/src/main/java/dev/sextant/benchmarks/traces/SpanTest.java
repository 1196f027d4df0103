package dev.sextant.benchmarks.traces;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a span must be: all of it.
 *
 * @param name as our server calls it, or null for any
 * @param attributes that it must have itself, with these values
 * @param minNanos of its duration; 0 for any
 * @param failed whether its status must be error
 */
record SpanTest(
    String service,
    @Nullable String name,
    List<KeyValue> attributes,
    long minNanos,
    boolean failed) {

  SpanTest {
    attributes = List.copyOf(attributes);
  }

  boolean matches(MadeSpan span) {
    return span.durationNanos >= minNanos
        && (!failed || span.failed)
        && span.service.name.equals(service)
        && (name == null || span.operationName.equals(name))
        && hasAttributes(span);
  }

  private boolean hasAttributes(MadeSpan span) {
    for (KeyValue each : attributes) {
      KeyValue found = span.attribute(each.getKey());
      if (found == null || !found.getValue().equals(each.getValue())) {
        return false;
      }
    }
    return true;
  }

  String traceQl() {
    List<String> parts = new ArrayList<>();
    parts.add("resource.service.name = " + quoted(service));
    if (name != null) {
      parts.add("name = " + quoted(name));
    }
    for (KeyValue each : attributes) {
      boolean text = each.getValue().hasStringValue();
      parts.add("span." + each.getKey() + " = " + (text ? quoted(text(each)) : text(each)));
    }
    if (minNanos > 0) {
      parts.add("duration >= " + minNanos / 1000 + "us");
    }
    if (failed) {
      parts.add("status = error");
    }
    return "{ " + String.join(" && ", parts) + " }";
  }

  /** As the parameters of our own search. */
  String parameters() {
    StringBuilder to = new StringBuilder("service=").append(encoded(service));
    if (name != null) {
      to.append("&operation=").append(encoded(name));
    }
    for (KeyValue each : attributes) {
      to.append("&attribute=").append(encoded(each.getKey() + "=" + text(each)));
    }
    if (minNanos > 0) {
      to.append("&minDuration=").append(minNanos / 1000).append("us");
    }
    if (failed) {
      to.append("&error=true");
    }
    return to.toString();
  }

  private static String text(KeyValue each) {
    AnyValue value = each.getValue();
    if (value.hasBoolValue()) {
      return "" + value.getBoolValue();
    }
    return value.hasIntValue() ? "" + value.getIntValue() : value.getStringValue();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
