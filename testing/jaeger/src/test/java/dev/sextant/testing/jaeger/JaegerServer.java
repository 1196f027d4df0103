package dev.sextant.testing.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.sextant.server.SextantServer;
import dev.sextant.server.config.ConfigReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The running server, asked as Jaeger's page asks. */
final class JaegerServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SextantServer server;
  private final WebClient client;

  JaegerServer(Path data, Clock clock, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "listen.ports.ui=0",
                "listen.ports.http=0",
                "listen.ports.otlp-grpc=0",
                "listen.ports.otlp-http=0",
                "derive.interval=200ms"));
    all.addAll(List.of(settings));
    server = SextantServer.start(ConfigReader.read(null, all), data, line -> {}, clock);
    client = WebClient.of(url());
  }

  int port(String name) {
    return server.ports().get(name);
  }

  String url() {
    return "http://127.0.0.1:" + port("http");
  }

  AggregatedHttpResponse raw(String path) {
    return client.get(path).aggregate().join();
  }

  JsonNode get(String path) {
    return json(path, raw(path));
  }

  /** From another port. */
  JsonNode getAt(String port, String path) {
    WebClient other = WebClient.of("http://127.0.0.1:" + port(port));
    return json(path, other.get(path).aggregate().join());
  }

  private static JsonNode json(String path, AggregatedHttpResponse answer) {
    assertThat(answer.status().code()).as(path + " " + answer.contentUtf8()).isEqualTo(200);
    try {
      return JSON.readTree(answer.contentUtf8());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** One trace by its id. */
  JsonNode trace(String id) {
    return get("/jaeger/api/traces/" + id).at("/data/0");
  }

  static JsonNode span(JsonNode trace, String operation) {
    for (JsonNode span : trace.at("/spans")) {
      if (span.at("/operationName").asText().equals(operation)) {
        return span;
      }
    }
    throw new AssertionError("no span " + operation + " in " + trace);
  }

  /** Type and value by key. */
  static Map<String, String> tags(JsonNode tags) {
    Map<String, String> map = new TreeMap<>();
    tags.forEach(
        tag ->
            map.put(
                tag.at("/key").asText(),
                tag.at("/type").asText() + " " + tag.at("/value").asText()));
    return map;
  }

  /** Types, traces and spans, in the order of the answer. */
  static List<String> references(JsonNode span) {
    List<String> references = new ArrayList<>();
    span.at("/references")
        .forEach(
            reference ->
                references.add(
                    reference.at("/refType").asText()
                        + " "
                        + reference.at("/traceID").asText()
                        + " "
                        + reference.at("/spanID").asText()));
    return references;
  }

  @Override
  public void close() {
    server.close();
  }
}
