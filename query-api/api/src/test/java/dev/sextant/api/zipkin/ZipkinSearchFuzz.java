package dev.sextant.api.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/** Searches by seed find what Zipkin's own test of a trace finds. */
class ZipkinSearchFuzz {
  private static final int QUERIES = Boolean.getBoolean("sextant.long") ? 20_000 : 400;
  private static final int TRACES = 60;
  @TempDir Path dir;
  private final Random random = new Random(11);

  private String one(String... of) {
    return of[random.nextInt(of.length)];
  }

  private List<Span> trace(int number) {
    List<Span> spans = new ArrayList<>();
    for (int i = 1; i <= 1 + random.nextInt(4); i++) {
      Span.Builder span =
          Span.newBuilder()
              .traceId(0, number)
              .id(i)
              .parentId(i - 1)
              .name(one("", "get", "post"))
              .timestamp(Shop.FIRST + number * 1000L)
              .duration(random.nextInt(4) * 100L)
              .localEndpoint(endpoint())
              .remoteEndpoint(endpoint());
      if (random.nextInt(3) == 0) {
        span.putTag(one("error", "http.method", "a b"), one("true", "GET", "late"));
      }
      if (random.nextInt(3) == 0) {
        span.putTag("http.status_code", one("200", "500"));
      }
      if (random.nextInt(3) == 0) {
        span.addAnnotation(Shop.FIRST, one("retry", "error", "http.method"));
      }
      spans.add(span.build());
    }
    return spans;
  }

  private Endpoint endpoint() {
    return Endpoint.newBuilder().serviceName(one("", "front", "back", "stock")).build();
  }

  private QueryRequest query() {
    QueryRequest.Builder query =
        QueryRequest.newBuilder().endTs(TestApi.NOW_MILLIS).lookback(86_400_000).limit(1000);
    if (random.nextBoolean()) {
      query.serviceName(one("front", "back", "nobody"));
    }
    if (random.nextInt(3) == 0) {
      query.remoteServiceName(one("front", "stock"));
    }
    if (random.nextInt(3) == 0) {
      query.spanName(one("get", "post", "put"));
    }
    if (random.nextBoolean()) {
      query.parseAnnotationQuery(
          one("error", "http.method", "http.method=GET", "error=late", "error=true", "a b=true")
              + one("", " and retry", " and http.status_code=200", " and http.status_code"));
    }
    if (random.nextInt(3) == 0) {
      query.minDuration(100L + random.nextInt(2) * 100);
      query.maxDuration(random.nextBoolean() ? null : 200L);
    }
    return query.build();
  }

  private static String parameters(QueryRequest query) {
    StringJoiner all = new StringJoiner("&", "?", "");
    add(all, "serviceName", query.serviceName());
    add(all, "remoteServiceName", query.remoteServiceName());
    add(all, "spanName", query.spanName());
    add(all, "annotationQuery", query.annotationQueryString());
    add(all, "minDuration", query.minDuration());
    add(all, "maxDuration", query.maxDuration());
    add(all, "limit", query.limit());
    return all.toString();
  }

  private static void add(StringJoiner all, String name, Object value) {
    if (value != null) {
      all.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void searches_findWhatZipkinFinds() {
    List<List<Span>> traces = new ArrayList<>();
    int nonEmpty = 0;
    try (TestApi api = new TestApi(dir)) {
      for (int i = 1; i <= TRACES; i++) {
        traces.add(trace(i));
        api.apply(AsReceived.of(traces.getLast()));
      }
      for (int i = 0; i < QUERIES; i++) {
        QueryRequest query = query();
        TreeSet<String> expected = new TreeSet<>();
        traces.stream()
            .filter(query::test)
            .forEach(trace -> expected.add(trace.getFirst().traceId()));
        TreeSet<String> found = new TreeSet<>();
        String path = "/zipkin/api/v2/traces" + parameters(query);
        for (JsonNode trace : api.get(path).json()) {
          found.add(trace.at("/0/traceId").asText());
        }
        assertThat(found).as(path).isEqualTo(expected);
        nonEmpty += expected.isEmpty() ? 0 : 1;
      }
    }
    assertThat(nonEmpty).isBetween(QUERIES / 5, QUERIES - 1);
  }
}
