package dev.sextant.api.zipkin;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

class ZipkinSearchTest {
  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    api.apply(AsReceived.of(Shop.first()));
    api.apply(AsReceived.of(Shop.second()));
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static List<List<Span>> traces(String... parameters) {
    StringBuilder path = new StringBuilder("/zipkin/api/v2/traces");
    for (int i = 0; i < parameters.length; i += 2) {
      path.append(i == 0 ? '?' : '&')
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    var answer = api.raw(path.toString());
    assertThat(answer.status().code()).as(path + ": " + answer.contentUtf8()).isEqualTo(200);
    List<List<Span>> traces = new ArrayList<>();
    for (JsonNode trace : api.get(path.toString()).json()) {
      byte[] bytes = trace.toString().getBytes(StandardCharsets.UTF_8);
      traces.add(SpanBytesDecoder.JSON_V2.decodeList(bytes));
    }
    return traces;
  }

  private static String refused(String query) {
    var answer = api.raw("/zipkin/api/v2/traces?" + query);
    assertThat(answer.status().code()).as(query).isEqualTo(400);
    assertThat(answer.headers().get("content-type")).startsWith("text/plain");
    return answer.contentUtf8();
  }

  @Test
  void withoutFilters_theNewestTracesAreAnsweredWhole() {
    assertThat(traces()).containsExactly(Shop.first(), Shop.second());
    assertThat(traces("limit", "1")).containsExactly(Shop.first());
  }

  @Test
  void services_spansAndRemotes_areFoundInAnyCase() {
    assertThat(traces("serviceName", "stock")).containsExactly(Shop.first());
    assertThat(traces("serviceName", "STOCK")).containsExactly(Shop.first());
    assertThat(traces("serviceName", "nobody")).isEmpty();
    assertThat(traces("serviceName", "front", "remoteServiceName", "Stock"))
        .containsExactly(Shop.first());
    assertThat(traces("serviceName", "stock", "remoteServiceName", "stock")).isEmpty();
    assertThat(traces("serviceName", "front", "spanName", "POST /orders"))
        .containsExactly(Shop.second());
    assertThat(traces("spanName", "all")).hasSize(2);
  }

  @Test
  void conditions_mayBeMetByDifferentSpansOfTheService() {
    assertThat(traces("serviceName", "front", "spanName", "get /", "annotationQuery", "wire send"))
        .containsExactly(Shop.first());
    assertThat(traces("serviceName", "stock", "annotationQuery", "wire send")).isEmpty();
  }

  @Test
  void annotationQuery_findsAnnotationsTagsAndErrors() {
    assertThat(traces("annotationQuery", "wire send")).containsExactly(Shop.first());
    assertThat(traces("annotationQuery", "http.method=GET and http.status_code=200"))
        .containsExactly(Shop.first());
    assertThat(traces("annotationQuery", "http.method")).hasSize(2);
    assertThat(traces("annotationQuery", "error and http.method=POST"))
        .containsExactly(Shop.second());
    assertThat(traces("annotationQuery", "error=no route")).containsExactly(Shop.second());
    assertThat(traces("annotationQuery", "error=true")).isEmpty();
    assertThat(traces("annotationQuery", "error and http.method=GET")).isEmpty();
  }

  @Test
  void durations_areSpansMicroseconds() {
    assertThat(traces("minDuration", "30000")).containsExactly(Shop.second());
    assertThat(traces("minDuration", "30001")).isEmpty();
    assertThat(traces("minDuration", "1", "maxDuration", "1500")).containsExactly(Shop.first());
    assertThat(traces("serviceName", "front", "minDuration", "1", "maxDuration", "1500")).isEmpty();
  }

  @Test
  void timeIsBounded_byEndAndLookback() {
    String half = Long.toString(NOW_MILLIS - 90_000);
    assertThat(traces("endTs", half)).containsExactly(Shop.second());
    assertThat(traces("endTs", half, "lookback", "1000")).isEmpty();
    assertThat(traces("lookback", "90000")).containsExactly(Shop.first());
    assertThat(traces("endTs", Long.toString(NOW_MILLIS), "lookback", "9000000000000000"))
        .hasSize(2);
  }

  @Test
  void badParameters_are400_andSayWhatIsWanted() {
    assertThat(refused("limit=0"))
        .isEqualTo("parameter 'limit' is '0'; it must be a whole number above 0");
    assertThat(refused("limit=99999999")).contains("raise traces.query.max-traces");
    assertThat(refused("endTs=now")).contains("'endTs' is 'now'");
    assertThat(refused("endTs=9223372036854775807")).contains("before the year 2262");
    assertThat(refused("lookback=-1")).contains("'lookback' is '-1'");
    assertThat(refused("lookback=1000000000")).contains("raise traces.query.max-search-range");
    assertThat(refused("minDuration=1ms")).contains("'minDuration' is '1ms'");
    assertThat(refused("maxDuration=5")).isEqualTo("maxDuration is only valid with minDuration");
    assertThat(refused("minDuration=5&maxDuration=4")).isEqualTo("maxDuration < minDuration");
    assertThat(refused("annotationQuery=a+and+%3Db")).contains("a term without a name: '=b'");
    assertThat(refused("annotationQuery=" + "a+and+".repeat(100) + "a"))
        .contains("has 101 terms; at most 100");
    assertThat(refused("annotationQuery=w3c.tracestate")).contains("cannot be searched for");
    assertThat(refused("sort=asc"))
        .isEqualTo(
            "parameter 'sort' is unknown; known are annotationQuery, endTs, limit, lookback,"
                + " maxDuration, minDuration, remoteServiceName, serviceName, spanName");
  }
}
