package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import dev.sextant.server.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running server tells of itself under Prometheus' names. */
class PrometheusStatusTest {
  @TempDir static Path dir;
  private static SextantServer server;

  @BeforeAll
  static void start() throws IOException {
    Path scrape =
        Files.writeString(
            dir.resolve("scrape.yaml"),
            """
            scrape_configs:
              - job_name: shop
                scrape_interval: 1h
                basic_auth: {username: u, password: canary1}
                static_configs: [{targets: ["127.0.0.1:1"], labels: {team: a}}]
            """);
    Path config =
        Files.writeString(
            dir.resolve("sextant.yaml"),
            """
            alerting:
              webhooks:
                - url: http://127.0.0.1:1/canary2
                  headers: {X-Key: canary3}
            query: {features: [promql-duration-expr]}
            scrape-config-files: ["%s"]
            """
                .formatted(scrape));
    server =
        SextantServer.start(
            ConfigReader.read(config, RouteAccessTest.ports()), dir.resolve("data"), line -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode data(String path) throws IOException {
    var answer =
        WebClient.of("http://127.0.0.1:" + server.ports().get("http"))
            .get("/api/v1/" + path)
            .aggregate()
            .join();
    assertThat(answer.status().code()).as(path).isEqualTo(200);
    assertThat(answer.contentUtf8()).as(path).doesNotContain("canary");
    return JsonMapper.builder().build().readTree(answer.contentUtf8()).get("data");
  }

  @Test
  void config_isWhatHolds() throws IOException {
    assertThat(data("status/config").at("/yaml").asText())
        .contains("address: 127.0.0.1")
        .contains("url: <secret>");
  }

  @Test
  void flags_areNamedAsPrometheusNamesThem() throws IOException {
    JsonNode flags = data("status/flags");

    assertThat(flags.get("query.timeout").asText()).isEqualTo("2m");
    assertThat(flags.get("enable-feature").asText()).isEqualTo("promql-duration-expr");
    assertThat(flags.get("storage.tsdb.retention.time").asText()).isEqualTo("30d");
  }

  @Test
  void features_followTheConfiguration() throws IOException {
    assertThat(data("features").at("/promql/duration_expr").asBoolean()).isTrue();
    assertThat(data("features").at("/promql/anchored").booleanValue()).isFalse();
  }

  @Test
  void targets_areTheScrapers() throws IOException {
    JsonNode targets = data("targets");

    assertThat(data("scrape_pools").at("/scrapePools/0").asText()).isEqualTo("shop");
    assertThat(targets.at("/droppedTargetCounts/shop").asInt()).isZero();
    assertThat(targets.at("/activeTargets").size()).isLessThanOrEqualTo(1);
  }

  @Test
  void runtimeAndReplay_answer() throws IOException {
    JsonNode replay = data("status/walreplay");

    assertThat(data("status/runtimeinfo").at("/goroutineCount").asInt()).isPositive();
    assertThat(data("status/walreplay").at("/min").isNumber()).isTrue();
    assertThat(replay.at("/current").asLong())
        .isBetween(replay.at("/min").asLong(), replay.at("/max").asLong());
  }
}
