package dev.sextant.benchmarks.traces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Tempo's API, asked as Grafana asks it. */
final class TempoDoor implements Door {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long STEP_SECONDS = 300;

  private final URI api;
  private final Day day;

  TempoDoor(URI api, Day day) {
    this.api = api;
    this.day = day;
  }

  @Override
  public HttpRequest byId(long trace) {
    return get("/tempo/api/traces/" + Ids.traceHex(trace))
        .header("Accept", "application/protobuf")
        .build();
  }

  @Override
  public Set<String> spans(byte[] answer) throws IOException {
    Set<String> ids = new HashSet<>();
    for (ResourceSpans resource : TracesData.parseFrom(answer).getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          ids.add(HexFormat.of().formatHex(span.getSpanId().toByteArray()));
        }
      }
    }
    return ids;
  }

  @Override
  public boolean takes(TraceQuestion question) {
    return true;
  }

  @Override
  public HttpRequest search(TraceQuestion question) {
    return get("/tempo/api/search?q=%s&limit=%d&start=%d&end=%d"
            .formatted(
                SpanTest.encoded(question.traceQl()),
                TraceQuestion.LIMIT,
                day.startMillis() / 1000,
                day.midnightMillis() / 1000))
        .build();
  }

  @Override
  public Found found(byte[] answer) throws IOException {
    List<Long> traces = new ArrayList<>();
    for (JsonNode trace : JSON.readTree(answer).path("traces")) {
      String id = "0".repeat(32) + trace.path("traceID").asText();
      int from = id.length() - 32;
      traces.add(Long.parseUnsignedLong(id.substring(from, from + 16), 16));
    }
    return new Found(traces, OptionalLong.empty(), true);
  }

  @Override
  public boolean takesRate() {
    return true;
  }

  @Override
  public HttpRequest rate() {
    return get("/tempo/api/metrics/query_range?q=%s&start=%d&end=%d&step=%ds"
            .formatted(
                SpanTest.encoded("{ } | rate() by (resource.service.name)"),
                day.startMillis() / 1000,
                day.midnightMillis() / 1000,
                STEP_SECONDS))
        .build();
  }

  @Override
  public Map<String, Double> spansByService(byte[] answer) throws IOException {
    Map<String, Double> spans = new TreeMap<>();
    for (JsonNode series : JSON.readTree(answer).path("series")) {
      double sum = 0;
      for (JsonNode sample : series.path("samples")) {
        sum += sample.path("value").asDouble() * STEP_SECONDS;
      }
      String service = series.path("labels").path(0).path("value").path("stringValue").asText();
      spans.merge(service, sum, Double::sum);
    }
    return spans;
  }

  private HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(api.resolve(path)).timeout(Asked.LONGEST);
  }
}
