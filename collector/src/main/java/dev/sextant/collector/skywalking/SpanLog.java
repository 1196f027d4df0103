package dev.sextant.collector.skywalking;

import dev.sextant.collector.convert.ConvertedSpan;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a span's log says, as an event. Where it has a kind of error or a stack it is an exception
 * in OpenTelemetry's words.
 *
 * @param attributes with the names that they came with
 */
record SpanLog(long timeNanos, Map<String, AttributeValue> attributes) {
  private static final Map<String, String> OF_EXCEPTION =
      Map.of(
          "error.kind", "exception.type",
          "message", "exception.message",
          "stack", "exception.stacktrace");

  /** Reads the log that is the reader's current field. */
  static SpanLog read(ProtoReader in, ConversionMemory memory) {
    long millis = 0;
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> millis = in.varint();
        case 2 -> {
          memory.keepPair();
          KeyValue pair = KeyValue.read(in);
          if (!pair.key().isEmpty()) {
            attributes.put(pair.key(), AttributeValue.of(pair.value()));
          }
        }
        default -> in.skip();
      }
    }
    in.leave(outer);
    return new SpanLog(Times.nanos(millis), attributes);
  }

  /** The message of the error that it tells of; empty where it tells of none. */
  String errorMessage() {
    return isException() ? attributes.getOrDefault("message", AttributeValue.of("")).asText() : "";
  }

  /** Writes it; without attributes it says nothing and is left out. */
  void write(ConvertedSpan out) {
    if (attributes.isEmpty()) {
      return;
    }
    Map<String, AttributeValue> rest = new LinkedHashMap<>();
    AttributeValue named = attributes.get("event");
    boolean exception = isException();
    attributes.forEach(
        (key, value) -> {
          if (!key.equals("event")) {
            rest.put(exception ? OF_EXCEPTION.getOrDefault(key, key) : key, value);
          }
        });
    String event = named == null ? "log" : named.asText();
    out.event(timeNanos, exception ? "exception" : event, rest);
  }

  private boolean isException() {
    return attributes.containsKey("error.kind") || attributes.containsKey("stack");
  }
}
