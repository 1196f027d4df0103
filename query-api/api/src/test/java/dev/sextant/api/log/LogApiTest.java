package dev.sextant.api.log;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.sextant.api.TestApi;
import dev.sextant.log.LogFilter;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
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

class LogApiTest {
  private static final long MILLI = 1_000_000L;
  private static final String TRACE = "000102030405060708090a0b0c0d0e0f";
  @TempDir static Path dir;
  private static TestApi api;

  /** Lines 0 to 9, one a minute, the last at nine minutes before the hour's end. */
  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    ScopeLogs.Builder shop = ScopeLogs.newBuilder();
    ScopeLogs.Builder cart = ScopeLogs.newBuilder();
    for (int i = 0; i < 10; i++) {
      (i % 5 == 4 ? cart : shop).addLogRecords(line(i));
    }
    api.apply(
        LogsData.newBuilder()
            .addResourceLogs(logs("shop", shop))
            .addResourceLogs(logs("cart", cart))
            .build());
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static long millis(int line) {
    return NOW_MILLIS - (10 - line) * 60_000L;
  }

  private static LogRecord line(int i) {
    LogRecord.Builder line =
        LogRecord.newBuilder()
            .setTimeUnixNano(millis(i) * MILLI + i)
            .setSeverityNumber(
                i % 3 == 0
                    ? SeverityNumber.SEVERITY_NUMBER_ERROR
                    : SeverityNumber.SEVERITY_NUMBER_INFO2)
            .setSeverityText(i % 3 == 0 ? "SEVERE" : "info")
            .setBody(AnyValue.newBuilder().setStringValue("Line " + i + " took " + i * 7 + "ms"))
            .addAttributes(text("thread", "t" + i % 2));
    if (i == 2) {
      line.setTraceId(ByteString.fromHex(TRACE)).setSpanId(ByteString.fromHex("00000000000000aa"));
    }
    return line.build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ResourceLogs logs(String service, ScopeLogs.Builder lines) {
    return ResourceLogs.newBuilder()
        .setResource(
            Resource.newBuilder()
                .addAttributes(text("service.name", service))
                .addAttributes(text("zone", service + "-zone")))
        .addScopeLogs(lines)
        .build();
  }

  private static List<Integer> numbers(JsonNode page) {
    return StreamSupport.stream(page.at("/lines").spliterator(), false)
        .map(line -> Integer.parseInt(line.at("/body").asText().split(" ")[1]))
        .toList();
  }

  private static List<Integer> list(String expected) {
    List<Integer> list = new ArrayList<>();
    for (String each : expected.isEmpty() ? new String[0] : expected.split(",")) {
      list.add(Integer.valueOf(each));
    }
    return list;
  }

  @Test
  void line_hasEveryField() {
    JsonNode line = api.get("/sextant/v1/logs?traceId=" + TRACE).json().at("/lines/0");

    assertThat(line.at("/id").isTextual()).isTrue();
    assertThat(line.at("/timeNanos").textValue()).isEqualTo(Long.toString(millis(2) * MILLI + 2));
    assertThat(line.at("/level").asText()).isEqualTo("info");
    assertThat(line.at("/severityText").asText()).isEqualTo("info");
    assertThat(line.at("/service").asText()).isEqualTo("shop");
    assertThat(line.at("/hue").asInt()).isBetween(1, 16);
    assertThat(line.at("/body").asText()).isEqualTo("Line 2 took 14ms");
    assertThat(line.at("/traceId").asText()).isEqualTo(TRACE);
    assertThat(line.at("/spanId").asText()).isEqualTo("00000000000000aa");
    assertThat(line.at("/attributes").toString())
        .isEqualTo("[{\"key\":\"thread\",\"value\":\"t0\"}]");
    assertThat(line.at("/resource").toString())
        .isEqualTo(
            "[{\"key\":\"service.name\",\"value\":\"shop\"},"
                + "{\"key\":\"zone\",\"value\":\"shop-zone\"}]");
  }

  @Test
  void line_outsideOfATrace_hasEmptyIds() {
    JsonNode line = api.get("/sextant/v1/logs?limit=1").json().at("/lines/0");

    assertThat(line.at("/traceId").textValue()).isEmpty();
    assertThat(line.at("/spanId").textValue()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=3 | 9,8,7",
        "order=oldest&limit=3 | 0,1,2",
        "service=cart | 9,4",
        "service=cart&service=shop&limit=2 | 9,8",
        "level=error | 9,6,3,0",
        "level=ERROR&level=info&limit=2 | 9,8",
        "level=warn | ''",
        "text=TOOK%2014ms | 2",
        "text=line&text=63 | 9",
        "text=ook&match=words | ''",
        "text=took%2049ms&match=words | 7",
        "spanId=aa | 2",
        "traceId=1 | ''",
        "field=thread=t1&field=zone=shop-zone | 7,5,3,1",
        "field=thread!=t1&level=error | 6,0",
        "field=missing!=x&service=cart | 9,4"
      })
  void search_eachFilter(String parameters, String expected) {
    var answer = api.get("/sextant/v1/logs?" + parameters);

    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    assertThat(numbers(answer.json())).isEqualTo(list(expected));
  }

  @Test
  void search_range_isFromInclusiveToExclusive() {
    String range = "&from=" + millis(3) + "&to=" + millis(5);

    assertThat(numbers(api.get("/sextant/v1/logs?" + range).json())).containsExactly(4, 3);
  }

  @ParameterizedTest
  @CsvSource({"newest, '9,8,7,6,5,4,3,2,1,0'", "oldest, '0,1,2,3,4,5,6,7,8,9'"})
  void search_pages_visitEverythingOnce(String order, String expected) {
    List<Integer> seen = new ArrayList<>();
    String page = "";
    do {
      JsonNode answer = api.get("/sextant/v1/logs?limit=3&order=" + order + page).json();
      assertThat(answer.at("/total").asInt()).isEqualTo(10);
      seen.addAll(numbers(answer));
      page = answer.at("/nextPage").isNull() ? "" : "&page=" + answer.at("/nextPage").asText();
    } while (!page.isEmpty());

    assertThat(seen).isEqualTo(list(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "limit=5001 | parameter 'limit' is '5001'; it must be a whole number from 1 to 5000",
        "order=up | parameter 'order' is 'up'; it must be newest or oldest",
        "level=loud | parameter 'level' is 'loud'; it must be one of unknown, trace, debug, info, warn, error, fatal",
        "match=all | parameter 'match' is 'all'; it must be substring or words",
        "traceId=xyz | parameter 'traceId' is 'xyz'; it must be 1 to 32 hexadecimal digits",
        "spanId=12345678901234567 | parameter 'spanId' is '12345678901234567'; it must be 1 to 16 hexadecimal digits",
        "field=key | parameter 'field' is 'key'; write it as key=value or key!=value",
        "field=!=x | parameter 'field' is '!=x'; write it as key=value or key!=value",
        "page=x | parameter 'page': not a page token: 'x'"
      })
  void search_wrongParameter_isNamed(String parameters, String message) {
    var answer = api.get("/sextant/v1/logs?" + parameters);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText()).isEqualTo(message);
  }

  @Test
  void search_storeOfWordsOnly_looksForWordsAndRefusesSubstrings(@TempDir Path other) {
    WordsOnlyLogStore store = new WordsOnlyLogStore();
    try (TestApi words = new TestApi(other, new TestApi.Options().logs(store))) {
      assertThat(words.get("/sextant/v1/logs?text=took").status()).isEqualTo(200);
      var refused = words.get("/sextant/v1/logs?text=took&match=substring");

      assertThat(store.asked())
          .singleElement()
          .satisfies(
              plan ->
                  assertThat(plan.filter().texts())
                      .containsExactly(new LogFilter.Text("took", LogFilter.TextMatch.WORDS)));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().at("/error/code").asText()).isEqualTo("unsupported");
      assertThat(refused.json().at("/error/message").asText())
          .isEqualTo("this log store finds whole words only (capability substring)");
    }
  }

