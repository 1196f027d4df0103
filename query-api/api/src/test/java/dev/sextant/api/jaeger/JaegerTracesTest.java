package dev.sextant.api.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import dev.sextant.api.tempo.ShopTraces;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.traceql.parse.TextLimits;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches, traces and names as Jaeger's clients ask for them. */
class JaegerTracesTest {
  private static final String API = "/jaeger/api/";
  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api =
        new TestApi(
            dir,
            new TestApi.Options()
                .tempo(
                    TempoLimits.DEFAULT
                        .withMaxTraceBytes(2600)
                        .withQueries(TextLimits.DEFAULT.withMaxBytes(1024))));
    api.apply(ShopTraces.all());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static JsonNode get(String path) {
    TestApi.Answer answer = api.get(API + path);
    assertThat(answer.status()).as(path + " " + answer.json()).isEqualTo(200);
    return answer.json();
  }

  private static String error(int status, String path) {
    TestApi.Answer answer = api.get(API + path);
    assertThat(answer.status()).as(path + " " + answer.json()).isEqualTo(status);
    JsonNode first = answer.json().at("/errors/0");
    assertThat(first.at("/code").asInt()).isEqualTo(status);
    return first.at("/msg").asText();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Which of the shop's traces are found, in the answer's order. */
  private static String found(String query) {
    StringBuilder found = new StringBuilder();
    get("traces?" + query)
        .at("/data")
        .forEach(
            trace -> {
              String id = trace.at("/traceID").asText();
              found.append(id.charAt(id.length() - 1));
            });
    return found.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> tags(JsonNode tags) {
    Map<String, String> map = new TreeMap<>();
    tags.forEach(
        tag ->
            map.put(
                tag.at("/key").asText(),
                tag.at("/type").asText() + " " + tag.at("/value").asText()));
    return map;
  }

  @Test
  void services_areAllThatAreKept() {
    JsonNode answer = get("services");
    assertThat(texts(answer.at("/data"))).containsExactly("archive", "gateway", "mailer", "orders");
    assertThat(answer.at("/total").asInt()).isEqualTo(4);
    assertThat(answer.at("/errors").isNull()).isTrue();
  }

  @Test
  void operations_areOfTheService_withTheirKinds() {
    assertThat(texts(get("services/gateway/operations").at("/data")))
        .containsExactly("GET /orders", "POST");
    assertThat(get("operations?service=orders").at("/data").toString())
        .isEqualTo(
            "[{\"name\":\"SELECT\",\"spanKind\":\"client\"},{\"name\":\"create\",\"spanKind\":\"server\"}]");
    assertThat(get("operations?service=orders&spanKind=server").at("/total").asInt()).isEqualTo(1);
    assertThat(get("services/none/operations").at("/data")).isEmpty();
    assertThat(error(400, "operations?service=orders&spanKind=proxy")).contains("spanKind");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      service=gateway                                      | 321
      service=gateway&limit=2                              | 32
      service=gateway&operation=POST                       | 321
      service=orders&operation=POST                        | ''
      operation=send                                       | 4
      limit=10                                             | 43215
      lookback=1h                                          | 4321
      lookback=custom                                      | 43215
      service=gateway&minDuration=150ms&operation=GET+%2Forders | 32
      service=gateway&maxDuration=0.15s&operation=GET+%2Forders | 1
      tag=items:2                                          | 2
      tag=vip:true                                         | 2
      tag=db.ratio:1.5                                     | 3
      tag=error:true                                       | 3
      tag=error:true&service=mailer                        | ''
      tag=error:false&operation=create                     | 21
      tag=span.kind:consumer                               | 4
      tag=otel.status_code:ERROR                           | 3
      tag=otel.status_description:sold+out                 | 3
      tag=otel.library.name:io.shop.http&operation=send    | 4
      tag=hostname:host-mailer                             | 4
      tag=error.kind:SoldOut                               | 3
      tag=event:exception                                  | 3
      tag=exception.type:SoldOut                           | 3
      """)
  void search_findsNewestFirst(String query, String expected) {
    assertThat(found(query)).isEqualTo(expected);
  }

  @Test
  void searchByTags_asJson() {
    assertThat(found("tags=" + encoded("{\"items\":\"2\",\"host.name\":\"host-orders\"}")))
        .isEqualTo("2");
    assertThat(found("tags=" + encoded("{\"items\":2}"))).isEqualTo("2");
    assertThat(found("tags=" + encoded("{\"user id\":\"u3\"}") + "&tag=http.status_code:500"))
        .isEqualTo("3");
  }

  @Test
  void searchByMoreThanAQueryMayHold_namesTheSetting() {
    String tag = "tag=" + "k".repeat(2000) + ":v";
    assertThat(error(400, "traces?" + tag)).contains("traces.query.max-query-bytes");
  }

  @Test
  void serviceWithASlash_hasItsOperations() {
    assertThat(get("services/a%2Fb/operations").at("/data")).isEmpty();
  }

  @Test
  void searchBetweenTimes_inMicroseconds() {
    long start = ShopTraces.start(2) / 1000;
    assertThat(found("start=" + (start - 1) + "&end=" + (start + 1000))).isEqualTo("2");
  }

  @Test
  void searchByIds_namesThoseThatAreMissing() {
    JsonNode answer = get("traces?traceID=abc1&traceID=abc9&traceID=abc3");
    assertThat(answer.at("/data")).hasSize(2);
    assertThat(answer.at("/errors/0/traceID").asText()).isEqualTo("000000000000abc9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      traces?spanKind=server               | 'spanKind' is not known here
      traces?tags=x                        | 'tags'
      traces?tags=%7B%22a%22:%5B%5D%7D     | 'tags'
      traces?tag=x                         | key:value
      traces?tag=w3c.tracestate:a          | w3c.tracestate
      traces?minDuration=5                 | 'minDuration'
      traces?minDuration=5s&maxDuration=1s | greater
      traces?start=tomorrow                | 'start'
      traces?start=9&end=8                 | begins after its end
      traces?limit=0                       | 'limit'
      traces?limit=1000000                 | traces.query.max-traces
      traces?lookback=long                 | 'lookback'
      traces?traceID=xyz                   | 'traceID'
      traces/xyz                           | 'traceID'
      traces/abc1?start=x                  | 'start'
      services?x=1                         | 'x' is not known
      dependencies?lookback=1h             | 'lookback'
      """)
  void wrongParameters_areNamed(String path, String expected) {
    assertThat(error(400, path)).contains(expected);
  }

  @Test
  void trace_isAsJaegersPageReadsIt() {
    JsonNode answer = get("traces/000000000000abc3");
    JsonNode trace = answer.at("/data/0");
    assertThat(trace.at("/traceID").asText()).isEqualTo("000000000000abc3");
    assertThat(trace.at("/spans")).hasSize(4);
    assertThat(trace.at("/processes/p1/serviceName").asText()).isEqualTo("gateway");
    assertThat(tags(trace.at("/processes/p2/tags")))
        .isEqualTo(Map.of("host.name", "string host-orders"));
    JsonNode create = trace.at("/spans/2");
    assertThat(create.at("/operationName").asText()).isEqualTo("create");
    assertThat(create.at("/startTime").asLong()).isEqualTo(ShopTraces.start(3) / 1000 + 20_000);
    assertThat(create.at("/duration").asLong()).isEqualTo(40_000);
    assertThat(create.at("/processID").asText()).isEqualTo("p2");
    assertThat(create.at("/references").toString())
        .isEqualTo(
            "[{\"refType\":\"CHILD_OF\",\"traceID\":\"000000000000abc3\",\"spanID\":\"0000000000000002\"},"
                + "{\"refType\":\"FOLLOWS_FROM\",\"traceID\":\"000000000000abc1\",\"spanID\":\"0000000000000003\"}]");
    assertThat(tags(create.at("/tags")))
        .isEqualTo(
            Map.of(
                "items", "int64 3",
                "skus", "string [\"pen\",\"ink\"]",
                "otel.scope.name", "string io.shop.http",
                "otel.scope.version", "string 1.4",
                "span.kind", "string server",
                "otel.status_code", "string ERROR",
                "otel.status_description", "string sold out",
                "error", "bool true"));
    assertThat(tags(create.at("/logs/0/fields")))
        .isEqualTo(Map.of("event", "string exception", "exception.type", "string SoldOut"));
  }

  @Test
  void traceThatIsNotThere_isNotFound() {
    assertThat(error(404, "traces/abc9")).isEqualTo("trace not found");
  }

  @Test
  void prettyPrint_breaksLines() {
    assertThat(api.raw(API + "traces/abc1?prettyPrint=true").contentUtf8().lines().count())
        .isGreaterThan(50);
  }

  @Test
  void answerThatIsTooLarge_namesTheSetting() {
    String three = "traceID=abc1&traceID=abc2&traceID=abc3";
    assertThat(error(422, "traces?" + three + "&" + three))
        .contains("traces.query.max-trace-bytes");
  }

  @Test
  void v3_namesInEitherCase() {
    assertThat(get("v3/services").toString())
        .isEqualTo("{\"services\":[\"archive\",\"gateway\",\"mailer\",\"orders\"]}");
    assertThat(get("v3/operations?service=mailer").toString())
        .isEqualTo("{\"operations\":[{\"name\":\"send\",\"spanKind\":\"consumer\"}]}");
    for (String query :
        List.of(
            "query.service_name=orders&query.operation_name=create&query.num_traces=1",
            "query.serviceName=orders&query.operationName=create&query.searchDepth=1")) {
      JsonNode span = get("v3/traces?" + query).at("/result/resourceSpans/1/scopeSpans/0/spans/0");
      assertThat(span.at("/traceId").asText()).isEqualTo("0000000000000000000000000000abc3");
      assertThat(span.at("/kind").asInt()).isEqualTo(2);
      assertThat(span.at("/status").toString()).isEqualTo("{\"message\":\"sold out\",\"code\":2}");
      assertThat(span.at("/startTimeUnixNano").asText())
          .isEqualTo(Long.toString(ShopTraces.start(3) + 20 * 1_000_000));
    }
  }

  @Test
  void v3_byTimeAttributesAndDuration() {
    String time =
        "query.start_time_min=2026-03-01T09:00:00Z&query.start_time_max=2026-03-01T14:00:00+02:00";
    String attributes = "&query.attributes=" + encoded("{\"items\":\"2\"}");
    JsonNode answer = get("v3/traces?" + time + attributes + "&query.duration_min=1ms");
    assertThat(answer.at("/result/resourceSpans")).hasSize(2);
    assertThat(get("v3/traces/abc4?start_time=2026-03-01T09:00:00.5Z").at("/result/resourceSpans"))
        .hasSize(1);
  }

  @Test
  void v3_errorsAreAGateways() {
    for (String path : List.of("v3/traces/abc9", "v3/traces?query.service_name=none")) {
      TestApi.Answer answer = api.get(API + path);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().at("/error/httpCode").asInt()).isEqualTo(404);
    }
    TestApi.Answer unknown = api.get(API + "v3/traces?query.filter=x");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().at("/error/message").asText()).contains("query.filter");
  }
}
