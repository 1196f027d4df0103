package dev.sextant.api.jaeger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import dev.sextant.api.service.DerivedSeries;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependencies and metrics, from derived series. */
class JaegerMetricsTest {
  private static final String METRICS = "/jaeger/api/metrics/";
  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    api.apply(
        new DerivedSeries()
            .served("shop", "GET", 3_600_000, age -> 30, age -> 0)
            .served("a.b", "GET", 3_600_000, age -> 12, age -> 3)
            .served("a.b", "PUT", 3_600_000, age -> 15, age -> 0)
            .served("axb", "GET", 3_600_000, age -> 15, age -> 0)
            .durations("a.b", "GET", 3_600_000, "0.1", "0.2", age -> 15)
            .edge("shop", "a.b", "", 15, 3)
            .edge("a.b", "orders", "database", 30, 0)
            .edge("axb", "idle", "", 0, 0)
            .build());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static JsonNode get(String path) {
    TestApi.Answer answer = api.get(path);
    assertThat(answer.status()).as(path + " " + answer.json()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void dependencies_areTheGraphsEdges() {
    String range = "endTs=" + TestApi.NOW_MILLIS + "&lookback=1200000";
    JsonNode answer = get("/jaeger/api/dependencies?" + range).at("/data");
    assertThat(answer).hasSize(2);
    assertThat(answer.at("/0/parent").asText()).isEqualTo("a.b");
    assertThat(answer.at("/0/child").asText()).isEqualTo("orders");
    assertThat(answer.at("/0/callCount").asLong()).isEqualTo(30 * 80);
    assertThat(answer.at("/1/parent").asText()).isEqualTo("shop");
    assertThat(get("/jaeger/api/dependencies?service=orders&" + range).at("/data")).hasSize(1);
  }

  @Test
  void calls_perSecondOfTheNamedServices() {
    JsonNode answer = get(METRICS + "calls?service=a.b&service=shop&lookback=60000&step=30000");
    assertThat(answer.at("/name").asText()).isEqualTo("service_call_rate");
    assertThat(answer.at("/type").asText()).isEqualTo("GAUGE");
    assertThat(answer.at("/help").asText()).isEqualTo("calls/sec, grouped by service");
    assertThat(answer.at("/metrics")).hasSize(2);
    assertThat(answer.at("/metrics/0/labels").toString())
        .isEqualTo("[{\"name\":\"service_name\",\"value\":\"a.b\"}]");
    JsonNode points = answer.at("/metrics/0/metricPoints");
    assertThat(points).hasSize(3);
    assertThat(points.at("/2/timestamp").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(points.at("/2/gaugeValue/doubleValue").asDouble()).isEqualTo(2, within(1e-9));
  }

  @Test
  void calls_byOperation() {
    JsonNode answer =
        get(
            METRICS
                + "calls?service=a.b&groupByOperation=true&lookback=60000&step=60000&ratePer=300000");
    assertThat(answer.at("/name").asText()).isEqualTo("service_operation_call_rate");
    assertThat(answer.at("/metrics/1/labels").toString())
        .isEqualTo(
            "[{\"name\":\"operation\",\"value\":\"PUT\"},{\"name\":\"service_name\",\"value\":\"a.b\"}]");
  }

  @Test
  void errors_areAShare_zeroWhereNothingFails() {
    JsonNode answer = get(METRICS + "errors?service=a.b&service=shop&lookback=1000&step=1000");
    assertThat(answer.at("/metrics/0/metricPoints/1/gaugeValue/doubleValue").asDouble())
        .isEqualTo(0.1, within(1e-9));
    assertThat(answer.at("/metrics/1/metricPoints/1/gaugeValue/doubleValue").asDouble()).isZero();
  }

  @Test
  void latencies_areMilliseconds() {
    JsonNode answer = get(METRICS + "latencies?service=a.b&quantile=0.5&lookback=1000&step=1000");
    assertThat(answer.at("/name").asText()).isEqualTo("service_latencies");
    assertThat(answer.at("/metrics/0/metricPoints/0/gaugeValue/doubleValue").asDouble())
        .isEqualTo(150, within(1e-6));
    assertThat(get(METRICS + "latencies?service=shop&quantile=0.5").at("/metrics")).isEmpty();
  }

  @Test
  void otherKinds_areAskedForByName() {
    assertThat(get(METRICS + "calls?service=a.b&spanKind=client").at("/metrics")).isEmpty();
    assertThat(
            get(METRICS + "calls?service=a.b&spanKind=client&spanKind=SPAN_KIND_SERVER")
                .at("/metrics"))
        .hasSize(1);
  }

  @Test
  void minStep_isAMillisecond() {
    assertThat(get(METRICS + "minstep").at("/data").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "calls, service",
    "latencies?service=a, quantile",
    "latencies?service=a&quantile=1.5, quantile",
    "calls?service=a&quantile=0.5, quantile",
    "calls?service=a&step=0, step",
    "errors?service=a&spanKind=x, spanKind",
    "calls?service=a&groupByOperation=maybe, groupByOperation"
  })
  void wrongParameters_areNamed(String path, String parameter) {
    TestApi.Answer answer = api.get(METRICS + path);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/msg").asText()).contains("'" + parameter + "'");
  }
}
