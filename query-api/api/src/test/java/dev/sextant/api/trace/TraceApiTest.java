package dev.sextant.api.trace;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.sextant.api.TestApi;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
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

class TraceApiTest {
  private static final long MILLI = 1_000_000L;

  /** Traces 1 to 7 begin one minute after another, the last one minute before now. */
  private static final int TRACES = 7;

  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    for (int trace = 1; trace <= TRACES; trace++) {
      api.apply(
          TracesData.newBuilder()
              .addResourceSpans(spans("gateway", root(trace)))
              .addResourceSpans(spans("orders", child(trace)))
              .build());
    }
    api.apply(TracesData.newBuilder().addResourceSpans(full()).build());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static long start(int trace) {
    return (NOW_MILLIS - (TRACES + 1 - trace) * 60_000L) * MILLI;
  }

  private static ByteString traceId(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(0).putLong(id).flip());
  }

  private static ByteString spanId(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
  }

  private static Span.Builder root(int trace) {
    return Span.newBuilder()
        .setTraceId(traceId(trace))
        .setSpanId(spanId(1))
        .setName(trace % 2 == 0 ? "GET /even" : "GET /odd")
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(start(trace))
        .setEndTimeUnixNano(start(trace) + trace * 100 * MILLI);
  }

  private static Span.Builder child(int trace) {
    Span.Builder child =
        Span.newBuilder()
            .setTraceId(traceId(trace))
            .setSpanId(spanId(2))
            .setParentSpanId(spanId(1))
            .setName("query")
            .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
            .setStartTimeUnixNano(start(trace) + 10 * MILLI)
            .setEndTimeUnixNano(start(trace) + 30 * MILLI)
            .addAttributes(attribute("db.rows", AnyValue.newBuilder().setIntValue(trace)))
            .addAttributes(attribute("cached", AnyValue.newBuilder().setBoolValue(trace > 5)))
            .addAttributes(attribute("ratio", AnyValue.newBuilder().setDoubleValue(trace / 2.0)))
            .addAttributes(text("db.system", "h2"));
    return trace == 3 ? child.setStatus(failed("no such table")) : child;
  }

  private static Status failed(String message) {
    return Status.newBuilder()
        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
        .setMessage(message)
        .build();
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static ResourceSpans spans(String service, Span.Builder span) {
    return ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span))
        .build();
  }

  /** A span with every field, outside of the default range of searches. */
  private static ResourceSpans full() {
    long start = (NOW_MILLIS - 3 * 3_600_000L) * MILLI + 1;
    Span span =
        Span.newBuilder()
            .setTraceId(ByteString.fromHex("ffeeddccbbaa99887766554433221100"))
            .setSpanId(ByteString.fromHex("fedcba9876543210"))
            .setParentSpanId(ByteString.fromHex("00000000000000ff"))
            .setTraceState("vendor=1")
            .setName("work \"quoted\"")
            .setKind(Span.SpanKind.SPAN_KIND_CONSUMER)
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + 1_234_567)
            .setStatus(failed("broken"))
            .addAttributes(text("text", "ä\n"))
            .addAttributes(attribute("flag", AnyValue.newBuilder().setBoolValue(true)))
            .addAttributes(attribute("small", AnyValue.newBuilder().setIntValue(-42)))
            .addAttributes(attribute("big", AnyValue.newBuilder().setIntValue(1L << 60)))
            .addAttributes(attribute("half", AnyValue.newBuilder().setDoubleValue(0.5)))
            .addAttributes(attribute("nan", AnyValue.newBuilder().setDoubleValue(Double.NaN)))
            .addAttributes(
                attribute("bytes", AnyValue.newBuilder().setBytesValue(ByteString.fromHex("00ff"))))
            .addAttributes(
                attribute(
                    "list",
                    AnyValue.newBuilder()
                        .setArrayValue(
                            ArrayValue.newBuilder()
                                .addValues(AnyValue.newBuilder().setIntValue(1))
                                .addValues(AnyValue.newBuilder().setStringValue("b")))))
            .addAttributes(
                attribute(
                    "map",
                    AnyValue.newBuilder()
                        .setKvlistValue(KeyValueList.newBuilder().addValues(text("k", "v")))))
            .addAttributes(attribute("empty", AnyValue.newBuilder()))
            .setDroppedAttributesCount(1)
            .addEvents(
                Span.Event.newBuilder()
                    .setTimeUnixNano(start + 5)
                    .setName("exception")
                    .setDroppedAttributesCount(6)
                    .addAttributes(text("exception.type", "E")))
            .setDroppedEventsCount(2)
            .addLinks(
                Span.Link.newBuilder()
                    .setTraceId(traceId(9))
                    .setSpanId(spanId(10))
                    .setTraceState("v=2")
                    .setFlags(257)
                    .setDroppedAttributesCount(7)
                    .addAttributes(text("why", "batch")))
            .setDroppedLinksCount(3)
            .setFlags(769)
            .build();
    return ResourceSpans.newBuilder()
        .setResource(
            Resource.newBuilder()
                .addAttributes(text("service.name", "worker"))
                .addAttributes(text("host.name", "h1"))
                .setDroppedAttributesCount(5))
        .setSchemaUrl("http://resource")
        .addScopeSpans(
            ScopeSpans.newBuilder()
                .setSchemaUrl("http://scope")
                .setScope(
                    InstrumentationScope.newBuilder()
                        .setName("lib")
                        .setVersion("1")
                        .addAttributes(text("short", "yes"))
                        .setDroppedAttributesCount(4))
                .addSpans(span))
        .build();
  }

  private static List<Integer> ids(JsonNode page) {
    return StreamSupport.stream(page.at("/traces").spliterator(), false)
        .map(trace -> Integer.parseInt(trace.at("/traceId").asText()))
        .toList();
  }

  private static List<Integer> search(String parameters) {
    var answer = api.get("/sextant/v1/traces?" + parameters);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    assertThat(answer.json().at("/total").asInt()).isEqualTo(ids(answer.json()).size());
    return ids(answer.json());
  }

  @Test
  void trace_hasEveryField() {
    JsonNode trace = api.get("/sextant/v1/traces/ffeeddccbbaa99887766554433221100").json();
    JsonNode span = trace.at("/spans/0");
    long start = (NOW_MILLIS - 3 * 3_600_000L) * MILLI + 1;

    assertThat(trace.at("/traceId").asText()).isEqualTo("ffeeddccbbaa99887766554433221100");
    assertThat(trace.at("/resources/0/service").asText()).isEqualTo("worker");
    assertThat(trace.at("/resources/0/attributes").toString())
        .isEqualTo(
            "[{\"key\":\"service.name\",\"value\":\"worker\"},"
                + "{\"key\":\"host.name\",\"value\":\"h1\"}]");
    assertThat(span.at("/spanId").asText()).isEqualTo("fedcba9876543210");
    assertThat(span.at("/parentSpanId").asText()).isEqualTo("00000000000000ff");
    assertThat(span.at("/resource").asInt()).isZero();
    assertThat(span.at("/scope").asText()).isEqualTo("lib");
    assertThat(span.at("/name").asText()).isEqualTo("work \"quoted\"");
    assertThat(span.at("/kind").asText()).isEqualTo("consumer");
    assertThat(span.at("/startNanos").textValue()).isEqualTo(Long.toString(start));
    assertThat(span.at("/durationNanos").longValue()).isEqualTo(1_234_567);
    assertThat(span.at("/status").asText()).isEqualTo("error");
    assertThat(span.at("/statusMessage").asText()).isEqualTo("broken");
    assertThat(span.at("/traceState").asText()).isEqualTo("vendor=1");
    assertThat(span.at("/attributes").toString())
        .isEqualTo(
            "[{\"key\":\"text\",\"value\":\"ä\\n\"},{\"key\":\"flag\",\"value\":true},"
                + "{\"key\":\"small\",\"value\":-42},"
                + "{\"key\":\"big\",\"value\":\"1152921504606846976\"},"
                + "{\"key\":\"half\",\"value\":0.5},{\"key\":\"nan\",\"value\":\"NaN\"},"
                + "{\"key\":\"bytes\",\"value\":\"00ff\"},{\"key\":\"list\",\"value\":[1,\"b\"]},"
                + "{\"key\":\"map\",\"value\":{\"k\":\"v\"}},{\"key\":\"empty\",\"value\":null}]");
    assertThat(span.at("/events").toString())
        .isEqualTo(
            "[{\"timeNanos\":\""
                + (start + 5)
                + "\",\"name\":\"exception\",\"attributes\":"
                + "[{\"key\":\"exception.type\",\"value\":\"E\"}],\"droppedAttributes\":6}]");
    assertThat(span.at("/links").toString())
        .isEqualTo(
            "[{\"traceId\":\"00000000000000000000000000000009\",\"spanId\":\"000000000000000a\","
                + "\"traceState\":\"v=2\",\"flags\":257,"
                + "\"attributes\":[{\"key\":\"why\",\"value\":\"batch\"}],\"droppedAttributes\":7}]");
    assertThat(span.at("/flags").asLong()).isEqualTo(769);
    assertThat(trace.at("/scopes/" + span.at("/scopeIndex").asInt()).toString())
        .isEqualTo(
            "{\"name\":\"lib\",\"version\":\"1\",\"schemaUrl\":\"http://scope\","
                + "\"attributes\":[{\"key\":\"short\",\"value\":\"yes\"}],\"droppedAttributes\":4}");
    assertThat(trace.at("/resources/0/droppedAttributes").asInt()).isEqualTo(5);
    assertThat(trace.at("/resources/0/schemaUrl").asText()).isEqualTo("http://resource");
    assertThat(span.at("/dropped").toString())
        .isEqualTo("{\"attributes\":1,\"events\":2,\"links\":3}");
  }

  @Test
  void trace_ofAHundredThousandSpans_isToldWhole(@TempDir Path other) {
    int count = 100_000;
    ScopeSpans.Builder spans = ScopeSpans.newBuilder();
    for (int i = 1; i <= count; i++) {
      spans.addSpans(
          Span.newBuilder()
              .setTraceId(traceId(77))
              .setSpanId(spanId(i))
              .setParentSpanId(i == 1 ? ByteString.EMPTY : spanId(i / 2))
              .setName("step " + i % 300)
              .setStartTimeUnixNano(start(1) + i)
              .setEndTimeUnixNano(start(1) + 2 * count));
    }
    try (TestApi large = new TestApi(other)) {
      large.apply(
          TracesData.newBuilder()
              .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(spans))
              .build());

      JsonNode trace = large.get("/sextant/v1/traces/" + "%032x".formatted(77)).json();

      assertThat(trace.at("/spans")).hasSize(count);
      assertThat(trace.at("/spans/99999/spanId").asText()).isEqualTo("%016x".formatted(count));
    }
  }

  @Test
  void trace_spansNameTheirResourceByIndexAndComeByStart() {
    JsonNode trace = api.get("/sextant/v1/traces/1").json();

    assertThat(trace.at("/spans/0/parentSpanId").asText()).isEmpty();
    assertThat(trace.at("/spans/1/name").asText()).isEqualTo("query");
    int resource = trace.at("/spans/1/resource").asInt();
    assertThat(trace.at("/resources/" + resource + "/service").asText()).isEqualTo("orders");
  }

  @Test
  void trace_unknown_is404AndMalformed_is400() {
    var unknown = api.get("/sextant/v1/traces/abcdef");
    var malformed = api.get("/sextant/v1/traces/xyz");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().at("/error/code").asText()).isEqualTo("not_found");
    assertThat(unknown.json().at("/error/message").asText())
        .isEqualTo("no span of trace 00000000000000000000000000abcdef is stored here");
    assertThat(malformed.status()).isEqualTo(400);
    assertThat(malformed.json().at("/error/message").asText())
        .isEqualTo("parameter 'traceId' is 'xyz'; it must be 1 to 32 hexadecimal digits");
  }

  @Test
  void search_summaries_describeTheWholeTrace() {
    JsonNode trace = api.get("/sextant/v1/traces?limit=1&error=true").json().at("/traces/0");

    assertThat(trace.at("/traceId").asText()).isEqualTo("%032d".formatted(3));
    assertThat(trace.at("/rootService").asText()).isEqualTo("gateway");
    assertThat(trace.at("/rootName").asText()).isEqualTo("GET /odd");
    assertThat(trace.at("/rootSeen").asBoolean()).isTrue();
    assertThat(trace.at("/startNanos").asText()).isEqualTo(Long.toString(start(3)));
    assertThat(trace.at("/durationNanos").asLong()).isEqualTo(300 * MILLI);
    assertThat(trace.at("/spans").asInt()).isEqualTo(2);
    assertThat(trace.at("/errors").asInt()).isEqualTo(1);
    assertThat(trace.at("/databaseCalls").asInt()).isEqualTo(1);
    assertThat(trace.at("/databaseNanos").asLong()).isEqualTo(20 * MILLI);
    assertThat(trace.at("/services/0/service").asText()).isEqualTo("gateway");
    assertThat(trace.at("/services/0/selfNanos").asLong()).isEqualTo(280 * MILLI);
    assertThat(trace.at("/services/1/service").asText()).isEqualTo("orders");
    assertThat(trace.at("/services/1/errors").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service=orders | 7,6,5,4,3,2,1",
        "service=none | ''",
        "operation=GET%20/even | 6,4,2",
        "service=orders&operation=GET%20/even | ''",
        "attribute=db.system=h2&attribute=cached=true | 7,6",
        "attribute=db.rows=4 | 4",
        "attribute=ratio=1.5 | 3",
        "attribute=service.name=gateway&minDuration=600ms | 7,6",
        "attribute=db.system=h=2 | ''",
        "minDuration=0.5s | 7,6,5",
        "minDuration=250ms&maxDuration=500ms | 5,4,3",
        "maxDuration=100ms&service=gateway | 1",
        "error=true | 3",
        "error=0&service=orders | 7,6,5,4,2,1",
        "q={name=%22GET%20/even%22} | 6,4,2",
        "q={span.db.rows>4}%26%26{name=%22GET%20/odd%22} | 7,5",
        "q={resource.service.name=%22gateway%22}>{status=error} | 3"
      })
  void search_eachFilter(String parameters, String expected) {
    List<Integer> ids = new ArrayList<>();
    for (String id : expected.isEmpty() ? new String[0] : expected.split(",")) {
      ids.add(Integer.valueOf(id));
    }

    assertThat(search(parameters)).isEqualTo(ids);
  }

  @Test
  void search_range_isFromInclusiveToExclusive() {
    long second = start(2) / MILLI;
    long fourth = start(4) / MILLI;

    assertThat(search("service=gateway&from=" + second + "&to=" + fourth)).containsExactly(3, 2);
    assertThat(search("service=gateway&from=2026-03-01T11:58:00Z")).containsExactly(7, 6);
    assertThat(search("from=0&to=1")).isEmpty();
  }

  @Test
  void search_pages_visitEverythingOnce() {
    List<Integer> seen = new ArrayList<>();
    String page = "";
    do {
      JsonNode answer = api.get("/sextant/v1/traces?limit=2" + page).json();
      assertThat(answer.at("/total").asInt()).isEqualTo(TRACES);
      assertThat(answer.at("/totalExact").asBoolean()).isTrue();
      seen.addAll(ids(answer));
      page = answer.at("/nextPage").isNull() ? "" : "&page=" + answer.at("/nextPage").asText();
    } while (!page.isEmpty());

    assertThat(seen).containsExactly(7, 6, 5, 4, 3, 2, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "limit=0 | parameter 'limit' is '0'; it must be a whole number from 1 to 1000",
        "limit=1001 | parameter 'limit' is '1001'; it must be a whole number from 1 to 1000",
        "limit=99999999999999999999 | parameter 'limit' is '99999999999999999999'; it must be a whole number from 1 to 1000",
        "limit=x | parameter 'limit' is 'x'; it must be a whole number from 1 to 1000",
        "error=maybe | parameter 'error' is 'maybe'; it must be true or false",
        "minDuration=5 | parameter 'minDuration' is '5'; it must be a length of time such as 250ms or 1.5s",
        "maxDuration=long | parameter 'maxDuration' is 'long'; it must be a length of time such as 250ms or 1.5s",
        "attribute=key | parameter 'attribute' is 'key'; write it as key=value",
        "from=then | parameter 'from' is 'then'; it must be milliseconds since the epoch or RFC 3339 such as 1970-01-01T00:00:00Z",
        "to=99999999999999999999 | parameter 'to' is '99999999999999999999'; it must be milliseconds since the epoch or RFC 3339 such as 1970-01-01T00:00:00Z",
        "from=2&to=1 | 'from' (2) lies after 'to' (1)",
        "to=9999999999999999 | 'from' and 'to' must lie between the years 1678 and 2262",
        "page=x | parameter 'page': not a page token: 'x'",
        "q={}&service=a | parameters 'q' and 'service' are both given: say all in 'q'",
        "q={}%7Crate() | parameter 'q' is a metrics query, which gives no traces",
        "exactTotal=2 | parameter 'exactTotal' is '2'; it must be true or false"
      })
  void search_wrongParameter_isNamed(String parameters, String message) {
    var answer = api.get("/sextant/v1/traces?" + parameters);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/code").asText()).isEqualTo("bad_request");
    assertThat(answer.json().at("/error/message").asText()).isEqualTo(message);
  }

  @Test
  void search_wrongQuery_isToldWithItsPlace() {
    var answer = api.get("/sextant/v1/traces?q={name=}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText())
        .startsWith("parameter 'q': parse error at line 1, col 7");
  }

  @Test
  void search_queryOfWrongTypes_isToldWithItsPlace() {
    var answer = api.get("/sextant/v1/traces?q={%20duration%20%3E%20%22x%22%20}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText())
        .startsWith("parameter 'q': at line 1, col 3: ");
  }

  @Test
  void search_cost_namesBlocksAndBytes() {
    JsonNode cost = api.get("/sextant/v1/traces").json().at("/cost");

    assertThat(cost.at("/bytes").asLong()).isPositive();
    assertThat(cost.at("/blocks").isIntegralNumber()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q={name=%22query%22}&of=span | 33554432:7",
        "q={name=%22query%22} | 134217728:1;268435456:1;536870912:3;1073741824:2",
        "q={name=%22GET%20/even%22}&of=span | 268435456:1;536870912:1;1073741824:1",
        "q={span.db.rows%3E3}%7Ccount()%3E0&of=span | 33554432:4",
        "service=orders&of=span | 33554432:7",
        "q={name=%22none%22} | ''"
      })
  void durations_countMatchingSpansByPowersOfTwo(String parameters, String expected) {
    JsonNode found = api.get("/sextant/v1/spans/durations?" + parameters).json();
    List<String> rows = new ArrayList<>();
    for (JsonNode row : found.at("/rows")) {
      long sum = 0;
      for (JsonNode count : row.at("/counts")) {
        sum += count.asLong();
      }
      assertThat(row.at("/counts")).hasSameSizeAs(found.at("/endsMillis"));
      rows.add(row.at("/topNanos").asLong() + ":" + sum);
    }

    assertThat(String.join(";", rows)).isEqualTo(expected);
    assertThat(found.at("/stepMillis").asLong()).isEqualTo(60_000);
  }

  @Test
  void durations_eachStep_holdsTheSpansThatStartInIt() {
    JsonNode found =
        api.get("/sextant/v1/spans/durations?of=span&q={name=%22query%22}&columns=240").json();
    long step = found.at("/stepMillis").asLong();
    List<Integer> traces = new ArrayList<>();
    for (int i = 0; i < found.at("/endsMillis").size(); i++) {
      long end = found.at("/endsMillis/" + i).asLong();
      for (int trace = 1; trace <= TRACES; trace++) {
        long at = start(trace) / MILLI + 10;
        if (at > end - step && at <= end && found.at("/rows/0/counts/" + i).asInt() == 1) {
          traces.add(trace);
        }
      }
    }

    assertThat(step).isEqualTo(15_000);
    assertThat(traces).containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "of=root | parameter 'of' is 'root'; it must be trace or span",
        "q={}%7Crate() | parameter 'q' is a metrics query, which gives no traces",
        "from=0 | spans are counted over 24 hours at most (traces.query.max-metrics-range)"
      })
  void durations_wrongParameter_isNamed(String parameters, String message) {
    var answer = api.get("/sextant/v1/spans/durations?" + parameters);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText()).isEqualTo(message);
  }

  @Test
  void compare_tellsWhatSelectedSpansHaveMoreOften() {
    JsonNode found =
        api.get(
                "/sextant/v1/spans/compare?q={name=%22query%22}&selection={span.cached=true}&limit=3")
            .json();
    List<String> fields = new ArrayList<>();
    for (JsonNode field : found.at("/fields")) {
      fields.add(
          "%s=%s %d/%d %d/%d"
              .formatted(
                  field.at("/field").asText(),
                  field.at("/value").asText(),
                  field.at("/selected").asInt(),
                  field.at("/selectedOf").asInt(),
                  field.at("/others").asInt(),
                  field.at("/othersOf").asInt()));
    }

    assertThat(found.at("/selected").asInt()).isEqualTo(2);
    assertThat(found.at("/others").asInt()).isEqualTo(5);
    assertThat(fields).hasSize(3);
    assertThat(fields.getFirst()).isEqualTo("span.cached=true 2/2 0/5");
    assertThat(fields.subList(1, 3)).allMatch(it -> it.endsWith(" 1/2 0/5"));
  }

  @Test
  void compare_byTheTracesDuration_andWithinStructure() {
    JsonNode slow =
        api.get("/sextant/v1/spans/compare?selection={traceDuration%3E=600ms}&limit=100").json();
    JsonNode below =
        api.get(
                "/sextant/v1/spans/compare?q={name=~%22GET.*%22}%3E{name=%22query%22}&selection={traceDuration%3E=600ms}")
            .json();

    // Traces 6 and 7 take so long; each has two spans.
    assertThat(slow.at("/selected").asInt()).isEqualTo(4);
    assertThat(slow.at("/others").asInt()).isEqualTo(10);
    assertThat(slow.at("/fields").findValuesAsText("value")).contains("true", "6", "7");
    assertThat(below.at("/selected").asInt()).isEqualTo(2);
    assertThat(below.at("/others").asInt()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q={} | parameter 'selection' is missing",
        "selection={name=} | parameter 'selection': parse error at line 1, col 7",
        "selection={}%3E%3E{} | parameter 'selection' must be one filter such as { status = error }"
      })
  void compare_wrongParameter_isNamed(String parameters, String message) {
    var answer = api.get("/sextant/v1/spans/compare?" + parameters);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText()).startsWith(message);
  }

  @Test
  void search_serviceThatNobodyNamed_isFoundAsUnknown() {
    Span.Builder nameless =
        Span.newBuilder()
            .setTraceId(traceId(0x77))
            .setSpanId(spanId(1))
            .setStartTimeUnixNano((NOW_MILLIS - 5 * 3_600_000L) * MILLI)
            .setEndTimeUnixNano((NOW_MILLIS - 5 * 3_600_000L) * MILLI + 1);
    api.apply(
        TracesData.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(nameless)))
            .build());
    String range = "from=" + (NOW_MILLIS - 6 * 3_600_000L) + "&to=" + (NOW_MILLIS - 4 * 3_600_000L);

    assertThat(search(range + "&service=unknown_service")).containsExactly(77);
    assertThat(search(range + "&service=other")).isEmpty();
  }

  @Test
  void search_pageOfAnotherSearch_isRefused() {
    String page = api.get("/sextant/v1/traces?limit=1").json().at("/nextPage").asText();
    var answer = api.get("/sextant/v1/traces?limit=1&service=orders&page=" + page);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText())
        .startsWith("parameter 'page': ")
        .endsWith("belongs to another search: begin again without one");
  }

  @ParameterizedTest
  @CsvSource({
    "name, GET /even;GET /odd;query",
    "service.name, gateway;orders",
    "kind, client;server",
    "status, error;unset",
    "db.system, h2",
    "none, ''"
  })
  void values_areDistinctAndSorted(String field, String expected) {
    JsonNode values = api.get("/sextant/v1/spans/values/" + field).json().at("/values");

    assertThat(StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(";"));
  }

  @Test
  void values_filtersAndLimit_apply() {
    assertThat(
            api.get("/sextant/v1/spans/values/name?service=gateway&limit=1")
                .json()
                .at("/values")
                .toString())
        .isEqualTo("[\"GET /odd\"]");
    assertThat(
            api.get("/sextant/v1/spans/values/name?service=orders").json().at("/values").toString())
        .isEqualTo("[\"query\"]");
  }
}
