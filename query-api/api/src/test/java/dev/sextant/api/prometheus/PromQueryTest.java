package dev.sextant.api.prometheus;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.TestApi;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code query} and {@code query_range}: formats, errors, limits. */
class PromQueryTest {
  private static final long NOW = NOW_MILLIS / 1000;
  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    Labels target = Labels.of("job", "shop", "instance", "a");
    for (int minute = 10; minute >= 0; minute--) {
      long time = NOW_MILLIS - minute * 60_000L;
      batch.add(target, Labels.of("__name__", "up", "job", "shop"), time, 10 - minute);
      batch.add(target, Labels.of("__name__", "up", "job", "cart"), time, 0.5);
    }
    batch.add(target, Labels.of("__name__", "late"), NOW_MILLIS - 500, 7);
    batch.add(target, Labels.of("__name__", "spread"), NOW_MILLIS - 60_000, exponential(), 0);
    batch.add(target, Labels.of("__name__", "spread"), NOW_MILLIS, exponential(), 0);
    batch.add(target, Labels.of("__name__", "custom"), NOW_MILLIS, custom(), 0);
    api.apply(batch.build());
  }

  private static NativeHistogram exponential() {
    return new NativeHistogram(
        0,
        0.5,
        2,
        10,
        21.5,
        new int[] {0, 1, 1, 1},
        new double[] {3, 4},
        new int[] {1, 2},
        new double[] {1, 0},
        new double[0],
        NativeHistogram.ResetHint.GAUGE);
  }

  static NativeHistogram custom() {
    return new NativeHistogram(
        NativeHistogram.CUSTOM_BUCKETS,
        0,
        0,
        6,
        9,
        new int[] {0, 3},
        new double[] {1, 2, 3},
        new int[0],
        new double[0],
        new double[] {1, 2.5},
        NativeHistogram.ResetHint.UNKNOWN);
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static TestApi.Answer query(String expression) {
    return api.get("/api/v1/query?query=" + encode(expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1+1 | 2",
        "-0.5 | -0.5",
        "1/0 | +Inf",
        "-1/0 | -Inf",
        "0/0 | NaN",
        "1e21 | 1000000000000000000000",
        "1e-7 | 0.0000001",
        "0.1+0.2 | 0.30000000000000004"
      })
  void query_scalar_isTimeAndPlainText(String expression, String value) {
    var answer = query(expression);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().toString())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":["
                + NOW
                + ",\""
                + value
                + "\"]}}");
  }

  @ParameterizedTest
  @CsvSource({
    "1e21, 1e+21",
    "1e20, 100000000000000000000",
    "1e-6, 0.000001",
    "9e-7, 9e-07",
    "1.25e-10, 1.25e-10",
    "-1.5e300, -1.5e+300",
    "0/0, NaN",
    "-1/0, -Inf",
    "-0, -0"
  })
  void query_vectorValue_isShortestWithGosExponent(String expression, String value) {
    assertThat(query("vector(" + expression + ")").json().at("/data/result/0/value/1").textValue())
        .isEqualTo(value);
  }

  @Test
  void query_string_isTimeAndText() {
    assertThat(query("\"a\\u00e9\\n\"").json().at("/data").toString())
        .isEqualTo("{\"resultType\":\"string\",\"result\":[" + NOW + ",\"aé\\n\"]}");
  }

  @Test
  void query_vector_hasLabelsAndValue() {
    assertThat(query("up{job=\"shop\"}").json().toString())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":"
                + "{\"__name__\":\"up\",\"job\":\"shop\"},\"value\":["
                + NOW
                + ",\"10\"]}]}}");
  }

  @Test
  void query_nothing_isEmptyList() {
    assertThat(query("nothing").json().at("/data/result").toString()).isEqualTo("[]");
    assertThat(query("nothing[5m]").json().at("/data").toString())
        .isEqualTo("{\"resultType\":\"matrix\",\"result\":[]}");
    assertThat(api.get("/api/v1/query_range?query=nothing&start=0&end=1&step=1").json().toString())
        .isEqualTo("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}");
  }

  @Test
  void query_rangeSelector_isMatrixWithTimesToTheMillisecond() {
    assertThat(query("late[1s]").json().at("/data/result/0/values").toString())
        .isEqualTo("[[" + (NOW - 1) + ".5,\"7\"]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1772366400",
        "1772366400.0",
        "1.7723664e9",
        "2026-03-01T12:00:00Z",
        "2026-03-01T13:00:00%2B01:00",
        "2026-03-01T12:00:00.000Z"
      })
  void query_time_readsUnixAndRfc3339(String time) {
    assertThat(api.get("/api/v1/query?query=up&time=" + time).json().at("/data/result/0/value/0"))
        .hasToString("1772366400");
  }

  @Test
  void query_time_keepsMilliseconds() {
    assertThat(api.get("/api/v1/query?query=1&time=1.5005").json().at("/data/result/0"))
        .hasToString("1.501");
    assertThat(api.get("/api/v1/query?query=1&time=-2.25").json().at("/data/result/0"))
        .hasToString("-2.25");
  }

  @Test
  void query_post_readsFormAndQueryString() {
    assertThat(
            api.post("/api/v1/query?time=5", "query=" + encode("vector(3)"))
                .json()
                .at("/data/result/0/value")
                .toString())
        .isEqualTo("[5,\"3\"]");
  }

  @Test
  void query_bothPrefixes_answerAlike() {
    assertThat(api.get("/prometheus/api/v1/query?query=up").json())
        .isEqualTo(api.get("/api/v1/query?query=up").json());
  }

  @Test
  void query_limit_cutsAndWarns() {
    var cut = api.get("/api/v1/query?query=up&limit=1").json();

    assertThat(cut.at("/data/result")).hasSize(1);
    assertThat(cut.at("/warnings").toString()).isEqualTo("[\"results truncated due to limit\"]");
    assertThat(api.get("/api/v1/query?query=up&limit=2").json().has("warnings")).isFalse();
    assertThat(api.get("/api/v1/query?query=up&limit=0").json().at("/data/result")).hasSize(2);
  }

  @Test
  void query_lookbackDelta_wrong_isNamed() {
    assertThat(api.get("/api/v1/query?query=1&lookback_delta=x").json().at("/error").asText())
        .isEqualTo("error parsing lookback delta duration: cannot parse \"x\" to a valid duration");
  }

  @Test
  void query_annotations_areToldByKind() {
    var info = query("rate(up{job=\"shop\"}[5m])").json();
    var warning = query("histogram_quantile(2, up)").json();

    assertThat(info.at("/infos/0").asText())
        .startsWith("PromQL info: metric might not be a counter");
    assertThat(info.has("warnings")).isFalse();
    assertThat(warning.at("/warnings/0").asText())
        .startsWith("PromQL warning: quantile value should be between 0 and 1, got 2");
  }

  @Test
  void query_nativeHistogram_hasBucketsWithTheirBounds() {
    assertThat(query("spread").json().at("/data/result/0/histogram").toString())
        .isEqualTo(
            "["
                + NOW
                + ",{\"count\":\"10\",\"sum\":\"21.5\",\"buckets\":["
                + "[1,\"-2\",\"-1\",\"1\"],"
                + "[3,\"-0.5\",\"0.5\",\"2\"],"
                + "[0,\"0.5\",\"1\",\"3\"],"
                + "[0,\"2\",\"4\",\"4\"]]}]");
  }

  @Test
  void query_customBuckets_areClosedAtTheFirstsBothEnds() {
    assertThat(query("custom").json().at("/data/result/0/histogram/1/buckets").toString())
        .isEqualTo("[[3,\"-Inf\",\"1\",\"1\"],[0,\"1\",\"2.5\",\"2\"],[0,\"2.5\",\"+Inf\",\"3\"]]");
  }

  @Test
  void queryRange_histograms_standApartFromValues() {
    var series =
        api.get("/api/v1/query_range?query=spread&step=60&start=" + (NOW - 60) + "&end=" + NOW)
            .json()
            .at("/data/result/0");

    assertThat(series.has("values")).isFalse();
    assertThat(series.at("/histograms")).hasSize(2);
    assertThat(series.at("/histograms/1/0").asLong()).isEqualTo(NOW);
  }

  @Test
  void queryRange_matrix_hasOnePointAStepSortedByLabels() {
    var result =
        api.get("/api/v1/query_range?query=up&step=1m&start=" + (NOW - 120) + "&end=" + NOW)
            .json()
            .at("/data");

    assertThat(result.at("/resultType").asText()).isEqualTo("matrix");
    assertThat(result.at("/result/0/metric/job").asText()).isEqualTo("cart");
    assertThat(result.at("/result/1/values").toString())
        .isEqualTo("[[" + (NOW - 120) + ",\"8\"],[" + (NOW - 60) + ",\"9\"],[" + NOW + ",\"10\"]]");
  }

  @Test
  void queryRange_elevenThousandSteps_areTheMost() {
    assertThat(range("1", "0", "11000", "1").status()).isEqualTo(200);

    var refused = range("1", "0", "11001", "1");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error").asText())
        .isEqualTo(
            "exceeded maximum resolution of 11,000 points per timeseries."
                + " Try decreasing the query resolution (?step=XX)");
  }

  private static TestApi.Answer range(String query, String start, String end, String step) {
    return api.get(
        "/api/v1/query_range?query=%s&start=%s&end=%s&step=%s".formatted(query, start, end, step));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "query?query= | invalid parameter \"query\": 1:1: parse error: no expression found in input",
        "query?query=1&time=x | invalid parameter \"time\": invalid time value for 'time': cannot parse \"x\" to a valid timestamp",
        "query?query=1&timeout=x | invalid parameter \"timeout\": cannot parse \"x\" to a valid duration",
        "query?query=1&limit=x | invalid parameter \"limit\": cannot parse \"x\" to a valid limit",
        "query?query=1&limit=-1 | invalid parameter \"limit\": limit must be non-negative",
        "query_range?query=1&start=x&end=1&step=1 | invalid parameter \"start\": cannot parse \"x\" to a valid timestamp",
        "query_range?query=1&end=1&step=1 | invalid parameter \"start\": cannot parse \"\" to a valid timestamp",
        "query_range?query=1&start=0&end=&step=1 | invalid parameter \"end\": cannot parse \"\" to a valid timestamp",
        "query_range?query=1&start=2&end=1&step=1 | invalid parameter \"end\": end timestamp must not be before start time",
        "query_range?query=1&start=0&end=1 | invalid parameter \"step\": cannot parse \"\" to a valid duration",
        "query_range?query=1&start=0&end=1&step=x | invalid parameter \"step\": cannot parse \"x\" to a valid duration",
        "query_range?query=1&start=0&end=1&step=99999999999999999y | invalid parameter \"step\": cannot parse \"99999999999999999y\" to a valid duration",
        "query_range?query=1&start=0&end=1&step=0 | invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive integer",
        "query_range?query=1&start=0&end=1&step=-1 | invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive integer",
        "format_query?query=a( | invalid parameter \"query\": 1:3: parse error: unclosed left parenthesis"
      })
  void wrongParameter_isBadDataAndNamed(String path, String message) {
    var answer = api.get("/api/v1/" + path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/status").asText()).isEqualTo("error");
    assertThat(answer.json().at("/errorType").asText()).isEqualTo("bad_data");
    assertThat(answer.json().at("/error").asText()).isEqualTo(message);
  }

  @Test
  void query_executionError_is422() {
    var answer = query("label_replace(up, \"job\", \"x\", \"\", \"\") + up");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errorType").asText()).isEqualTo("execution");
  }

  @Test
  void query_lookbackDelta_replacesFiveMinutes() {
    String at = "&time=" + (NOW + 120);

    assertThat(api.get("/api/v1/query?query=up" + at).json().at("/data/result")).hasSize(2);
    assertThat(api.get("/api/v1/query?query=up&lookback_delta=1m" + at).json().at("/data/result"))
        .isEmpty();
    assertThat(api.get("/api/v1/query?query=up&lookback_delta=0" + at).json().at("/data/result"))
        .hasSize(2);
  }

  @Test
  void formatQuery_laysOut() {
    assertThat(
            api.post("/api/v1/format_query", "query=" + encode("sum(rate(up[5m]))by(job)"))
                .json()
                .at("/data")
                .asText())
        .isEqualTo("sum by (job) (rate(up[5m]))");
  }

  @Test
  void form_ofTooManyBytes_is413() {
    var answer = api.post("/api/v1/query", "query=" + "1".repeat(70_000));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().at("/error").asText()).contains("65536 bytes");
  }

  @Test
  void stats_haveTimingsAndSamples() {
    String without = api.get("/api/v1/query?query=up&time=" + NOW).json().toString();
    String some = api.get("/api/v1/query?query=up&stats=true&time=" + NOW).json().toString();
    String all = api.get("/api/v1/query?query=up&stats=all&time=" + NOW).json().toString();

    assertThat(without).doesNotContain("stats");
    assertThat(some)
        .contains("\"stats\":{\"timings\":{\"evalTotalTime\":")
        .contains("\"samples\":{\"totalQueryableSamples\":2,\"peakSamples\":")
        .doesNotContain("PerStep", "nodes");
    assertThat(all)
        .contains("\"totalQueryableSamplesPerStep\":[[" + NOW + ",2]]")
        .contains("\"nodes\":[{\"expr\":\"up\",\"depth\":0,\"series\":2,\"points\":2,\"time\":");
  }
}
