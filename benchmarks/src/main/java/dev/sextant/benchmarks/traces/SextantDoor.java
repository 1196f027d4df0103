package dev.sextant.benchmarks.traces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Our own API; it asks for single spans only. */
final class SextantDoor implements Door {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI api;
  private final Day day;

  SextantDoor(URI api, Day day) {
    this.api = api;
    this.day = day;
  }

  @Override
  public HttpRequest byId(long trace) {
    return get("/sextant/v1/traces/" + Ids.traceHex(trace));
  }

  @Override
  public Set<String> spans(byte[] answer) throws IOException {
    Set<String> ids = new HashSet<>();
    for (JsonNode span : JSON.readTree(answer).path("spans")) {
      ids.add(span.path("spanId").asText());
    }
    return ids;
  }

  @Override
  public boolean takes(TraceQuestion question) {
    return question instanceof TraceQuestion.Search;
  }

  @Override
  public HttpRequest search(TraceQuestion question) {
    if (!(question instanceof TraceQuestion.Search search)) {
      throw new UnsupportedOperationException(question.traceQl());
    }
    return get(
        "/sextant/v1/traces?from=%d&to=%d&limit=%d&%s"
            .formatted(
                day.startMillis(),
                day.midnightMillis(),
                TraceQuestion.LIMIT,
                search.test.parameters()));
  }

  @Override
  public Found found(byte[] answer) throws IOException {
    JsonNode read = JSON.readTree(answer);
    List<Long> traces = new ArrayList<>();
    for (JsonNode trace : read.path("traces")) {
      traces.add(Long.parseUnsignedLong(trace.path("traceId").asText().substring(0, 16), 16));
    }
    boolean exact = read.path("totalExact").asBoolean();
    return new Found(
        traces, exact ? OptionalLong.of(read.path("total").asLong()) : OptionalLong.empty(), false);
  }

  @Override
  public boolean takesRate() {
    return false;
  }

  @Override
  public HttpRequest rate() {
    throw new UnsupportedOperationException("it has no rate of spans");
  }

  @Override
  public Map<String, Double> spansByService(byte[] answer) {
    throw new UnsupportedOperationException("it has no rate of spans");
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(api.resolve(path)).timeout(Asked.LONGEST).build();
  }
}