  @Test
  void histogram_countsByLevelInReadableBuckets() {
    JsonNode answer =
        api.get(
                "/sextant/v1/logs/histogram?buckets=2&from="
                    + (NOW_MILLIS - 600_000)
                    + "&to="
                    + NOW_MILLIS)
            .json();

    assertThat(answer.at("/bucketMillis").asLong()).isEqualTo(300_000);
    assertThat(answer.at("/levels").toString())
        .isEqualTo("[\"unknown\",\"trace\",\"debug\",\"info\",\"warn\",\"error\",\"fatal\"]");
    assertThat(answer.at("/buckets").toString())
        .isEqualTo(
            "[{\"startMillis\":%d,\"counts\":[0,0,0,3,0,2,0]},{\"startMillis\":%d,\"counts\":[0,0,0,3,0,2,0]}]"
                .formatted(NOW_MILLIS - 600_000, NOW_MILLIS - 300_000));
  }

  @Test
  void histogram_filtersApply() {
    JsonNode answer = api.get("/sextant/v1/logs/histogram?service=cart&level=error").json();

    assertThat(answer.at("/buckets")).hasSize(1);
    assertThat(answer.at("/buckets/0/counts/5").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"buckets=60, 60000", "buckets=500, 10000", "buckets=1, 3600000", "buckets=7, 600000"})
  void histogram_width_readsWell(String parameters, long millis) {
    assertThat(
            api.get("/sextant/v1/logs/histogram?" + parameters).json().at("/bucketMillis").asLong())
        .isEqualTo(millis);
  }

  @Test
  void histogram_ofYears_hasWholeDays() {
    assertThat(
            api.get("/sextant/v1/logs/histogram?from=0&buckets=60")
                    .json()
                    .at("/bucketMillis")
                    .asLong()
                % 86_400_000)
        .isZero();
  }

  @Test
  void values_areMostFrequentFirst() {
    assertThat(api.get("/sextant/v1/logs/values/service.name").json().at("/values").toString())
        .isEqualTo("[{\"value\":\"shop\",\"lines\":8},{\"value\":\"cart\",\"lines\":2}]");
    assertThat(api.get("/sextant/v1/logs/values/level?limit=1").json().at("/values").toString())
        .isEqualTo("[{\"value\":\"info\",\"lines\":6}]");
    assertThat(
            api.get("/sextant/v1/logs/values/thread?service=cart").json().at("/values").toString())
        .isEqualTo("[{\"value\":\"t0\",\"lines\":1},{\"value\":\"t1\",\"lines\":1}]");
    assertThat(api.get("/sextant/v1/logs/values/none").json().at("/values")).isEmpty();
  }
}
