package dev.sextant.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.alerting.Alert;
import dev.sextant.alerting.GroupStatus;
import dev.sextant.alerting.RuleStatus;
import dev.sextant.alerting.rule.Rule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Rules and alerts as Prometheus' API writes them: lengths of time in seconds, as numbers. */
final class RuleJson {
  private RuleJson() {}

  static boolean isActive(Alert alert) {
    return alert.state() != Alert.State.RESOLVED;
  }

  static void group(JsonGenerator json, GroupStatus status, boolean withAlerts) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", status.group().name());
    json.writeStringField("file", status.group().file());
    json.writeArrayFieldStart("rules");
    for (RuleStatus rule : status.rules()) {
      rule(json, rule, withAlerts);
    }
    json.writeEndArray();
    seconds(json, "interval", status.group().interval().toNanos());
    json.writeNumberField("limit", status.group().limit());
    seconds(
        json,
        "evaluationTime",
        status.rules().stream().mapToLong(RuleStatus::evaluationNanos).sum());
    PromJson.instant(
        json,
        "lastEvaluation",
        status.rules().stream().mapToLong(RuleStatus::lastEvaluationMillis).max().orElse(0));
    json.writeEndObject();
  }

  private static void rule(JsonGenerator json, RuleStatus status, boolean withAlerts)
      throws IOException {
    Rule rule = status.rule();
    json.writeStartObject();
    json.writeStringField("name", rule.name());
    json.writeStringField("query", rule.expression());
    PromJson.map(json, "labels", rule.labels());
    if (rule instanceof Rule.Alerting alerting) {
      json.writeStringField("state", state(status));
      seconds(json, "duration", alerting.holdFor().toNanos());
      seconds(json, "keepFiringFor", alerting.keepFiringFor().toNanos());
      PromJson.map(json, "annotations", alerting.annotations());
      alerts(
          json,
          withAlerts ? status.alerts().stream().filter(RuleJson::isActive).toList() : List.of());
    }
    json.writeStringField("health", lower(status.health()));
    if (!status.lastError().isEmpty()) {
      json.writeStringField("lastError", status.lastError());
    }
    seconds(json, "evaluationTime", status.evaluationNanos());
    PromJson.instant(json, "lastEvaluation", status.lastEvaluationMillis());
    json.writeStringField("type", rule instanceof Rule.Alerting ? "alerting" : "recording");
    json.writeEndObject();
  }

  private static String state(RuleStatus status) {
    Alert.State state = status.state();
    if (state != null) {
      return lower(state);
    }
    return status.health() == RuleStatus.Health.UNKNOWN ? "unknown" : "inactive";
  }

  static void alerts(JsonGenerator json, List<Alert> alerts) throws IOException {
    json.writeArrayFieldStart("alerts");
    for (Alert alert : alerts) {
      json.writeStartObject();
      PromJson.map(json, "labels", alert.labels().toMap());
      PromJson.map(json, "annotations", alert.annotations());
      json.writeStringField("state", lower(alert.state()));
      PromJson.instant(json, "activeAt", alert.activeAtMillis());
      json.writeStringField("value", PromJson.exponential(alert.value()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void seconds(JsonGenerator json, String field, long nanos) throws IOException {
    json.writeFieldName(field);
    json.writeNumber(BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
