package dev.sextant.api.tempo;

import static dev.sextant.api.tempo.ShopTraces.second;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.sextant.api.TestApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code search/tags} and {@code search/tag/{name}/values}, v1 and v2. */
class TempoTagsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The last half hour: traces 2 to 4. */
  private static final String RECENT = "start=" + (second(2) - 10) + "&end=" + (second(2) + 3600);

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
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonNode json(String path) throws Exception {
    AggregatedHttpResponse answer = api.raw("/tempo/api" + path);
    assertThat(answer.status().code()).as(answer.contentUtf8()).isEqualTo(200);
    assertThat(answer.contentType().isJson()).isTrue();
    return JSON.readTree(answer.contentUtf8());
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** Values as {@code type value}. */
  private static List<String> values(String name, String query) throws Exception {
    JsonNode answer = json("/v2/search/tag/" + encode(name) + "/values?" + query);
    List<String> values = new ArrayList<>();
    answer
        .get("tagValues")
        .forEach(each -> values.add(each.get("type").asText() + " " + each.get("value").asText()));
    return values;
  }

  @Test
  void tagsV2_areNamesByScope() throws Exception {
    JsonNode answer = json("/v2/search/tags");

    assertThat(answer.fieldNames()).toIterable().containsExactly("scopes", "metrics");
    assertThat(answer.get("scopes").findValuesAsText("name"))
        .containsExactly("span", "resource", "event", "link", "instrumentation", "intrinsic");
    assertThat(texts(answer.at("/scopes/0/tags")))
        .containsExactly(
            "db.ratio",
            "db.system",
            "http.status_code",
            "items",
            "only.old",
            "path/of",
            "peer.service",
            "skus",
            "user id",
            "vip");
    assertThat(texts(answer.at("/scopes/1/tags"))).containsExactly("host.name", "service.name");
    assertThat(texts(answer.at("/scopes/2/tags"))).containsExactly("exception.type");
    assertThat(texts(answer.at("/scopes/3/tags"))).containsExactly("why");
    assertThat(texts(answer.at("/scopes/4/tags"))).containsExactly("lib.language");
    assertThat(texts(answer.at("/scopes/5/tags"))).contains("duration", "status", "rootName");
  }

  @ParameterizedTest
  @CsvSource({
    "span, span",
    "resource, resource",
    "event, event",
    "link, link",
    "instrumentation, instrumentation",
    "intrinsic, intrinsic"
  })
  void tagsV2_ofOneScope(String scope, String name) throws Exception {
    assertThat(json("/v2/search/tags?scope=" + scope).get("scopes").findValuesAsText("name"))
        .containsExactly(name);
  }

  @Test
  void tagsV2_scopeNone_isEveryScope() throws Exception {
    assertThat(json("/v2/search/tags?scope=none")).isEqualTo(json("/v2/search/tags"));
  }

  @Test
  void tagsV2_limit_isOfEachScope() throws Exception {
    JsonNode scopes = json("/v2/search/tags?limit=1&maxStaleValues=5").get("scopes");

    assertThat(scopes).hasSize(6).allSatisfy(scope -> assertThat(scope.get("tags")).hasSize(1));
  }

  @Test
  void tagsV2_query_narrowsToMatchingSpans() throws Exception {
    String query = encode("{ name = \"create\" && span.items = 3 && .x = }");
    JsonNode scopes = json("/v2/search/tags?q=" + query).get("scopes");

    assertThat(texts(scopes.at("/0/tags"))).containsExactly("items", "skus");
    assertThat(scopes.findValuesAsText("name"))
        .containsExactly("span", "resource", "event", "link", "instrumentation", "intrinsic");
    assertThat(json("/v2/search/tags?scope=event&q=" + encode("{ span.items = 1 }")).get("scopes"))
        .isEmpty();
  }

  @Test
  void tagsV2_query_mayAskOfTheTrace() throws Exception {
    String roots = encode("{ nestedSetParent < 0 && rootServiceName = \"gateway\" }");

    assertThat(texts(json("/v2/search/tags?scope=span&q=" + roots).at("/scopes/0/tags")))
        .containsExactly("http.status_code", "user id", "vip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "nonsense", "{ } | rate(", "{ } >> { span.items = 3 }", "}{"})
  void tagsV2_queryOfNoUse_isIgnored(String query) throws Exception {
    assertThat(json("/v2/search/tags?q=" + encode(query))).isEqualTo(json("/v2/search/tags"));
  }

  @Test
  void tags_range_leavesOthersOut() throws Exception {
    assertThat(texts(json("/search/tags?" + RECENT).get("tagNames")))
        .contains("http.status_code")
        .doesNotContain("only.old");
  }

  @Test
  void tagsV1_areNamesOfAllScopesTogether() throws Exception {
    JsonNode answer = json("/search/tags");

    assertThat(answer.fieldNames()).toIterable().containsExactly("tagNames", "metrics");
    assertThat(texts(answer.get("tagNames")))
        .isSorted()
        .contains("service.name", "db.system", "exception.type", "why", "lib.language")
        .doesNotContain("duration");
    assertThat(texts(json("/search/tags?scope=intrinsic").get("tagNames"))).contains("duration");
    assertThat(texts(json("/search/tags?scope=resource&limit=1").get("tagNames")))
        .containsExactly("host.name");
  }

  @Test
  void valuesV2_haveTheirTypes() throws Exception {
    assertThat(values("span.http.status_code", "")).containsExactly("int 200", "int 500");
    assertThat(values("span.vip", "")).containsExactly("bool false", "bool true");
    assertThat(values("span.db.ratio", "")).containsExactly("float 0.5", "float 1", "float 1.5");
    assertThat(values("resource.service.name", ""))
        .containsExactly("string archive", "string gateway", "string mailer", "string orders");
    assertThat(values(".skus", "")).containsExactly("string ink", "string pen");
    assertThat(values("span.\"user id\"", ""))
        .containsExactly("string u1", "string u2", "string u3");
    assertThat(values("event.exception.type", "")).containsExactly("string SoldOut");
    assertThat(values("link.why", "")).containsExactly("string retry");
    assertThat(values("instrumentation.lib.language", "")).containsExactly("string java");
    assertThat(values("span.nothing", "")).isEmpty();
  }

  @Test
  void valuesV2_ofIntrinsics() throws Exception {
    assertThat(values("name", "")).contains("string GET /orders", "string SELECT");
    assertThat(values("span:name", "")).isEqualTo(values("name", ""));
    assertThat(values("statusMessage", "")).containsExactly("string no stock", "string sold out");
    assertThat(values("rootServiceName", "")).containsExactly("string archive", "string gateway");
    assertThat(values("rootName", "")).containsExactly("string GET /orders", "string pack");
    assertThat(values("event:name", "")).containsExactly("string exception");
    assertThat(values("instrumentation:name", "")).containsExactly("string io.shop.http");
    assertThat(values("status", ""))
        .containsExactly("keyword ok", "keyword error", "keyword unset");
    assertThat(values("kind", ""))
        .containsExactly(
            "keyword client",
            "keyword server",
            "keyword producer",
            "keyword consumer",
            "keyword internal",
            "keyword unspecified");
    for (String none : List.of("duration", "traceDuration", "span:id", "trace:id")) {
      assertThat(values(none, "")).as(none).isEmpty();
    }
  }

  @Test
  void valuesV2_query_narrows() throws Exception {
    assertThat(values("name", "q=" + encode("{ resource.service.name = \"orders\" }")))
        .containsExactly("string SELECT", "string create");
    assertThat(values("name", "q=" + encode("{ resource.service.name = \"orders\" && span.x = }")))
        .containsExactly("string SELECT", "string create");
    assertThat(values("name", "q=" + encode("{ status = error }")))
        .containsExactly("string GET /orders", "string create");
    assertThat(
            values(
                "resource.service.name",
                "q=" + encode("{nestedSetParent<0 && true && kind = server}")))
        .containsExactly("string gateway");
    assertThat(values("span.items", "q=" + encode("{ duration > 1h || span.items > 1 }")))
        .containsExactly("int 2", "int 3");
  }

  @Test
  void values_rangeAndLimit() throws Exception {
    assertThat(values("resource.service.name", RECENT))
        .containsExactly("string gateway", "string mailer", "string orders");
    assertThat(values("resource.service.name", "limit=2")).hasSize(2);
    assertThat(values("kind", "limit=1")).containsExactly("keyword client");
  }

  @Test
  void valuesV2_nameEncodedTwice_asGrafanaDoes() throws Exception {
    String twice = encode(encode("span.\"user id\""));
    JsonNode answer = json("/v2/search/tag/" + twice + "/values");

    assertThat(answer.get("tagValues")).hasSize(3);
    assertThat(
            json("/v2/search/tag/" + encode(encode("span.path/of")) + "/values").at("/tagValues"))
        .hasSize(1);
  }

  @Test
  void values_nameWithASlash_isEncoded() throws Exception {
    assertThat(values("span.path/of", "")).containsExactly("string slash");
    assertThat(texts(json("/search/tag/path%2Fof/values").get("tagValues")))
        .containsExactly("slash");
  }

  @Test
  void valuesV1_areTexts() throws Exception {
    JsonNode answer = json("/search/tag/service.name/values");

    assertThat(answer.fieldNames()).toIterable().containsExactly("tagValues", "metrics");
    assertThat(texts(answer.get("tagValues")))
        .containsExactly("archive", "gateway", "mailer", "orders");
    assertThat(texts(json("/search/tag/http.status_code/values").get("tagValues")))
        .containsExactly("200", "500");
    assertThat(texts(json("/search/tag/resource.host.name/values?limit=1").get("tagValues")))
        .hasSize(1);
    assertThat(texts(json("/search/tag/name/values").get("tagValues"))).contains("create");
    assertThat(texts(json("/search/tag/root.name/values").get("tagValues"))).contains("pack");
    assertThat(texts(json("/search/tag/status.code/values").get("tagValues")))
        .containsExactly("unset", "ok", "error");
    assertThat(texts(json("/search/tag/error/values").get("tagValues"))).containsExactly("true");
    assertThat(texts(json("/search/tag/nothing/values").get("tagValues"))).isEmpty();
  }

  @Test
  void protobuf_hasTheSame() throws Exception {
    UnknownFieldSet tags =
        UnknownFieldSet.parseFrom(
            api.raw("/tempo/api/v2/search/tags?scope=resource", "application/protobuf")
                .content()
                .array());
    UnknownFieldSet resource =
        UnknownFieldSet.parseFrom(tags.getField(1).getLengthDelimitedList().getFirst());
    UnknownFieldSet values =
        UnknownFieldSet.parseFrom(
            api.raw("/tempo/api/v2/search/tag/span.items/values", "application/protobuf")
                .content()
                .array());
    UnknownFieldSet first =
        UnknownFieldSet.parseFrom(values.getField(1).getLengthDelimitedList().getFirst());

    assertThat(resource.getField(1).getLengthDelimitedList())
        .containsExactly(ByteString.copyFromUtf8("resource"));
    assertThat(resource.getField(2).getLengthDelimitedList())
        .containsExactly(
            ByteString.copyFromUtf8("host.name"), ByteString.copyFromUtf8("service.name"));
    assertThat(first.getField(1).getLengthDelimitedList())
        .containsExactly(ByteString.copyFromUtf8("int"));
    assertThat(first.getField(2).getLengthDelimitedList())
        .containsExactly(ByteString.copyFromUtf8("1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/search/tags?scope=x|invalid scope: x",
        "/v2/search/tags?scope=trace|invalid scope: trace",
        "/v2/search/tags?start=x|invalid start: strconv.ParseInt: parsing \"x\": invalid syntax",
        "/v2/search/tags?start=-1|invalid start: strconv.ParseInt: parsing \"-1\": value out of range",
        "/search/tags?end=y|invalid end: strconv.ParseInt: parsing \"y\": invalid syntax",
        "/search/tags?limit=z|invalid limit: strconv.ParseUint: parsing \"z\": invalid syntax",
        "/search/tags?start=10&end=5|http parameter start must be before end. received start=10 end=5",
        "/search/tags?start=1&end=604802|range specified by start and end exceeds 168h0m0s. received start=1 end=604802; raise traces.query.max-search-range",
        "/search/tag/x/values?start=10&end=5|http parameter start must be before end. received start=10 end=5",
        "/v2/search/tag/x.y.z/values?maxStaleValues=z|please provide a valid tagName: *",
        "/v2/search/tag/.a,.b/values|please provide a valid tagName: \".a,.b\"",
        "/v2/search/tag/1/values|please provide a valid tagName: *"
      })
  void wrongRequest_isPlainTextInTemposWords(String request, String message) {
    AggregatedHttpResponse answer = api.raw("/tempo/api" + request);

    if (message.endsWith("*")) {
      assertThat(answer.contentUtf8()).startsWith(message.substring(0, message.length() - 1));
    } else {
      assertThat(answer.contentUtf8()).isEqualTo(message);
    }
    assertThat(answer.status().code()).isEqualTo(400);
    assertThat(answer.contentType().toString()).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void valuesV2_name_mayNotGoOnWithAQuery() {
    AggregatedHttpResponse answer =
        api.raw("/tempo/api/v2/search/tag/" + encode(".a) | select(.b") + "/values");

    assertThat(answer.status().code()).isEqualTo(400);
    assertThat(answer.contentUtf8())
        .isEqualTo("please provide a valid tagName: \".a) | select(.b\"");
  }

  @Test
  void settings_boundBoth() throws Exception {
    TempoLimits limits = TempoLimits.DEFAULT.withMaxTags(2, 1);
    try (TestApi small = new TestApi(other, new TestApi.Options().tempo(limits))) {
      small.apply(ShopTraces.all());

      assertThat(JSON.readTree(small.raw("/tempo/api/search/tags").contentUtf8()).get("tagNames"))
          .hasSize(2);
      assertThat(
              JSON.readTree(
                      small.raw("/tempo/api/search/tag/service.name/values?limit=3").contentUtf8())
                  .get("tagValues"))
          .hasSize(1);
    }
  }
}
