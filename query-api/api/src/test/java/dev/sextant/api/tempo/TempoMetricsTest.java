package dev.sextant.api.tempo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.sextant.api.TestApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code metrics/query_range} and {@code metrics/query}. */
class TempoMetricsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long NOW = TestApi.NOW_MILLIS / 1000;
  private static final String HOUR = "&start=" + (NOW - 3600) + "&end=" + NOW;

  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    api.apply(ShopTraces.all());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode ask(String path, String query, String more) throws Exception {
    AggregatedHttpResponse answer =
        api.raw("/tempo/api/metrics/" + path + "?q=" + encode(query) + more);
    assertThat(answer.status().code()).as(answer.contentUtf8()).isEqualTo(200);
    assertThat(answer.contentType().isJson()).isTrue();
    return JSON.readTree(answer.contentUtf8());
  }

  private static JsonNode range(String query, String more) throws Exception {
    return ask("query_range", query, more);
  }

  /** Each series as its labels' values. */
  private static List<String> series(JsonNode answer) {
    List<String> series = new ArrayList<>();
    for (JsonNode each : answer.get("series")) {
      List<String> labels = new ArrayList<>();
      each.get("labels")
          .forEach(
              label ->
                  labels.add(
                      label.get("key").asText()
                          + "="
                          + label.get("value").elements().next().asText()));
      series.add(String.join(" ", labels));
    }
    return series;
  }

  private static String sample(long minutesAgo, String value) {
    String time = "{\"timestampMs\":\"" + (NOW - minutesAgo * 60) * 1000 + "\"";
    return value.isEmpty() ? time + "}" : time + ",\"value\":" + value + "}";
  }

  @Test
  void range_answerIsTempos() throws Exception {
    JsonNode answer = range("{ } | count_over_time() with(exemplars=false)", HOUR + "&step=10m");

    assertThat(answer.fieldNames()).toIterable().containsExactly("series", "metrics");
    assertThat(answer.get("series"))
        .isEqualTo(
            JSON.readTree(
                "[{\"labels\":[{\"key\":\"__name__\",\"value\":{\"stringValue\":\"count_over_time\"}}],"
                    + "\"samples\":["
                    + String.join(
                        ",",
                        sample(60, ""),
                        sample(50, ""),
                        sample(40, ""),
                        sample(30, "1"),
                        sample(20, "4"),
                        sample(10, "4"))
                    + "]}]"));
    assertThat(answer.at("/metrics/inspectedSpans").isTextual()).isTrue();
    assertThat(answer.at("/metrics/totalJobs").asInt()).isEqualTo(1);
  }

  @Test
  void instant_answerIsTempos() throws Exception {
    JsonNode answer = ask("query", "{ } | count_over_time()", HOUR);

    assertThat(answer.fieldNames()).toIterable().containsExactly("series", "metrics");
    assertThat(answer.get("series"))
        .isEqualTo(
            JSON.readTree(
                "[{\"labels\":[{\"key\":\"__name__\",\"value\":{\"stringValue\":\"count_over_time\"}}],"
                    + "\"value\":13}]"));
  }

  @Test
  void labels_haveTheirTypes_andSeriesTheirOrder() throws Exception {
    assertThat(series(range("{ } | rate() by(resource.service.name)", HOUR)))
        .containsExactly(
            "resource.service.name=gateway",
            "resource.service.name=mailer",
            "resource.service.name=orders");
    JsonNode codes =
        range("{ span.http.status_code != nil } | rate() by(span.http.status_code)", HOUR);
    assertThat(codes.at("/series/0/labels/0/value").toString()).isEqualTo("{\"intValue\":\"200\"}");
    JsonNode quantiles =
        range("{ name = \"SELECT\" } | quantile_over_time(duration, 0.5, 0.9) by(kind)", HOUR);
    assertThat(series(quantiles)).containsExactly("kind=client p=0.5", "kind=client p=0.9");
    assertThat(quantiles.at("/series/0/labels/1/value").toString())
        .isEqualTo("{\"doubleValue\":0.5}");
    JsonNode histogram = range("{ name = \"create\" } | histogram_over_time(duration)", HOUR);
    assertThat(histogram.at("/series/0/labels").toString())
        .isEqualTo("[{\"key\":\"__bucket\",\"value\":{\"doubleValue\":0.067108864}}]");
  }

  @Test
  void emptyBuckets_haveNoSampleWhereThereIsNoValue() throws Exception {
    JsonNode answer =
        range("{ } | max_over_time(span.items) with(exemplars=false)", HOUR + "&step=600");

    assertThat(answer.at("/series/0/samples").toString())
        .isEqualTo("[" + sample(20, "1") + "," + sample(10, "2") + "]");
  }

  @Test
  void exemplars_leadToTraces() throws Exception {
    String query = "{ name = \"create\" } | rate()";
    JsonNode exemplars = range(query, HOUR).at("/series/0/exemplars");

    assertThat(exemplars).hasSize(3);
    assertThat(exemplars.at("/0/labels").toString())
        .contains("{\"key\":\"trace:id\",\"value\":{\"stringValue\":\"abc1\"}}");
    assertThat(exemplars.at("/0/timestampMs").asText())
        .isEqualTo(String.valueOf((NOW - 1800) * 1000 + 20));
    assertThat(range(query, HOUR + "&exemplars=1").at("/series/0/exemplars")).hasSize(1);
    assertThat(range(query, HOUR + "&exemplars=5000").at("/series/0/exemplars")).hasSize(3);
    assertThat(range(query + " with(exemplars=false)", HOUR).at("/series/0").has("exemplars"))
        .isFalse();
    assertThat(ask("query", query, HOUR).at("/series/0").has("exemplars")).isFalse();
  }

  @Test
  void tooManySeries_arePartial() throws Exception {
    JsonNode range = range("{ } | rate() by(name)", HOUR + "&maxSeries=2");
    JsonNode instant = ask("query", "{ } | rate() by(name)", HOUR + "&maxSeries=2");

    for (JsonNode answer : List.of(range, instant)) {
      assertThat(answer.get("series")).hasSize(2);
      assertThat(answer.get("status").asText()).isEqualTo("PARTIAL");
      assertThat(answer.get("message").asText()).isNotEmpty();
    }
  }

  @Test
  void comparison_hasItsLabels() throws Exception {
    JsonNode answer =
        range("{ } | compare({ resource.service.name = \"orders\" }, 2)", HOUR + "&step=600s");

    assertThat(series(answer))
        .contains(
            "__meta_type=baseline resource.service.name=gateway",
            "__meta_type=selection resource.service.name=orders",
            "__meta_type=selection_total resource.service.name=nil");
  }

  @Test
  void stagesAndMath() throws Exception {
    assertThat(
            series(range("{ } | rate() by(resource.service.name) | topk(1)", HOUR + "&step=10m")))
        .containsExactly("resource.service.name=gateway");
    JsonNode ratio =
        ask("query", "({ status = error } | count_over_time()) / ({ } | count_over_time())", HOUR);
    assertThat(ratio.at("/series/0/value").asDouble()).isEqualTo(2 / 13.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&since=1h",
        "&start=2026-03-01T11:00:00Z&end=2026-03-01T12:00:00Z",
        "&start=2026-03-01T12:00:00%2B01:00&end=1772366400",
        "&start=1772362800.000&end=1772366400000000000",
        "&end=1772366400&since=3600s",
        "&end=1772369999&since=1h"
      })
  void times_takeEveryForm(String times) throws Exception {
    assertThat(ask("query", "{ } | count_over_time()", times).at("/series/0/value").asInt())
        .isEqualTo(13);
  }

  @Test
  void parameters_asTheyMayBeSent() throws Exception {
    AggregatedHttpResponse query =
        api.raw("/tempo/api/metrics/query?query=" + encode("{ } | count_over_time()") + HOUR);
    assertThat(JSON.readTree(query.contentUtf8()).at("/series/0/value").asInt()).isEqualTo(13);
    JsonNode form =
        api.post(
                "/tempo/api/metrics/query_range",
                "q=" + encode("{ } | count_over_time()") + HOUR + "&step=1200.0")
            .json();
    assertThat(form.at("/series/0/samples")).hasSize(3);
    assertThat(
            range("{ } | rate()", HOUR + "&step=1m30s")
                .at("/series/0/samples/1/timestampMs")
                .asLong())
        .isEqualTo((NOW - 3600 + 90) * 1000);
    assertThat(range("{ } | rate()", HOUR).at("/series/0/samples/1/timestampMs").asLong())
        .isEqualTo((NOW - 3600 + 15) * 1000);
  }

  @Test
  void accept_protobuf_isJsonAllTheSame() {
    AggregatedHttpResponse answer =
        api.raw(
            "/tempo/api/metrics/query?q=" + encode("{ } | rate()") + HOUR, "application/protobuf");

    assertThat(answer.contentType().isJson()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "{ }@@not a metrics query",
        "@@compiling query: parse error : syntax error: unexpected $end",
        "{ } | rate(@@compiling query: parse error at line 1, col 12: *",
        "{ status = 3 } | rate()@@compiling query: *",
        "{ } | rate() by(.a,.b,.c,.d,.e,.f)@@compiling query: metrics group by 6 values not yet supported",
        "{ } | rate()@&start=10&end=5@end must be greater than start",
        "{ } | rate()@&start=10&end=10@end must be greater than start",
        "{ } | rate()@&start=1&end=86402@metrics query time range exceeds the maximum allowed duration of 24h0m0s; raise traces.query.max-metrics-range",
        "{ } | rate()@&start=x@could not parse 'start' parameter: strconv.ParseInt: parsing \"x\": invalid syntax",
        "{ } | rate()@&end=9999999999999999999@could not parse 'end' parameter: strconv.ParseInt: parsing \"9999999999999999999\": invalid syntax",
        "{ } | rate()@&end=y@could not parse 'end' parameter: strconv.ParseInt: parsing \"y\": invalid syntax",
        "{ } | rate()@&since=z@could not parse 'since' parameter: not a valid duration string: \"z\"",
        "{ } | rate()@&exemplars=z@invalid exemplars: strconv.ParseUint: parsing \"z\": invalid syntax",
        "{ } | rate()@&maxSeries=z@invalid maxSeries: strconv.ParseUint: parsing \"z\": invalid syntax"
      })
  void wrongRequest_isPlainTextInTemposWords(String query, String more, String message) {
    for (String path : List.of("query_range", "query")) {
      if (path.equals("query") && message.contains("exemplars")) {
        continue;
      }
      AggregatedHttpResponse answer =
          api.raw(
              "/tempo/api/metrics/"
                  + path
                  + "?q="
                  + encode(query == null ? "" : query)
                  + (more == null ? "" : more));

      if (message.endsWith("*")) {
        assertThat(answer.contentUtf8()).startsWith(message.substring(0, message.length() - 1));
      } else {
        assertThat(answer.contentUtf8()).isEqualTo(message);
      }
      assertThat(answer.status().code()).isEqualTo(400);
      assertThat(answer.contentType().toString()).isEqualTo("text/plain; charset=utf-8");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "1ms@step of 1ms is too small, minimum step for given range is 360ms; raise traces.query.max-intervals",
        "0@step of 0s is too small, minimum step for given range is 360ms; raise traces.query.max-intervals",
        "-1s@step of -1s is too small, minimum step for given range is 360ms; raise traces.query.max-intervals",
        "x@invalid step: cannot parse \"x\" to a valid duration",
        "1e300@invalid step: cannot parse \"1e300\" to a valid duration. It overflows int64"
      })
  void wrongStep_isRefused(String step, String message) {
    AggregatedHttpResponse answer =
        api.raw(
            "/tempo/api/metrics/query_range?q=" + encode("{ } | rate()") + HOUR + "&step=" + step);

    assertThat(answer.contentUtf8()).isEqualTo(message);
    assertThat(answer.status().code()).isEqualTo(400);
  }
}
