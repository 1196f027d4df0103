package dev.sextant.api.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.alerting.Alert;
import dev.sextant.alerting.GroupStatus;
import dev.sextant.alerting.RuleStatus;
import dev.sextant.alerting.notify.Delivery;
import dev.sextant.alerting.rule.Rule;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Rules and alerts as {@code openapi.yaml} writes them. */
final class AlertJson {
  private static final int MAX_DELIVERIES = 20;

  private AlertJson() {}

  static void groups(JsonGenerator json, List<GroupStatus> groups, List<Delivery> deliveries)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("firing", count(groups, Alert.State.FIRING));
    json.writeNumberField("pending", count(groups, Alert.State.PENDING));
    json.writeArrayFieldStart("groups");
    for (GroupStatus group : groups) {
      json.writeStartObject();
      json.writeStringField("name", group.group().name());
      json.writeStringField("file", group.group().file());
      json.writeNumberField("intervalMillis", group.group().interval().toMillis());
      json.writeArrayFieldStart("rules");
      for (RuleStatus rule : group.rules()) {
        rule(json, rule, deliveries);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static long count(List<GroupStatus> groups, Alert.State state) {
    return groups.stream()
        .flatMap(group -> group.rules().stream())
        .flatMap(rule -> rule.alerts().stream())
        .filter(alert -> alert.state() == state)
        .count();
  }

  private static void rule(JsonGenerator json, RuleStatus status, List<Delivery> deliveries)
      throws IOException {
    Rule rule = status.rule();
    json.writeStartObject();
    json.writeStringField("name", rule.name());
    json.writeStringField("type", rule instanceof Rule.Alerting ? "alerting" : "recording");
    json.writeStringField("state", state(status));
    json.writeStringField("health", lower(status.health()));
    json.writeStringField("lastError", status.lastError());
    json.writeStringField("expression", rule.expression());
    map(json, "labels", rule.labels());
    if (rule instanceof Rule.Alerting alerting) {
      json.writeNumberField("forMillis", alerting.holdFor().toMillis());
      map(json, "annotations", alerting.annotations());
    }
    if (status.lastEvaluationMillis() == 0) {
      json.writeNullField("lastEvaluationMillis");
      json.writeNullField("evaluationMillis");
    } else {
      json.writeNumberField("lastEvaluationMillis", status.lastEvaluationMillis());
      json.writeNumberField("evaluationMillis", status.evaluationNanos() / 1e6);
    }
    alerts(json, status.alerts());
    notifications(json, rule, deliveries);
    json.writeEndObject();
  }

  private static String state(RuleStatus status) {
    if (status.health() == RuleStatus.Health.UNKNOWN && status.alerts().isEmpty()) {
      return "unknown";
    }
    Alert.State state = status.state();
    return state == null ? "inactive" : lower(state);
  }

  private static void alerts(JsonGenerator json, List<Alert> alerts) throws IOException {
    json.writeArrayFieldStart("alerts");
    for (Alert alert : alerts) {
      if (alert.state() == Alert.State.RESOLVED) {
        continue;
      }
      json.writeStartObject();
      json.writeStringField("state", lower(alert.state()));
      json.writeNumberField("activeAtMillis", alert.activeAtMillis());
      if (Double.isFinite(alert.value())) {
        json.writeNumberField("value", alert.value());
      } else {
        json.writeNullField("value");
      }
      map(json, "labels", alert.labels().toMap());
      map(json, "annotations", alert.annotations());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void notifications(JsonGenerator json, Rule rule, List<Delivery> deliveries)
      throws IOException {
    json.writeArrayFieldStart("notifications");
    int written = 0;
    for (Delivery delivery : deliveries) {
      if (!delivery.alertName().equals(rule.name()) || written++ >= MAX_DELIVERIES) {
        continue;
      }
      json.writeStartObject();
      json.writeNumberField("timeMillis", delivery.timeMillis());
      json.writeStringField("receiver", delivery.receiver());
      json.writeStringField("state", delivery.resolved() ? "resolved" : "firing");
      json.writeStringField("outcome", lower(delivery.outcome()));
      json.writeStringField("detail", delivery.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void map(JsonGenerator json, String field, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
