package dev.sextant.api.prometheus;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.api.TestApi;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.promql.PromOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets, status and features. */
class PromStatusTest {
  @TempDir static Path dir;
  @TempDir static Path experimentalDir;
  private static TestApi api;

  static final TargetSource TARGETS =
      new TargetSource() {
        @Override
        public List<String> pools() {
          return List.of("shop", "empty");
        }

        @Override
        public List<Active> active() {
          return List.of(
              new Active(
                  "shop",
                  "http://a:80/metrics",
                  Labels.of("instance", "a:80", "job", "shop"),
                  Map.of("job", "shop", "__address__", "a:80"),
                  "up",
                  "",
                  NOW_MILLIS - 1_500,
                  0.25,
                  15_000,
                  10_000),
              new Active(
                  "shop",
                  "http://b:80/metrics",
                  Labels.of("instance", "b:80", "job", "shop"),
                  Map.of("__address__", "b:80"),
                  "unknown",
                  "",
                  0,
                  0,
                  90_000,
                  10_000));
        }

        @Override
        public List<Dropped> dropped() {
          return List.of(new Dropped("shop", Map.of("__address__", "c:80")));
        }
      };

  @BeforeAll
  static void fill() {
    api = new TestApi(dir, new TestApi.Options().targets(TARGETS));
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    Labels target = Labels.of("job", "shop", "instance", "a:80");
    batch.add(target, target.with(Labels.NAME, "requests_total"), NOW_MILLIS, 1);
    batch.add(target, target.with(Labels.NAME, "spread_bucket").with("le", "1"), NOW_MILLIS, 1);
    batch.add(target, target.with(Labels.NAME, "spread_bucket").with("le", "2"), NOW_MILLIS, 1);
    batch.metadata(new Metadata("requests_total", "counter", "Requests.", ""));
    batch.metadata(new Metadata("spread", "histogram", "A spread.", "seconds"));
    batch.metadata(new Metadata("elsewhere", "gauge", "Of nobody.", ""));
    api.apply(batch.build());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static String data(String path) {
    var answer = api.get("/api/v1/" + path);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    return answer.json().at("/data").toString();
  }

  private static final String ACTIVE =
      "{\"discoveredLabels\":{\"__address__\":\"a:80\",\"job\":\"shop\"},"
          + "\"labels\":{\"instance\":\"a:80\",\"job\":\"shop\"},\"scrapePool\":\"shop\","
          + "\"scrapeUrl\":\"http://a:80/metrics\",\"globalUrl\":\"http://a:80/metrics\","
          + "\"lastError\":\"\",\"lastScrape\":\"2026-03-01T11:59:58.500Z\","
          + "\"lastScrapeDuration\":0.25,\"health\":\"up\",\"scrapeInterval\":\"15s\","
          + "\"scrapeTimeout\":\"10s\"}";

  @Test
  void targets_haveTheirFields() {
    String targets = data("targets");

    assertThat(targets).startsWith("{\"activeTargets\":[" + ACTIVE + ",");
    assertThat(targets)
        .endsWith(
            "\"droppedTargets\":[{\"discoveredLabels\":{\"__address__\":\"c:80\"},"
                + "\"scrapePool\":\"shop\"}],\"droppedTargetCounts\":{\"empty\":0,\"shop\":1}}");
  }

  @Test
  void targets_neverScraped_areUnknownSinceNever() {
    assertThat(data("targets"))
        .contains("\"lastScrape\":\"0001-01-01T00:00:00Z\"")
        .contains("\"scrapeInterval\":\"1m30s\"");
  }

  @ParameterizedTest
  @CsvSource({
    "state=active, 2, 0",
    "state=dropped, 0, 1",
    "state=any, 2, 1",
    "state=other, 0, 1",
    "scrapePool=empty, 0, 0",
    "scrapePool=shop, 2, 1"
  })
  void targets_eachFilter(String parameter, int active, int dropped) {
    JsonNode found = api.get("/api/v1/targets?" + parameter).json().at("/data");

    assertThat(found.at("/activeTargets")).hasSize(active);
    assertThat(found.at("/droppedTargets")).hasSize(parameter.equals("state=other") ? 0 : dropped);
  }

  @Test
  void scrapePools_areAllConfigurations() {
    assertThat(data("scrape_pools")).isEqualTo("{\"scrapePools\":[\"empty\",\"shop\"]}");
  }

  @Test
  void targetsMetadata_isWhatTheTargetSends() {
    String target = "{\"target\":{\"instance\":\"a:80\",\"job\":\"shop\"},";

    assertThat(data("targets/metadata"))
        .isEqualTo(
            "["
                + target
                + "\"metric\":\"requests_total\",\"type\":\"counter\",\"help\":\"Requests.\",\"unit\":\"\"},"
                + target
                + "\"metric\":\"spread\",\"type\":\"histogram\",\"help\":\"A spread.\",\"unit\":\"seconds\"}]");
    assertThat(data("targets/metadata?metric=spread&match_target=%7Bjob=%22shop%22%7D&limit=1"))
        .isEqualTo(
            "[" + target + "\"type\":\"histogram\",\"help\":\"A spread.\",\"unit\":\"seconds\"}]");
  }

  @ParameterizedTest
  @CsvSource({
    "metric=elsewhere",
    "match_target=%7Bjob=%22none%22%7D",
    "match_target=%7Binstance=%22b:80%22%7D"
  })
  void targetsMetadata_none_isNotFound(String parameter) {
    var answer = api.get("/api/v1/targets/metadata?" + parameter);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().toString())
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"not_found\","
                + "\"error\":\"specified metadata not found\"}");
  }

  @Test
  void alertmanagersAndNotifications_areNone() {
    assertThat(data("alertmanagers"))
        .isEqualTo("{\"activeAlertmanagers\":[],\"droppedAlertmanagers\":[]}");
    assertThat(data("notifications")).isEqualTo("[]");
  }

  @Test
  void status_saysWhatTheProcessIs() {
    assertThat(data("status/config")).isEqualTo("{\"yaml\":\"listen:\\n  address: 127.0.0.1\\n\"}");
    assertThat(data("status/flags")).isEqualTo("{\"query.timeout\":\"2m\"}");
    assertThat(data("status/walreplay")).isEqualTo("{\"min\":1,\"max\":5,\"current\":3}");
    assertThat(data("status/runtimeinfo"))
        .isEqualTo(
            "{\"startTime\":\"2026-03-01T11:59:00Z\",\"CWD\":\"/srv\",\"hostname\":\"host\","
                + "\"serverTime\":\"2026-03-01T12:00:00Z\",\"reloadConfigSuccess\":true,"
                + "\"lastConfigTime\":\"2026-03-01T11:59:00Z\",\"corruptionCount\":0,"
                + "\"goroutineCount\":7,\"GOMAXPROCS\":2,\"GOMEMLIMIT\":1073741824,"
                + "\"GOGC\":\"\",\"GODEBUG\":\"\",\"storageRetention\":\"30d\"}");
  }

  @Test
  void statusTsdb_countsSeriesByNameAndLabel() {
    JsonNode stats = api.get("/api/v1/status/tsdb?limit=2").json().at("/data");

    assertThat(stats.at("/headStats/numSeries").asInt()).isEqualTo(3);
    assertThat(stats.at("/seriesCountByMetricName").toString())
        .isEqualTo(
            "[{\"name\":\"spread_bucket\",\"value\":2},{\"name\":\"requests_total\",\"value\":1}]");
    assertThat(stats.at("/labelValueCountByLabelName").toString())
        .isEqualTo("[{\"name\":\"__name__\",\"value\":2},{\"name\":\"le\",\"value\":2}]");
    assertThat(stats.at("/seriesCountByLabelValuePair").toString())
        .isEqualTo(
            "[{\"name\":\"instance=a:80\",\"value\":3},{\"name\":\"job=shop\",\"value\":3}]");
  }

  @Test
  void features_areThoseOfTheOptions() {
    JsonNode stable = api.get("/api/v1/features").json().at("/data");
    JsonNode experimental;
    try (TestApi all =
        new TestApi(experimentalDir, new TestApi.Options().language(PromOptions.EXPERIMENTAL))) {
      experimental = all.get("/api/v1/features").json().at("/data");
    }

    assertThat(stable.at("/promql_functions/rate").asBoolean()).isTrue();
    assertThat(stable.at("/promql_functions/info").booleanValue()).isFalse();
    assertThat(stable.at("/promql/anchored").booleanValue()).isFalse();
    assertThat(stable.at("/promql_operators/limitk").booleanValue()).isFalse();
    assertThat(stable.at("/service_discovery_providers").toString())
        .isEqualTo("{\"file\":true,\"static\":true}");
    assertThat(experimental.at("/promql_functions/info").booleanValue()).isTrue();
    assertThat(experimental.at("/promql/anchored").booleanValue()).isTrue();
    assertThat(experimental.at("/promql_operators/limitk").booleanValue()).isTrue();
  }

  @Test
  void features_haveTheShapeOfPrometheus() throws IOException {
    Path golden = corpora().resolve("prometheus/cmd/prometheus/testdata/features.json");
    Assumptions.assumeTrue(Files.exists(golden), "no corpora: " + golden + " is missing");
    JsonNode theirs = JsonMapper.builder().build().readTree(golden.toFile());
    JsonNode ours = api.get("/api/v1/features").json().at("/data");

    for (String category : List.of("promql", "promql_functions", "promql_operators")) {
      assertThat(names(ours.get(category))).as(category).isEqualTo(names(theirs.get(category)));
    }
    ours.properties()
        .forEach(
            category ->
                assertThat(names(theirs.get(category.getKey())))
                    .as(category.getKey())
                    .containsAll(names(category.getValue())));
  }

  private static TreeSet<String> names(JsonNode object) {
    TreeSet<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Path corpora() {
    String set = System.getenv("SEXTANT_CORPORA");
    return set != null
        ? Path.of(set)
        : Path.of(System.getProperty("sextant.root", "../..")).resolve("../shared/corpora");
  }
}
