package dev.sextant.api.tempo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.sextant.api.TestApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code v2/traces} with {@code q}. */
class TempoTraceFilterTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
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

  private static AggregatedHttpResponse ask(String query, String... more) {
    String q = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return api.raw("/tempo/api/v2/traces/abc3?q=" + q + String.join("", more));
  }

  private static JsonNode filtered(String query, String... more) throws Exception {
    AggregatedHttpResponse answer = ask(query, more);
    assertThat(answer.status().code()).as(answer.contentUtf8()).isEqualTo(200);
    return JSON.readTree(answer.contentUtf8());
  }

  private static List<String> names(JsonNode answer) {
    return answer.get("trace").findValues("spans").stream()
        .flatMap(spans -> spans.findValuesAsText("name").stream())
        .filter(name -> !name.equals("exception"))
        .toList();
  }

  @Test
  void filter_keepsMatchingSpans_andSaysSo() throws Exception {
    JsonNode answer = filtered("{ resource.service.name = \"orders\" && kind = client }");

    assertThat(names(answer)).containsExactly("SELECT");
    assertThat(answer.get("trace").findValuesAsText("stringValue")).contains("host-orders");
    assertThat(answer.get("status").asText()).isEqualTo("PARTIAL");
    assertThat(answer.get("message").asText())
        .isEqualTo("Trace filtered, only a subset of spans matching the filter is returned");
  }

  @Test
  void filter_ofEverything_isNotPartial() throws Exception {
    JsonNode answer = filtered("{ }");

    assertThat(names(answer)).hasSize(4);
    assertThat(answer.has("status")).isFalse();
  }

  @Test
  void filter_ofNothing_isAnEmptyTrace() throws Exception {
    JsonNode answer = filtered("{ span.nothing = 1 }");

    assertThat(answer.at("/trace/resourceSpans")).isEmpty();
    assertThat(answer.get("status").asText()).isEqualTo("PARTIAL");
  }

  @Test
  void filter_ofUnknownTrace_isEmptyAndWhole() throws Exception {
    JsonNode answer = JSON.readTree(api.raw("/tempo/api/v2/traces/1234?q=%7B%7D").contentUtf8());

    assertThat(answer.at("/trace/resourceSpans")).isEmpty();
    assertThat(answer.has("status")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ span.items = 3 }|create",
        "{ event.exception.type = \"SoldOut\" }|create",
        "{ link.why = \"retry\" }|create",
        "{ instrumentation:version = \"1.4\" && duration > 100ms }|GET /orders",
        "{ span.vip != nil }|GET /orders",
        "{ span.skus = \"ink\" }|create",
        "{ .db.ratio > 1 }|SELECT"
      })
  void filter_seesEveryPartOfASpan(String query, String name) throws Exception {
    assertThat(names(filtered(query))).containsExactly(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'create'",
    "'&keep_hierarchy=true', 'GET /orders,POST,create'",
    "'&keep_hierarchy=true&ancestor_depth=1', 'POST,create'",
    "'&keep_hierarchy=1&ancestor_depth=0', 'create'",
    "'&keep_hierarchy=true&ancestor_depth=0&match_depth=1', 'create,SELECT'",
    "'&keep_hierarchy=true&match_depth=-1', 'GET /orders,POST,create,SELECT'",
    "'&keep_hierarchy=false&match_depth=-1', 'create'"
  })
  void hierarchy_keepsSpansAboveAndBelow(String parameters, String names) throws Exception {
    assertThat(names(filtered("{ name = \"create\" }", parameters)))
        .containsExactly(names.split(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "{@failed to parse TraceQL spanset filter: parse error at line 1, col 2: syntax error: unexpected $end",
        "{ status = nil }@failed to parse TraceQL spanset filter: ",
        "{ } | rate()@only a single TraceQL spanset filter is supported: not a metrics query",
        "{ } | select(name)@only a single TraceQL spanset filter is supported: got 2 pipeline elements",
        "{ } >> { }@only a single TraceQL spanset filter is supported: not structural operators or aggregates",
        "count() > 1@only a single TraceQL spanset filter is supported: not structural operators or aggregates",
        "{ rootName = \"a\" }@intrinsic is not supported by this filter: \"rootName\"",
        "{ !(nestedSetParent < 0) }@intrinsic is not supported by this filter: \"nestedSetParent\""
      })
  void wrongFilter_isRefused(String query, String message) {
    AggregatedHttpResponse answer = ask(query);

    assertThat(answer.status().code()).isEqualTo(400);
    assertThat(answer.contentUtf8()).startsWith(message);
  }

  @Test
  void wrongDepth_isRefused() {
    AggregatedHttpResponse answer = ask("{}", "&match_depth=x");

    assertThat(answer.status().code()).isEqualTo(400);
    assertThat(answer.contentUtf8())
        .isEqualTo("invalid match_depth: strconv.Atoi: parsing \"x\": invalid syntax");
  }
}
