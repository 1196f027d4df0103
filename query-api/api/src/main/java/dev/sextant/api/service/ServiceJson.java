package dev.sextant.api.service;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.api.Hues;
import dev.sextant.api.http.JsonAnswer;
import java.io.IOException;
import java.util.Locale;

/** Services as {@code openapi.yaml} writes them. */
final class ServiceJson {
  private ServiceJson() {}

  static void services(JsonGenerator json, ServiceQueries.Services services, Hues hues, long millis)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("services");
    for (ServiceRow row : services.rows()) {
      json.writeStartObject();
      row(json, row, hues);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("overview");
    line(json, "requests", services.overview().requests());
    line(json, "errors", services.overview().errors());
    json.writeEndObject();
    JsonAnswer.cost(json, millis);
    json.writeEndObject();
  }

  static void detail(JsonGenerator json, ServiceQueries.ServiceDetail detail, Hues hues)
      throws IOException {
    json.writeStartObject();
    row(json, detail.row(), hues);
    json.writeArrayFieldStart("operations");
    for (ServiceQueries.Operation operation : detail.operations()) {
      json.writeStartObject();
      json.writeStringField("name", operation.name());
      red(json, operation.red());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("instanceList");
    for (Instance instance : detail.row().instances()) {
      json.writeStartObject();
      json.writeStringField("id", instance.id());
      json.writeStringField("state", lower(instance.state()));
      json.writeNumberField("lastSeenMillis", instance.lastSeenMillis());
      json.writeStringField("version", instance.version());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void row(JsonGenerator json, ServiceRow row, Hues hues) throws IOException {
    json.writeStringField("name", row.name());
    json.writeStringField("namespace", row.namespace());
    json.writeNumberField("hue", hues.of(row.name()));
    json.writeStringField("health", lower(row.health()));
    json.writeArrayFieldStart("problems");
    for (Problem problem : row.problems()) {
      json.writeStartObject();
      json.writeStringField("severity", problem.critical() ? "critical" : "warning");
      json.writeStringField("text", problem.text());
      millis(json, "sinceMillis", problem.sinceMillis());
      json.writeEndObject();
    }
    json.writeEndArray();
    red(json, row.red());
    line(json, "rateSeries", row.rateSeries());
    line(json, "errorSeries", row.errorSeries());
    line(json, "p95Series", row.p95Series());
    json.writeObjectFieldStart("instances");
    for (Instance.State state : Instance.State.values()) {
      json.writeNumberField(lower(state), row.count(state));
    }
    json.writeEndObject();
    if (row.version().isEmpty()) {
      json.writeNullField("version");
    } else {
      json.writeStringField("version", row.version());
    }
    millis(json, "lastSeenMillis", row.lastSeenMillis());
  }

  private static void millis(JsonGenerator json, String field, long value) throws IOException {
    if (value == 0) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value);
    }
  }

  static void red(JsonGenerator json, Red red) throws IOException {
    number(json, "rate", red.rate());
    number(json, "errorShare", red.errorShare());
    number(json, "p50", red.p50());
    number(json, "p95", red.p95());
    number(json, "p99", red.p99());
  }

  static void number(JsonGenerator json, String field, double value) throws IOException {
    json.writeFieldName(field);
    number(json, value);
  }

  private static void number(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  static void line(JsonGenerator json, String field, Sparkline line) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeNumberField("startMillis", line.startMillis());
    json.writeNumberField("stepMillis", line.stepMillis());
    json.writeArrayFieldStart("values");
    for (double value : line.values()) {
      number(json, value);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
