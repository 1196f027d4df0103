package dev.sextant.collector.otlp.json;

import static dev.sextant.collector.otlp.json.Message.Kind.BOOL;
import static dev.sextant.collector.otlp.json.Message.Kind.BYTES;
import static dev.sextant.collector.otlp.json.Message.Kind.DOUBLE;
import static dev.sextant.collector.otlp.json.Message.Kind.FIXED32;
import static dev.sextant.collector.otlp.json.Message.Kind.FIXED64;
import static dev.sextant.collector.otlp.json.Message.Kind.HEX;
import static dev.sextant.collector.otlp.json.Message.Kind.STRING;
import static dev.sextant.collector.otlp.json.Message.Kind.VARINT;
import static dev.sextant.collector.otlp.json.Message.Kind.ZIGZAG;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of OTLP 1.11's export requests, as {@code opentelemetry/proto/*.proto} define them.
 */
final class OtlpSchema {
  private static final Message ANY_VALUE = new Message();
  private static final Message KEY_VALUE =
      new Message().add(STRING, 1, "key").add(ANY_VALUE, 2, "value");

  static {
    ANY_VALUE
        .add(STRING, 1, "stringValue")
        .add(BOOL, 2, "boolValue")
        .add(VARINT, 3, "intValue")
        .add(DOUBLE, 4, "doubleValue")
        .add(new Message().addRepeated(ANY_VALUE, 1, "values"), 5, "arrayValue")
        .add(new Message().addRepeated(KEY_VALUE, 1, "values"), 6, "kvlistValue")
        .add(BYTES, 7, "bytesValue");
  }

  static final Message TRACES = request("resourceSpans", "scopeSpans", "spans", span());
  static final Message LOGS = request("resourceLogs", "scopeLogs", "logRecords", logRecord());
  static final Message METRICS = request("resourceMetrics", "scopeMetrics", "metrics", metric());

  private OtlpSchema() {}

  private static Message request(String resources, String scopes, String items, Message item) {
    Message entity =
        new Message()
            .add(STRING, 1, "schemaUrl")
            .add(STRING, 2, "type")
            .addRepeated(STRING, 3, "idKeys")
            .addRepeated(STRING, 4, "descriptionKeys");
    Message resource =
        new Message()
            .addRepeated(KEY_VALUE, 1, "attributes")
            .add(VARINT, 2, "droppedAttributesCount")
            .addRepeated(entity, 3, "entityRefs");
    Message scope =
        new Message()
            .add(STRING, 1, "name")
            .add(STRING, 2, "version")
            .addRepeated(KEY_VALUE, 3, "attributes")
            .add(VARINT, 4, "droppedAttributesCount");
    Message scoped =
        new Message()
            .add(scope, 1, "scope")
            .addRepeated(item, 2, items)
            .add(STRING, 3, "schemaUrl");
    Message resourced =
        new Message()
            .add(resource, 1, "resource")
            .addRepeated(scoped, 2, scopes)
            .add(STRING, 3, "schemaUrl");
    return new Message().addRepeated(resourced, 1, resources);
  }

  private static Message span() {
    Message event =
        new Message()
            .add(FIXED64, 1, "timeUnixNano")
            .add(STRING, 2, "name")
            .addRepeated(KEY_VALUE, 3, "attributes")
            .add(VARINT, 4, "droppedAttributesCount");
    Message link =
        new Message()
            .add(HEX, 1, "traceId")
            .add(HEX, 2, "spanId")
            .add(STRING, 3, "traceState")
            .addRepeated(KEY_VALUE, 4, "attributes")
            .add(VARINT, 5, "droppedAttributesCount")
            .add(FIXED32, 6, "flags");
    Message status =
        new Message()
            .add(STRING, 2, "message")
            .addEnum(3, "code", names("STATUS_CODE_", "UNSET", "OK", "ERROR"));
    return new Message()
        .add(HEX, 1, "traceId")
        .add(HEX, 2, "spanId")
        .add(STRING, 3, "traceState")
        .add(HEX, 4, "parentSpanId")
        .add(STRING, 5, "name")
        .addEnum(
            6,
            "kind",
            names(
                "SPAN_KIND_",
                "UNSPECIFIED",
                "INTERNAL",
                "SERVER",
                "CLIENT",
                "PRODUCER",
                "CONSUMER"))
        .add(FIXED64, 7, "startTimeUnixNano")
        .add(FIXED64, 8, "endTimeUnixNano")
        .addRepeated(KEY_VALUE, 9, "attributes")
        .add(VARINT, 10, "droppedAttributesCount")
        .addRepeated(event, 11, "events")
        .add(VARINT, 12, "droppedEventsCount")
        .addRepeated(link, 13, "links")
        .add(VARINT, 14, "droppedLinksCount")
        .add(status, 15, "status")
        .add(FIXED32, 16, "flags");
  }

