package dev.sextant.api.alert;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import dev.sextant.alerting.notify.Receiver;
import dev.sextant.api.TestApi;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertApiTest {
  private static final String RULES =
      """
      groups:
        - name: targets
          interval: 15s
          rules:
            - alert: Down
              expr: up == 0
              labels: {severity: critical}
              annotations: {summary: "{{ $labels.instance }} is down"}
            - alert: Pending
              expr: up == 1
              for: 5m
            - alert: Quiet
              expr: up > 1
            - record: targets:up
              expr: sum(up)
            - alert: Broken
              expr: up * on () group_left () up
      """;

  @TempDir Path dir;

  private static void fill(TestApi api) {
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    Labels target = Labels.of("job", "shop");
    for (String instance : new String[] {"a", "b"}) {
      batch.add(
          target,
          Labels.of("__name__", "up", "job", "shop", "instance", instance),
          NOW_MILLIS,
          instance.equals("a") ? 1 : 0);
    }
    api.apply(batch.build());
  }

  @Test
  void alerts_beforeTheFirstEvaluation_areUnknown() {
    try (TestApi api = new TestApi(dir, new TestApi.Options().rules(RULES))) {
      JsonNode rule = api.get("/sextant/v1/alerts").json().at("/groups/0/rules/0");

      assertThat(rule.at("/state").asText()).isEqualTo("unknown");
      assertThat(rule.at("/health").asText()).isEqualTo("unknown");
      assertThat(rule.at("/lastEvaluationMillis").isNull()).isTrue();
    }
  }

  @Test
  void alerts_haveEachRulesState() {
    try (TestApi api = new TestApi(dir, new TestApi.Options().rules(RULES))) {
      fill(api);
      api.rules().tick();
      JsonNode answer = api.get("/sextant/v1/alerts").json();
      JsonNode group = answer.at("/groups/0");
      JsonNode down = group.at("/rules/0");

      assertThat(answer.at("/firing").asInt()).isEqualTo(1);
      assertThat(answer.at("/pending").asInt()).isEqualTo(1);
      assertThat(group.at("/name").asText()).isEqualTo("targets");
      assertThat(group.at("/file").asText()).isEqualTo("rules.yaml");
      assertThat(group.at("/intervalMillis").asInt()).isEqualTo(15_000);
      assertThat(group.at("/rules").findValuesAsText("type"))
          .containsExactly("alerting", "alerting", "alerting", "recording", "alerting");
      assertThat(down.at("/state").asText()).isEqualTo("firing");
      assertThat(down.at("/health").asText()).isEqualTo("ok");
      assertThat(down.at("/expression").asText()).isEqualTo("up == 0");
      assertThat(down.at("/labels").toString()).isEqualTo("{\"severity\":\"critical\"}");
      assertThat(down.at("/lastEvaluationMillis").asLong()).isEqualTo(NOW_MILLIS);
      assertThat(down.at("/alerts").toString())
          .isEqualTo(
              "[{\"state\":\"firing\",\"activeAtMillis\":"
                  + NOW_MILLIS
                  + ",\"value\":0,\"labels\":{\"alertname\":\"Down\",\"instance\":\"b\","
                  + "\"job\":\"shop\",\"severity\":\"critical\"},"
                  + "\"annotations\":{\"summary\":\"b is down\"}}]");
      assertThat(group.at("/rules/1/state").asText()).isEqualTo("pending");
      assertThat(group.at("/rules/1/forMillis").asInt()).isEqualTo(300_000);
      assertThat(group.at("/rules/2/state").asText()).isEqualTo("inactive");
      assertThat(group.at("/rules/3").has("forMillis")).isFalse();
      assertThat(group.at("/rules/4/health").asText()).isEqualTo("err");
      assertThat(group.at("/rules/4/lastError").asText()).isNotEmpty();
    }
  }

  @Test
  void notifications_tellWhatBecameOfThem() {
    Server hook =
        Server.builder()
            .gracefulShutdownTimeoutMillis(0, 0)
            .service("/", (ctx, request) -> HttpResponse.of(200))
            .build();
    hook.start().join();
    Receiver receiver =
        new Receiver(
            "hook", URI.create("http://127.0.0.1:" + hook.activeLocalPort()), "", Map.of(), true);
    try (TestApi api = new TestApi(dir, new TestApi.Options().rules(RULES, receiver))) {
      fill(api);
      api.rules().tick();
      api.notifier().deliver();
      JsonNode rules = api.get("/sextant/v1/alerts").json().at("/groups/0/rules");

      assertThat(rules.at("/0/notifications/0/receiver").asText()).isEqualTo("hook");
      assertThat(rules.at("/0/notifications/0/state").asText()).isEqualTo("firing");
      assertThat(rules.at("/0/notifications/0/outcome").asText()).isEqualTo("delivered");
      assertThat(rules.at("/0/notifications/0/timeMillis").asLong()).isEqualTo(NOW_MILLIS);
      assertThat(rules.at("/1/notifications")).isEmpty();
    } finally {
      hook.stop().join();
    }
  }
}
