package dev.sextant.api.prometheus;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sextant.api.TestApi;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers beside Prometheus' own description of its API, whose schemas name every field. Left out
 * are strings, whose time it wants to be a text where Prometheus answers a number.
 */
class PromOpenApiTest {
  private static final String RULES =
      """
      groups:
        - name: targets
          rules:
            - alert: Some
              expr: up > 0
              labels: {severity: low}
              annotations: {summary: "{{ $labels.job }}"}
            - alert: Broken
              expr: up * on () group_left () up
            - record: targets:up
              expr: sum(up)
      """;

  @TempDir static Path dir;
  private static JsonNode document;
  private static TestApi api;

  @BeforeAll
  static void start() throws IOException {
    String set = System.getenv("SEXTANT_CORPORA");
    Path golden =
        (set != null
                ? Path.of(set)
                : Path.of(System.getProperty("sextant.root", "../..")).resolve("../shared/corpora"))
            .resolve("prometheus/web/api/v1/testdata/openapi_3.2_golden.yaml");
    assumeTrue(Files.exists(golden), "skipped: " + golden + " is not there");
    document = new YAMLMapper().readTree(golden.toFile());
    api = new TestApi(dir, new TestApi.Options().rules(RULES).targets(PromStatusTest.TARGETS));
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    Labels target = Labels.of("job", "shop", "instance", "a:80");
    for (String job : new String[] {"shop", "cart"}) {
      Labels up = Labels.of("__name__", "up", "job", job, "instance", "a:80");
      batch.add(target, up, NOW_MILLIS, 1);
      batch.exemplar(target, up, new Exemplar(Labels.of("trace_id", "a"), 1, NOW_MILLIS));
    }
    batch.add(target, Labels.of("__name__", "spread"), NOW_MILLIS, PromQueryTest.custom(), 0);
    batch.metadata(new Metadata("up", "gauge", "Whether it answers.", ""));
    api.apply(batch.build());
    api.rules().tick();
  }

  @AfterAll
  static void stop() {
    if (api != null) {
      api.close();
    }
  }

  private static void check(String path, JsonNode schema, JsonNode answer) {
    ObjectNode root = schema.deepCopy();
    root.set("components", document.get("components"));
    var errors =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(root)
            .validate(answer);

    assertThat(errors).as(() -> path + " answered " + answer.toPrettyString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/query?query=up",
        "/query?query=up[5m]",
        "/query?query=spread",
        "/query?query=1",
        "/query?query=rate(up[5m])",
        "/query?query=up&limit=1",
        "/query?query=up&stats=true",
        "/query_range?query=up&start=1772366300&end=1772366400&step=10",
        "/query_range?query=spread&start=1772366400&end=1772366400&step=10",
        "/query_exemplars?query=up",
        "/format_query?query=up",
        "/parse_query?query=sum(rate(up{job=\"a\"}[5m])) / 2",
        "/labels",
        "/label/job/values",
        "/series?match[]=up",
        "/metadata",
        "/scrape_pools",
        "/targets",
        "/targets/metadata",
        "/rules",
        "/rules?group_limit=1",
        "/alerts",
        "/alertmanagers",
        "/status/config",
        "/status/runtimeinfo",
        "/status/buildinfo",
        "/status/flags",
        "/status/tsdb",
        "/status/walreplay",
        "/notifications",
        "/features"
      })
  void answer_isAsDescribed(String request) {
    String path = request.replaceFirst("\\?.*", "");
    String described = path.replace("/label/job/", "/label/{name}/");
    JsonNode schema =
        document
            .get("paths")
            .get(described)
            .at("/get/responses/200/content/application~1json/schema");

    var answer = api.get("/api/v1" + encoded(request));

    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    check(request, schema, answer.json());
  }

  /** With each value of the query encoded. */
  private static String encoded(String request) {
    if (!request.contains("?")) {
      return request;
    }
    String[] parts = request.split("\\?", 2);
    StringBuilder out = new StringBuilder(parts[0]).append('?');
    for (String pair : parts[1].split("&")) {
      String[] both = pair.split("=", 2);
      out.append(URLEncoder.encode(both[0], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(both[1], StandardCharsets.UTF_8))
          .append('&');
    }
    return out.substring(0, out.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/query?query=(",
        "/query?query=up * on () group_left () up",
        "/targets/metadata?metric=none",
        "/rules?type=x"
      })
  void error_isAsDescribed(String request) {
    var answer = api.get("/api/v1" + encoded(request));

    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    check(request, document.at("/components/schemas/Error"), answer.json());
  }

  @Test
  void paths_notServed_areThese() {
    Set<String> served =
        api.routes()
            .map(route -> route.route().patternString())
            .filter(path -> path.startsWith("/api/v1/"))
            .map(path -> path.substring(7).replaceAll(":(\\w+)", "{$1}"))
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    document.get("paths").fieldNames().forEachRemaining(missing::add);
    missing.removeAll(served);

    assertThat(missing)
        .containsExactlyInAnyOrder(
            // Taken in by the collector.
            "/write",
            "/otlp/v1/metrics",
            // Answered 404.
            "/read",
            "/search/metric_names",
            "/search/label_names",
            "/search/label_values",
            "/scrape_pools/config",
            "/targets/relabel_steps",
            "/status/tsdb/blocks",
            "/status/self_metrics",
            "/admin/tsdb/delete_series",
            "/admin/tsdb/clean_tombstones",
            "/admin/tsdb/snapshot",
            "/notifications/live");
  }
}