  private static Message logRecord() {
    return new Message()
        .add(FIXED64, 1, "timeUnixNano")
        .add(FIXED64, 11, "observedTimeUnixNano")
        .addEnum(2, "severityNumber", severities())
        .add(STRING, 3, "severityText")
        .add(ANY_VALUE, 5, "body")
        .addRepeated(KEY_VALUE, 6, "attributes")
        .add(VARINT, 7, "droppedAttributesCount")
        .add(FIXED32, 8, "flags")
        .add(HEX, 9, "traceId")
        .add(HEX, 10, "spanId")
        .add(STRING, 12, "eventName");
  }

  private static Message metric() {
    Message number = point(7, 5, 8).add(DOUBLE, 4, "asDouble").add(FIXED64, 6, "asInt");
    Message histogram =
        point(9, 8, 10)
            .add(FIXED64, 4, "count")
            .add(DOUBLE, 5, "sum")
            .addRepeated(FIXED64, 6, "bucketCounts")
            .addRepeated(DOUBLE, 7, "explicitBounds")
            .add(DOUBLE, 11, "min")
            .add(DOUBLE, 12, "max");
    Message quantile = new Message().add(DOUBLE, 1, "quantile").add(DOUBLE, 2, "value");
    Message summary =
        new Message()
            .add(FIXED64, 2, "startTimeUnixNano")
            .add(FIXED64, 3, "timeUnixNano")
            .add(FIXED64, 4, "count")
            .add(DOUBLE, 5, "sum")
            .addRepeated(quantile, 6, "quantileValues")
            .addRepeated(KEY_VALUE, 7, "attributes")
            .add(VARINT, 8, "flags");
    return new Message()
        .add(STRING, 1, "name")
        .add(STRING, 2, "description")
        .add(STRING, 3, "unit")
        .add(data(number), 5, "gauge")
        .add(temporal(number).add(BOOL, 3, "isMonotonic"), 7, "sum")
        .add(temporal(histogram), 9, "histogram")
        .add(temporal(exponentialPoint()), 10, "exponentialHistogram")
        .add(data(summary), 11, "summary")
        .addRepeated(KEY_VALUE, 12, "metadata");
  }

  private static Message exponentialPoint() {
    Message buckets = new Message().add(ZIGZAG, 1, "offset").addRepeated(VARINT, 2, "bucketCounts");
    return point(1, 11, 10)
        .add(FIXED64, 4, "count")
        .add(DOUBLE, 5, "sum")
        .add(ZIGZAG, 6, "scale")
        .add(FIXED64, 7, "zeroCount")
        .add(buckets, 8, "positive")
        .add(buckets, 9, "negative")
        .add(DOUBLE, 12, "min")
        .add(DOUBLE, 13, "max")
        .add(DOUBLE, 14, "zeroThreshold");
  }

  private static Message point(int attributes, int exemplars, int flags) {
    Message exemplar =
        new Message()
            .add(FIXED64, 2, "timeUnixNano")
            .add(DOUBLE, 3, "asDouble")
            .add(HEX, 4, "spanId")
            .add(HEX, 5, "traceId")
            .add(FIXED64, 6, "asInt")
            .addRepeated(KEY_VALUE, 7, "filteredAttributes");
    return new Message()
        .addRepeated(KEY_VALUE, attributes, "attributes")
        .add(FIXED64, 2, "startTimeUnixNano")
        .add(FIXED64, 3, "timeUnixNano")
        .addRepeated(exemplar, exemplars, "exemplars")
        .add(VARINT, flags, "flags");
  }

  private static Message data(Message point) {
    return new Message().addRepeated(point, 1, "dataPoints");
  }

  private static Message temporal(Message point) {
    return data(point)
        .addEnum(
            2,
            "aggregationTemporality",
            names("AGGREGATION_TEMPORALITY_", "UNSPECIFIED", "DELTA", "CUMULATIVE"));
  }

  private static Map<String, Integer> names(String prefix, String... inOrder) {
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < inOrder.length; i++) {
      names.put(prefix + inOrder[i], i);
    }
    return Map.copyOf(names);
  }

  private static Map<String, Integer> severities() {
    Map<String, Integer> names = new HashMap<>();
    names.put("SEVERITY_NUMBER_UNSPECIFIED", 0);
    int number = 1;
    for (String level : List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")) {
      for (String step : List.of("", "2", "3", "4")) {
        names.put("SEVERITY_NUMBER_" + level + step, number++);
      }
    }
    return Map.copyOf(names);
  }
}
