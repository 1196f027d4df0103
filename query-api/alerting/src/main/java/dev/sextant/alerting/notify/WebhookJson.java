package dev.sextant.alerting.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.alerting.Alert;
import dev.sextant.alerting.Template;
import dev.sextant.metrics.model.Labels;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The body that a webhook gets: Alertmanager's, version 4, with one alert in it, or a template
 * filled in. See Alertmanager's documentation of {@code webhook_config}.
 */
final class WebhookJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  private final String externalUrl;

  WebhookJson(String externalUrl) {
    this.externalUrl = externalUrl;
  }

  String body(Receiver receiver, Alert alert) {
    return receiver.body().isEmpty()
        ? alertmanager(receiver, alert)
        : Template.json(receiver.body(), values(alert));
  }

  private String alertmanager(Receiver receiver, Alert alert) {
    String name = alert.labels().get("alertname");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("version", "4");
    body.put("groupKey", "{}:{alertname=\"" + name + "\"}");
    body.put("truncatedAlerts", 0);
    body.put("status", status(alert));
    body.put("receiver", receiver.name());
    body.put("groupLabels", Map.of("alertname", name));
    body.put("commonLabels", alert.labels().toMap());
    body.put("commonAnnotations", new TreeMap<>(alert.annotations()));
    body.put("externalURL", externalUrl);
    body.put("alerts", List.of(alert(alert)));
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of text cannot fail to be JSON", e);
    }
  }

  private Map<String, Object> alert(Alert alert) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", status(alert));
    json.put("labels", alert.labels().toMap());
    json.put("annotations", new TreeMap<>(alert.annotations()));
    json.put("startsAt", Instant.ofEpochMilli(alert.firedAtMillis()).toString());
    json.put("endsAt", end(alert).toString());
    json.put(
        "generatorURL", externalUrl + "/alerts?rule=" + encode(alert.labels().get("alertname")));
    json.put("fingerprint", fingerprint(alert.labels()));
    return json;
  }

  private static Instant end(Alert alert) {
    return alert.resolvedAtMillis() == 0 ? NEVER : Instant.ofEpochMilli(alert.resolvedAtMillis());
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String status(Alert alert) {
    return alert.state() == Alert.State.RESOLVED ? "resolved" : "firing";
  }

  private Map<String, String> values(Alert alert) {
    Map<String, String> values = new TreeMap<>();
    alert.labels().forEach((name, value) -> values.put("labels." + name, value));
    alert.annotations().forEach((name, value) -> values.put("annotations." + name, value));
    values.put("status", status(alert));
    values.put("alertname", alert.labels().get("alertname"));
    values.put("value", Double.toString(alert.value()));
    values.put("startsAt", Instant.ofEpochMilli(alert.firedAtMillis()).toString());
    values.put("endsAt", alert.resolvedAtMillis() == 0 ? "" : end(alert).toString());
    values.put("externalURL", externalUrl);
    return values;
  }

  /** FNV-1a over the labels, as Prometheus' client model computes it. */
  static String fingerprint(Labels labels) {
    long[] hash = {0xcbf29ce484222325L};
    labels.forEach(
        (name, value) -> {
          add(hash, name);
          add(hash, value);
        });
    return String.format("%016x", hash[0]);
  }

  private static void add(long[] hash, String text) {
    for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      hash[0] = (hash[0] ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash[0] = (hash[0] ^ 0xff) * 0x100000001b3L;
  }
}
