package dev.sextant.api.prometheus;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.TestApi;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series, labels, exemplars, metadata. */
class PromSeriesTest {
  private static final long NOW = NOW_MILLIS / 1000;
  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    Labels target = Labels.of("job", "shop", "instance", "a");
    Labels requests = Labels.of("__name__", "http_requests_total", "code", "200", "job", "shop");
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    batch.add(target, requests, NOW_MILLIS, 1);
    batch.add(target, requests.with("code", "500"), NOW_MILLIS, 1);
    batch.add(target, Labels.of("__name__", "up", "job", "cart"), NOW_MILLIS - 7_200_000, 1);
    batch.add(target, Labels.of("__name__", "dotted", "service.name", "a/b"), NOW_MILLIS, 1);
    batch.exemplar(
        target, requests, new Exemplar(Labels.of("trace_id", "abc"), 1e-7, NOW_MILLIS - 1_500));
    batch.metadata(new Metadata("http_requests_total", "counter", "Requests.", ""));
    batch.metadata(new Metadata("http_requests_total", "gauge", "Otherwise.", ""));
    batch.metadata(new Metadata("up", "gauge", "", "ratio"));
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

  @Test
  void series_eachSelector_addsItsSeries() {
    assertThat(data("series?match[]=up&match[]=http_requests_total%7Bcode=%22500%22%7D"))
        .isEqualTo(
            "[{\"__name__\":\"http_requests_total\",\"code\":\"500\",\"job\":\"shop\"},"
                + "{\"__name__\":\"up\",\"job\":\"cart\"}]");
  }

  @Test
  void series_range_leavesOthersOut() {
    assertThat(data("series?match[]=up&start=" + (NOW - 60) + "&end=" + NOW)).isEqualTo("[]");
  }

  @Test
  void series_post_readsTheForm() {
    assertThat(api.post("/api/v1/series", "match%5B%5D=up").json().at("/data")).hasSize(1);
  }

  @Test
  void series_limit_cutsAndWarns() {
    var answer = api.get("/api/v1/series?match[]=http_requests_total&limit=1").json();

    assertThat(answer.at("/data")).hasSize(1);
    assertThat(answer.at("/warnings/0").asText()).isEqualTo("results truncated due to limit");
    assertThat(api.get("/api/v1/series?match[]=http_requests_total&limit=2").json().has("warnings"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "series | no match[] parameter provided",
        "series?match[]=up%5B5m%5D | invalid parameter \"match[]\": 1:1: parse error: expected a series selector, got 'up[5m]'",
        "series?match[]=%7Ba=~%22.*%22%7D | invalid parameter \"match[]\": 1:1: parse error: vector selector must contain at least one non-empty matcher",
        "series?match[]=up&start=x | invalid parameter \"start\": invalid time value for 'start': cannot parse \"x\" to a valid timestamp",
        "series?match[]=up&start=2&end=1 | invalid parameter \"end\": end timestamp must not be before start time",
        "labels?limit=x | invalid parameter \"limit\": cannot parse \"x\" to a valid limit",
        "query_exemplars?query=a( | invalid parameter \"query\": 1:3: parse error: unclosed left parenthesis",
        "metadata?limit=x | invalid parameter \"limit\": cannot parse \"x\" to a valid limit"
      })
  void wrongParameter_isBadDataAndNamed(String path, String message) {
    var answer = api.get("/api/v1/" + path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errorType").asText()).isEqualTo("bad_data");
    assertThat(answer.json().at("/error").asText()).isEqualTo(message);
  }

  @Test
  void labels_withoutMatch_areAll() {
    assertThat(data("labels")).isEqualTo("[\"__name__\",\"code\",\"job\",\"service.name\"]");
    assertThat(data("labels?match[]=up")).isEqualTo("[\"__name__\",\"job\"]");
    assertThat(data("labels?match[]=none")).isEqualTo("[]");
    assertThat(api.post("/api/v1/labels", "limit=1").json().at("/data")).hasSize(1);
  }

  @Test
  void labels_allOfTimeAsClientsWriteIt_isAccepted() {
    assertThat(
            data(
                "labels?match[]=up&start=-292273086-05-16T16:47:06Z"
                    + "&end=292277025-08-18T07:12:54.999999999Z"))
        .isEqualTo("[\"__name__\",\"job\"]");
    assertThat(data("labels?match[]=up&start=-9e99&end=9e99")).isEqualTo("[\"__name__\",\"job\"]");
  }

  @Test
  void labelValues_areSorted() {
    assertThat(data("label/__name__/values"))
        .isEqualTo("[\"dotted\",\"http_requests_total\",\"up\"]");
    assertThat(data("label/job/values?match[]=up")).isEqualTo("[\"cart\"]");
    assertThat(data("label/none/values")).isEqualTo("[]");
  }

  @Test
  void labelValues_escapedOrPlainDots_areOneName() {
    assertThat(data("label/U__service_2e_name/values")).isEqualTo("[\"a/b\"]");
    assertThat(data("label/service.name/values")).isEqualTo("[\"a/b\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "U__a_2e_b, a.b",
    "U__a__b, a_b",
    "U__, ''",
    "U___1F600_, 😀",
    "U__a_2e, U__a_2e",
    "U__a_xy_, U__a_xy_",
    "U__a_d800_, U__a_d800_",
    "U__a_ffffff_, U__a_ffffff_",
    "U__a_0000020_, U__a_0000020_"
  })
  void unescape(String escaped, String name) {
    assertThat(EscapedNames.unescape(escaped)).isEqualTo(name);
  }

  @Test
  void exemplars_standByTheirSeries() {
    assertThat(data("query_exemplars?query=rate(http_requests_total%5B5m%5D)%20%2B%20up"))
        .isEqualTo(
            "[{\"seriesLabels\":{\"__name__\":\"http_requests_total\",\"code\":\"200\",\"job\":\"shop\"},"
                + "\"exemplars\":[{\"labels\":{\"trace_id\":\"abc\"},\"value\":\"1e-07\",\"timestamp\":"
                + (NOW - 2)
                + ".5}]}]");
    assertThat(data("query_exemplars?query=up")).isEqualTo("[]");
    assertThat(data("query_exemplars?query=1")).isEqualTo("[]");
  }

  @Test
  void metadata_isByFamily() {
    assertThat(data("metadata"))
        .isEqualTo(
            "{\"http_requests_total\":["
                + "{\"type\":\"counter\",\"help\":\"Requests.\",\"unit\":\"\"},"
                + "{\"type\":\"gauge\",\"help\":\"Otherwise.\",\"unit\":\"\"}],"
                + "\"up\":[{\"type\":\"gauge\",\"help\":\"\",\"unit\":\"ratio\"}]}");
    assertThat(data("metadata?metric=none")).isEqualTo("{}");
    assertThat(api.get("/api/v1/metadata?limit=1").json().at("/data")).hasSize(1);
    assertThat(
            api.get("/api/v1/metadata?limit_per_metric=1").json().at("/data/http_requests_total"))
        .hasSize(1);
  }

  @Test
  void buildInfo_namesTheLanguagesRelease() {
    var info = api.get("/prometheus/api/v1/status/buildinfo").json().at("/data");

    assertThat(info.at("/version").asText()).isEqualTo("3.14.0");
    assertThat(info.at("/revision").asText()).isEqualTo("sextant-1.2.3");
  }
}
