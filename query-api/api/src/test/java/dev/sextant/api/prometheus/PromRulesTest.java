package dev.sextant.api.prometheus;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rules} and {@code alerts}. */
class PromRulesTest {
  private static final String RULES =
      """
      groups:
        - name: targets
          interval: 1m30s
          limit: 5
          rules:
            - alert: Down
              expr: up == 0
              for: 1s500ms
              keep_firing_for: 1m
              labels: {severity: critical}
              annotations: {summary: "{{ $labels.instance }}"}
            - record: targets:up
              expr: sum(up)
        - name: broken
          rules:
            - alert: Broken
              expr: up * on () group_left () up
            - alert: Quiet
              expr: up > 5
      """;

  @TempDir static Path dir;
  @TempDir static Path idleDir;
  private static TestApi api;
  private static TestApi idle;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir, new TestApi.Options().rules(RULES));
    idle = new TestApi(idleDir, new TestApi.Options().rules(RULES));
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    for (String instance : new String[] {"a", "b"}) {
      Labels up = Labels.of("__name__", "up", "instance", instance);
      batch.add(Labels.of("job", "x"), up, NOW_MILLIS, instance.equals("a") ? 1 : 0);
    }
    api.apply(batch.build());
    api.rules().tick();
  }

  @AfterAll
  static void close() {
    api.close();
    idle.close();
  }

  private static JsonNode rules(String parameters) {
    var answer = api.get("/api/v1/rules" + parameters);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    return answer.json().at("/data");
  }

  private static final String ALERT =
      "{\"labels\":{\"alertname\":\"Down\",\"instance\":\"b\",\"severity\":\"critical\"},"
          + "\"annotations\":{\"summary\":\"b\"},\"state\":\"pending\","
          + "\"activeAt\":\"2026-03-01T12:00:00Z\",\"value\":\"0e+00\"}";

  @Test
  void alerts_areTheActiveOnes() {
    assertThat(api.get("/prometheus/api/v1/alerts").json().toString())
        .isEqualTo("{\"status\":\"success\",\"data\":{\"alerts\":[" + ALERT + "]}}");
  }

  @Test
  void rules_group_hasItsFields() {
    JsonNode group = rules("").at("/groups/0");

    assertThat(group.at("/name").asText()).isEqualTo("targets");
    assertThat(group.at("/file").asText()).isEqualTo("rules.yaml");
    assertThat(group.at("/interval").toString()).isEqualTo("90");
    assertThat(group.at("/limit").asInt()).isEqualTo(5);
    assertThat(group.at("/evaluationTime").isNumber()).isTrue();
    assertThat(group.at("/lastEvaluation").asText()).isEqualTo("2026-03-01T12:00:00Z");
  }

  @Test
  void rules_alerting_hasItsFields() {
    JsonNode rule = rules("").at("/groups/0/rules/0");

    assertThat(rule.at("/name").asText()).isEqualTo("Down");
    assertThat(rule.at("/type").asText()).isEqualTo("alerting");
    assertThat(rule.at("/query").asText()).isEqualTo("up == 0");
    assertThat(rule.at("/state").asText()).isEqualTo("pending");
    assertThat(rule.at("/duration").toString()).isEqualTo("1.5");
    assertThat(rule.at("/keepFiringFor").toString()).isEqualTo("60");
    assertThat(rule.at("/labels").toString()).isEqualTo("{\"severity\":\"critical\"}");
    assertThat(rule.at("/annotations/summary").asText()).isEqualTo("{{ $labels.instance }}");
    assertThat(rule.at("/alerts").toString()).isEqualTo("[" + ALERT + "]");
    assertThat(rule.at("/health").asText()).isEqualTo("ok");
    assertThat(rule.has("lastError")).isFalse();
  }

  @Test
  void rules_recording_hasNoState() {
    JsonNode rule = rules("").at("/groups/0/rules/1");

    assertThat(rule.at("/type").asText()).isEqualTo("recording");
    assertThat(rule.at("/query").asText()).isEqualTo("sum(up)");
    assertThat(rule.has("state")).isFalse();
    assertThat(rule.has("alerts")).isFalse();
  }

  @Test
  void rules_failing_saysWhy() {
    JsonNode rule = rules("").at("/groups/1/rules/0");

    assertThat(rule.at("/health").asText()).isEqualTo("err");
    assertThat(rule.at("/lastError").asText()).contains("many-to-many");
    assertThat(rules("").at("/groups/1/rules/1/state").asText()).isEqualTo("inactive");
  }

  @Test
  void rules_neverEvaluated_areUnknownSinceNever() {
    JsonNode group = idle.get("/api/v1/rules").json().at("/data/groups/0");

    assertThat(group.at("/lastEvaluation").asText()).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(group.at("/rules/0/state").asText()).isEqualTo("unknown");
    assertThat(group.at("/rules/0/health").asText()).isEqualTo("unknown");
    assertThat(idle.get("/api/v1/alerts").json().at("/data").toString())
        .isEqualTo("{\"alerts\":[]}");
  }

  @ParameterizedTest
  @CsvSource({
    "?type=alert, Down;Broken;Quiet",
    "?type=record, targets:up",
    "?rule_name[]=Quiet&rule_name[]=Down, Down;Quiet",
    "?rule_group[]=broken, Broken;Quiet",
    "?match[]=%7Bseverity=%22critical%22%7D, Down",
    "?match[]=%7Bseverity=%22critical%22%7D&match[]=%7Bteam=%22a%22%7D, Down",
    "?match[]=%7Bteam=%22a%22%7D, ''",
    "?file[]=other.yaml, ''"
  })
  void rules_eachFilter(String parameters, String expected) {
    List<String> names = new ArrayList<>();
    rules(parameters)
        .at("/groups")
        .forEach(group -> group.at("/rules").forEach(rule -> names.add(rule.at("/name").asText())));

    assertThat(names).containsExactly(expected.isEmpty() ? new String[0] : expected.split(";"));
  }

  @Test
  void rules_excludeAlerts_keepsRules() {
    assertThat(rules("?exclude_alerts=true").at("/groups/0/rules/0/alerts")).isEmpty();
  }

  @Test
  void rules_pages_visitEveryGroupOnce() {
    JsonNode first = rules("?group_limit=1");
    JsonNode second =
        rules("?group_limit=1&group_next_token=" + first.at("/groupNextToken").asText());

    assertThat(first.at("/groups").findValuesAsText("file")).hasSize(1);
    assertThat(first.at("/groups/0/name").asText()).isEqualTo("targets");
    assertThat(second.at("/groups/0/name").asText()).isEqualTo("broken");
    assertThat(second.has("groupNextToken")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=x | invalid parameter \"type\": not supported value \"x\"",
        "group_limit=x | invalid parameter \"group_limit\": cannot parse \"x\" to a valid limit",
        "group_limit=0 | invalid parameter \"group_limit\": group_limit needs to be greater than 0",
        "group_next_token=x | invalid parameter \"group_next_token\": group_limit needs to be present in order to paginate over the groups",
        "match[]=up%5B5m%5D | invalid parameter \"match[]\": 1:1: parse error: expected a series selector, got 'up[5m]'",
        "group_limit=1&group_next_token=x | invalid parameter \"group_next_token\": no group has it; rule files may have changed, begin again without"
      })
  void rules_wrongParameter_isNamed(String parameters, String message) {
    var answer = api.get("/api/v1/rules?" + parameters);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errorType").asText()).isEqualTo("bad_data");
    assertThat(answer.json().at("/error").asText()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1e+00",
    "0, 0e+00",
    "-0.05, -5e-02",
    "123.5, 1.235e+02",
    "1e-300, 1e-300",
    "NaN, NaN"
  })
  void exponential(double value, String text) {
    assertThat(PromJson.exponential(value)).isEqualTo(text);
  }
}
