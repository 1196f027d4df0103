package dev.sextant.testing.tracers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.sextant.server.SextantServer;
import dev.sextant.server.config.ConfigReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The running server, and questions asked until it has been told the answer. */
final class Server implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SextantServer server;

  Server(Path data) {
    server =
        SextantServer.start(
            ConfigReader.read(
                null,
                List.of(
                    "listen.ports.ui=0",
                    "listen.ports.http=0",
                    "listen.ports.otlp-grpc=0",
                    "listen.ports.otlp-http=0",
                    "derive.interval=200ms")),
            data,
            line -> {});
  }

  int port(String name) {
    return server.ports().get(name);
  }

  String url() {
    return "http://127.0.0.1:" + port("http");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  JsonNode get(String path) {
    AggregatedHttpResponse answer = WebClient.of(url()).get(path).aggregate().join();
    assertThat(answer.status().code()).as(path + " " + answer.contentUtf8()).isEqualTo(200);
    try {
      return JSON.readTree(answer.contentUtf8());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode await(String path, Predicate<JsonNode> holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    JsonNode answer = get(path);
    while (!holds.test(answer)) {
      assertThat(System.nanoTime()).as(path + " answers " + answer).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      answer = get(path);
    }
    return answer;
  }

  /** The trace with a span that a TraceQL query finds, once it has as many spans. */
  Trace trace(String query, int spans) {
    JsonNode found =
        await("/tempo/api/search?q=" + encoded(query), a -> !a.at("/traces/0").isMissingNode());
    return traceById(found.at("/traces/0/traceID").asText(), spans);
  }

  Trace traceById(String id, int spans) {
    String padded = "0".repeat(32 - id.length()) + id;
    return new Trace(
        padded, await("/sextant/v1/traces/" + padded, trace -> trace.at("/spans").size() >= spans));
  }

  @Override
  public void close() {
    server.close();
  }
}
