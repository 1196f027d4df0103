package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceMetricTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{ } | rate()` | true",
        "`{ .a } | quantile_over_time(duration, .9) by (name) | topk(3)` | true",
        "`({} | rate()) / ({ .a } | rate())` | true",
        "`{ status = error }` | false",
        "`{ .rate = 1 } | count() > 2` | false",
        "`{ name = \"| rate()\" }` | false",
        "`{ } // | rate()` | false",
        "`` | false",
      })
  void isMetric_whereAFunctionStandsOutsideOfBraces(String query, boolean metric) {
    assertThat(script.eval("sx.tracemetric.isMetric(" + quoted(query) + ")").asBoolean())
        .isEqualTo(metric);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | `{ } | rate()`",
        "`{ .a } >> { .b }` | `{ .a } >> { .b } | rate()`",
        "`{ .a } | count() > 2 ` | `{ .a } | count() > 2 | rate()`",
        "`{ .with = 1 } with (most_recent=true)` | `{ .with = 1 } | rate() with (most_recent=true)`",
        "`{ .a } // all` | `{ .a } // all\n | rate()`",
      })
  void ofSearch_countsWhatItFinds_andBack(String query, String metric) {
    assertThat(script.text("sx.tracemetric.ofSearch(" + quoted(query) + ")")).isEqualTo(metric);
    assertThat(script.eval("sx.tracemetric.isMetric(" + quoted(metric) + ")").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{ .a } | rate() by (name)` | `{ .a }`",
        "`{ .a } | count() > 2 | rate() | topk(2)` | `{ .a } | count() > 2`",
        "`({ .a } | rate()) / ({} | rate())` | `null`",
        "`{ .a }` | `null`",
      })
  void search_isWhatStandsBeforeTheFunction(String query, String search) {
    assertThat(script.text("sx.tracemetric.search(" + quoted(query) + ")")).isEqualTo(search);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{ duration > 1s } | rate()` | rate",
        "`{ } | count_over_time()` | count",
        "`{ } | quantile_over_time(duration, .9)` | seconds",
        "`{ } | max_over_time(span:duration) by (name)` | seconds",
        "`{ } | max_over_time(span.bytes)` | plain",
        "`({} | rate()) / ({} | rate())` | plain",
      })
  void unitOf_isTheFunctions(String query, String unit) {
    assertThat(script.text("sx.tracemetric.unitOf(" + quoted(query) + ")")).isEqualTo(unit);
  }

  @Test
  void matrix_readsLabelsAndSamples() {
    assertThat(
            script.json(
                """
                sx.tracemetric.matrix({series: [{labels: [{key: 'name', value: {stringValue: 'a'}}, {key: 'n', value: {intValue: '3'}}],
                  samples: [{timestampMs: '1000', value: 0.5}, {timestampMs: '2000'}, {timestampMs: '3000', value: 'Infinity'}]}]})"""))
        .isEqualTo(
            "[{\"metric\":{\"name\":\"a\",\"n\":\"3\"},\"values\":[[1,\"0.5\"],[2,\"0\"],[3,\"Infinity\"]]}]");
    assertThat(script.json("sx.tracemetric.matrix({})")).isEqualTo("[]");
  }

  @Test
  void exemplars_areThoseThatNameATrace() {
    assertThat(
            script.json(
                """
                sx.tracemetric.exemplars({series: [{labels: [{key: 'name', value: {stringValue: 'a'}}], exemplars: [
                  {labels: [{key: 'trace:id', value: {stringValue: '0af1'}}], value: 0.5, timestampMs: '1000'},
                  {labels: [{key: 'trace:id', value: {stringValue: '0af2'}}], value: 'NaN', timestampMs: '2000'},
                  {labels: [{key: 'trace:id', value: {stringValue: 'javascript:x'}}], value: 1, timestampMs: '1'}, {}]}]})"""))
        .isEqualTo(
            "[{\"at\":1000,\"value\":0.5,\"traceId\":\"0af1\",\"spanId\":\"\",\"labels\":{\"name\":\"a\"}},{\"at\":2000,\"value\":0,\"traceId\":\"0af2\",\"spanId\":\"\",\"labels\":{\"name\":\"a\"}}]");
  }

  private static String quoted(String text) {
    String given = text == null ? "" : text;
    return "'" + given.replace("'", "\\'").replace("\n", "\\n") + "'";
  }
}
