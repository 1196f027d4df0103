package dev.sextant.api.tempo;

import static dev.sextant.api.tempo.ShopTraces.second;
import static dev.sextant.api.tempo.ShopTraces.start;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sextant.api.TestApi;
import dev.sextant.traceql.QueryLimits;
import dev.sextant.traceql.parse.TextLimits;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code search}. */
class TempoSearchTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  @TempDir static Path dir;
  @TempDir Path other;
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

  private static JsonNode search(String parameters) throws Exception {
    AggregatedHttpResponse answer = api.raw("/tempo/api/search?" + parameters);
    assertThat(answer.status().code()).as(answer.contentUtf8()).isEqualTo(200);
    assertThat(answer.contentType().isJson()).isTrue();
    return JSON.readTree(answer.contentUtf8());
  }

  private static JsonNode query(String traceQl, String... more) throws Exception {
    return search("q=" + encode(traceQl) + String.join("", more));
  }

  private static List<String> ids(JsonNode answer) {
    return answer.get("traces").findValuesAsText("traceID");
  }

  @Test
  void answer_isTempos() throws Exception {
    JsonNode answer = query("{ span.http.status_code = 500 }");
    String spanset =
        """
        {"spans":[{"spanID":"0000000000000001","startTimeUnixNano":"%d","durationNanos":"300000000",
          "attributes":[{"key":"http.status_code","value":{"intValue":"500"}}]}],"matched":1}
        """
            .formatted(start(3));

    assertThat(answer.fieldNames()).toIterable().containsExactly("traces", "metrics");
    assertThat(answer.get("traces"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"traceID":"abc3","rootServiceName":"gateway","rootTraceName":"GET /orders",
                  "startTimeUnixNano":"%d","durationMs":300,"spanSet":%s,"spanSets":[%s],
                  "serviceStats":{"gateway":{"spanCount":2,"errorCount":1},
                                  "orders":{"spanCount":2,"errorCount":1}}}]
                """
                    .formatted(start(3), spanset, spanset)));
    assertThat(answer.get("metrics").fieldNames())
        .toIterable()
        .contains("inspectedTraces", "inspectedSpans", "totalBlocks", "completedJobs", "totalJobs");
  }

  @Test
  void form_isAsGoodAsTheQueryString() throws Exception {
    String form = "q=" + encode("{ span.http.status_code = 500 }") + "&limit=1";

    assertThat(ids(api.post("/tempo/api/search", form).json())).containsExactly("abc3");
  }

  /** Grafana's back end writes the query into the URL as it is. */
  @Test
  void query_mayStandInTheUrlUnencoded() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /tempo/api/search?q={name=\"create\"&&span.items>=3}|count()>0&limit=5"
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .replace("&&", "%26%26")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 200").contains("\"traceID\":\"abc3\"");
    }
  }

  @Test
  void nothingFound_isAnEmptyList() throws Exception {
    assertThat(query("{ name = \"nothing\" }").get("traces")).isEqualTo(JSON.createArrayNode());
  }

  @Test
  void traces_areNewestFirst_andLimited() throws Exception {
    assertThat(ids(query("{}"))).containsExactly("abc4", "abc3", "abc2", "abc1", "abc5");
    assertThat(ids(query("{}", "&limit=2"))).containsExactly("abc4", "abc3");
    assertThat(ids(search(""))).containsExactly("abc4", "abc3", "abc2", "abc1", "abc5");
    assertThat(ids(search("q="))).hasSize(5);
  }

  @Test
  void range_takesTracesThatOverlapIt() throws Exception {
    String half = "&start=" + (second(2) - 5) + "&end=" + (second(3) + 5);

    assertThat(ids(query("{}", half))).containsExactly("abc3", "abc2");
    assertThat(ids(search("start=" + second(1) + "&end=" + (second(1) + 1))))
        .containsExactly("abc1");
  }

  @Test
  void missingRoot_isSaid() throws Exception {
    JsonNode trace = query("{ name = \"send\" }").at("/traces/0");

    assertThat(trace.get("rootServiceName").asText()).isEqualTo("<root span not yet received>");
    assertThat(trace.has("rootTraceName")).isFalse();
    assertThat(trace.get("durationMs").asInt()).isEqualTo(1);
    assertThat(trace.at("/serviceStats/mailer").toString()).isEqualTo("{\"spanCount\":1}");
  }

  @Test
  void spss_boundsSpans_notWhatMatched() throws Exception {
    JsonNode set = query("{ }", "&limit=1&start=" + second(3) + "&end=" + (second(3) + 1));
    assertThat(set.at("/traces/0/spanSets/0/spans")).hasSize(3);
    assertThat(set.at("/traces/0/spanSets/0/matched").asInt()).isEqualTo(4);

    JsonNode one = query("{ .db.system = \"h2\" || name = \"create\" }", "&spss=1");
    assertThat(one.at("/traces/0/spanSets/0/spans")).hasSize(1);
    assertThat(one.at("/traces/0/spanSets/0/matched").asInt()).isEqualTo(2);
    assertThat(query("{}", "&spss=0&limit=2").at("/traces/1/spanSet/spans")).hasSize(3);
    assertThat(query("{}", "&spss=100&limit=2").at("/traces/1/spanSet/spans")).hasSize(4);
  }

  @Test
  void attributes_areThoseThatTheQueryNames() throws Exception {
    JsonNode span =
        query(
                "{ name = \"create\" && status = error } | select(span.items, duration,"
                    + " resource.host.name, span.skus, kind, statusMessage)")
            .at("/traces/0/spanSet/spans/0");

    assertThat(span.get("name").asText()).isEqualTo("create");
    assertThat(span.get("attributes"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"key":"status","value":{"stringValue":"error"}},
                 {"key":"items","value":{"intValue":"3"}},
                 {"key":"host.name","value":{"stringValue":"host-orders"}},
                 {"key":"skus","value":{"arrayValue":{"values":[{"stringValue":"pen"},{"stringValue":"ink"}]}}},
                 {"key":"kind","value":{"stringValue":"server"}},
                 {"key":"statusMessage","value":{"stringValue":"sold out"}}]
                """));
  }

  @Test
  void spansets_haveAttributesOfGroupsAndAggregates() throws Exception {
    JsonNode trace =
        query("{ } | by(resource.service.name) | count() > 1 | avg(duration) > 1ms", "&limit=1")
            .at("/traces/0");

    assertThat(trace.get("traceID").asText()).isEqualTo("abc3");
    assertThat(trace.get("spanSets")).hasSize(2);
    assertThat(trace.at("/spanSets/0/attributes"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"key":"by(resource.service.name)","value":{"stringValue":"gateway"}},
                 {"key":"count()","value":{"intValue":"2"}},
                 {"key":"avg(duration)","value":{"stringValue":"180ms"}}]
                """));
    assertThat(trace.get("spanSet")).isEqualTo(trace.at("/spanSets/0"));
  }

  @Test
  void structure_andDrilldownsQuery() throws Exception {
    assertThat(ids(query("{ name = \"GET /orders\" } >> { status = error }")))
        .containsExactly("abc3");
    JsonNode trace =
        query(
                "({nestedSetParent<0 && true } &>> { kind = server }) || ({nestedSetParent<0 &&"
                    + " true }) | select(status, resource.service.name, name, nestedSetParent,"
                    + " nestedSetLeft, nestedSetRight)",
                "&limit=200&spss=20&start=" + second(3) + "&end=" + (second(3) + 1))
            .at("/traces/0");
    assertThat(trace.at("/spanSets/0/matched").asInt()).isEqualTo(2);
    assertThat(trace.at("/spanSets/0/spans/0/attributes").toString())
        .contains(
            "{\"key\":\"nestedSetParent\",\"value\":{\"intValue\":\"-1\"}}",
            "{\"key\":\"nestedSetLeft\",\"value\":{\"intValue\":\"1\"}}",
            "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"gateway\"}}");
  }

  @Test
  void tags_findSubstringsInAnyCase() throws Exception {
    assertThat(ids(search("tags=" + encode("service.name=ORD")))).hasSize(3);
    assertThat(ids(search("tags=" + encode("service.name=gateway name=\"get /o\" db.system=H"))))
        .containsExactly("abc3", "abc2", "abc1");
    assertThat(ids(search("tags=" + encode("http.status_code=500")))).containsExactly("abc3");
    assertThat(ids(search("tags=" + encode("vip=true")))).containsExactly("abc2");
    assertThat(ids(search("tags=" + encode("root.name=pack")))).containsExactly("abc5");
    assertThat(ids(search("tags=" + encode("status.code=error")))).containsExactly("abc3");
    assertThat(ids(search("tags=" + encode("only.old")))).containsExactly("abc5");
    assertThat(ids(search("tags=" + encode("host.name=host-mailer") + "&limit=1")))
        .containsExactly("abc4");
    assertThat(ids(search("tags=" + encode("name=g.t")))).isEmpty();
  }

  @Test
  void durations_areTheTraces() throws Exception {
    assertThat(ids(search("minDuration=150ms"))).containsExactly("abc3", "abc2");
    assertThat(ids(search("minDuration=150ms&maxDuration=0.25s"))).containsExactly("abc2");
    assertThat(ids(search("maxDuration=1ms"))).containsExactly("abc4", "abc5");
    assertThat(ids(search("tags=" + encode("items=1") + "&minDuration=50ms")))
        .containsExactly("abc1");
  }

  @Test
  void looseParameters_areTagsWithoutARange() throws Exception {
    assertThat(ids(search("service.name=archive"))).containsExactly("abc5");
    assertThat(ids(search("service.name=archive&tags=" + encode("service.name=mailer"))))
        .containsExactly("abc4");
    assertThat(ids(search("service.name=x&start=" + second(1) + "&end=" + (second(1) + 1))))
        .containsExactly("abc1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "end=abc@invalid end: strconv.ParseUint: parsing \"abc\": invalid syntax",
        "start=-1@invalid start: strconv.ParseUint: parsing \"-1\": invalid syntax",
        "start=99999999999@invalid start: strconv.ParseUint: parsing \"99999999999\": value out of range",
        "limit=x@invalid limit: strconv.ParseUint: parsing \"x\": invalid syntax",
        "limit=0@invalid limit: must be a positive number",
        "limit=0&q={@invalid limit: must be a positive number",
        "spss=x@invalid spss: strconv.ParseUint: parsing \"x\": invalid syntax",
        "start=5@http parameter start must be before end. received start=5 end=0",
        "start=7&end=7@http parameter start must be before end. received start=7 end=7",
        "start=10&end=5@http parameter start must be before end. received start=10 end=5",
        "limit=262145@limit 262145 exceeds max limit 262144; raise traces.query.max-traces",
        "start=1&end=604802@range specified by start and end exceeds 168h0m0s. received start=1 end=604802; raise traces.query.max-search-range",
        "end=604801@range specified by start and end exceeds 168h0m0s. received start=0 end=604801; raise traces.query.max-search-range",
        "spss=101@spans per span set exceeds 100. received 101; raise traces.query.max-spans-per-set",
        "q=%7B%7D&tags=a=b@invalid request: can't specify tags and q in the same query",
        "tags=a=b%20a=c@invalid tags: tag a has been set twice",
        "tags=a=%22@invalid tags: unterminated quoted value at pos 4",
        "tags=status.code=9@invalid tags: status.code is \"9\"; it must be unset, ok or error",
        "minDuration=10seconds@invalid minDuration: time: unknown unit \"seconds\" in duration \"10seconds\"",
        "maxDuration=1@invalid maxDuration: time: missing unit in duration \"1\"",
        "minDuration=20s&maxDuration=5s@invalid maxDuration: must be greater than minDuration",
        "q=%28%7B%7D%7Crate%28%29%29%2B%28%7B%7D%7Crate%28%29%29@math expressions not supported"
      })
  void wrongRequest_isPlainTextInTemposWords(String parameters, String message) {
    AggregatedHttpResponse answer = api.raw("/tempo/api/search?" + parameters.replace("{", "%7B"));

    assertThat(answer.contentUtf8()).isEqualTo(message);
    assertThat(answer.status().code()).isEqualTo(400);
    assertThat(answer.contentType().toString()).isEqualTo("text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "{ user.id = 1 }@invalid TraceQL query: parse error at line 1, col 3: unknown identifier: user",
        "{ status = 3 }@invalid TraceQL query: ",
        "{ } | rate()@invalid TraceQL query: a metrics query is no search",
        "{ parent.a = 1 }@invalid TraceQL query: "
      })
  void wrongQuery_isSaid(String query, String message) {
    AggregatedHttpResponse answer = api.raw("/tempo/api/search?q=" + encode(query));

    assertThat(answer.contentUtf8()).startsWith(message);
    assertThat(answer.status().code()).isEqualTo(400);
  }

  @Test
  void tooLongQuery_namesItsSetting() {
    String query = "{ name = \"" + "x".repeat(128) + "\" }";
    TempoLimits limits = TempoLimits.DEFAULT.withQueries(TextLimits.DEFAULT.withMaxBytes(100));
    try (TestApi small = new TestApi(other, new TestApi.Options().tempo(limits))) {
      AggregatedHttpResponse answer = small.raw("/tempo/api/search?q=" + encode(query));

      assertThat(answer.status().code()).isEqualTo(400);
      assertThat(answer.contentUtf8()).contains("traces.query.max-query-bytes");
    }
  }

  @Test
  void tooLargeExpressions_nameTheirSetting() {
    String query = "{ name =~ \"[ab]{40}\" || name =~ \"[ab]{60}\" }";
    TempoLimits limits =
        TempoLimits.DEFAULT.withQueries(TextLimits.DEFAULT.withMaxRegexInstructions(90));
    try (TestApi small = new TestApi(other, new TestApi.Options().tempo(limits))) {
      for (String path : List.of("/tempo/api/search?q=", "/sextant/v1/traces?q=")) {
        AggregatedHttpResponse answer = small.raw(path + encode(query));

        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(answer.contentUtf8())
            .contains("invalid regex: `[ab]{60}`", "raise traces.query.max-regex-instructions");
      }
      assertThat(small.raw("/tempo/api/search?q=" + encode(query.replace("60", "1"))).status())
          .isEqualTo(HttpStatus.OK);
    }
  }

  @Test
  void tooManySpans_endTheQueryAndNameTheSetting() {
    QueryLimits limits = QueryLimits.DEFAULT.withMaxSpans(3);
    try (TestApi small = new TestApi(other, new TestApi.Options().traceql(limits))) {
      small.apply(ShopTraces.all());
      AggregatedHttpResponse answer = small.raw("/tempo/api/search?q=" + encode("{ } >> { }"));

      assertThat(answer.status().code()).isEqualTo(422);
      assertThat(answer.contentUtf8()).contains("traces.query.max-spans");
      assertThat(answer.contentType().toString()).isEqualTo("text/plain; charset=utf-8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"search", "v2/search/tags", "search/tags", "v2/search/tag/name/values"})
  void timeOver_endsTheQueryAndNamesTheSetting(String path) {
    QueryLimits limits = QueryLimits.DEFAULT.withTimeout(Duration.ofNanos(1));
    try (TestApi small = new TestApi(other, new TestApi.Options().traceql(limits))) {
      AggregatedHttpResponse answer = small.raw("/tempo/api/" + path);

      assertThat(answer.status().code()).isEqualTo(503);
      assertThat(answer.contentUtf8()).contains("query.timeout");
      assertThat(answer.contentType().toString()).isEqualTo("text/plain; charset=utf-8");
    }
  }

  @Test
  void protobuf_hasTheSame() throws Exception {
    UnknownFieldSet answer =
        parse(
            ByteString.copyFrom(
                api.raw(
                        "/tempo/api/search?q=" + encode("{ span.http.status_code = 500 }"),
                        "application/protobuf")
                    .content()
                    .array()));
    UnknownFieldSet trace = parse(first(answer, 1));
    UnknownFieldSet spanset = parse(first(trace, 6));
    UnknownFieldSet span = parse(first(spanset, 1));
    UnknownFieldSet attribute = parse(first(span, 5));
    UnknownFieldSet gateway = parse(first(trace, 8));

    assertThat(first(trace, 1).toStringUtf8()).isEqualTo("abc3");
    assertThat(first(trace, 2).toStringUtf8()).isEqualTo("gateway");
    assertThat(first(trace, 3).toStringUtf8()).isEqualTo("GET /orders");
    assertThat(trace.getField(4).getVarintList()).containsExactly(start(3));
    assertThat(trace.getField(5).getVarintList()).containsExactly(300L);
    assertThat(first(trace, 7)).isEqualTo(first(trace, 6));
    assertThat(spanset.getField(2).getVarintList()).containsExactly(1L);
    assertThat(first(span, 1).toStringUtf8()).isEqualTo("0000000000000001");
    assertThat(span.getField(3).getVarintList()).containsExactly(start(3));
    assertThat(span.getField(4).getVarintList()).containsExactly(300_000_000L);
    assertThat(first(attribute, 1).toStringUtf8()).isEqualTo("http.status_code");
    assertThat(parse(first(attribute, 2)).getField(3).getVarintList()).containsExactly(500L);
    assertThat(first(gateway, 1).toStringUtf8()).isEqualTo("gateway");
    assertThat(parse(first(gateway, 2)).getField(1).getVarintList()).containsExactly(2L);
    assertThat(answer.hasField(2)).isTrue();
  }

  private static UnknownFieldSet parse(ByteString bytes) throws Exception {
    return UnknownFieldSet.parseFrom(bytes);
  }

  private static ByteString first(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().getFirst();
  }
}
