package dev.sextant.testing.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jaeger's own example of how a trace of its model is shown on its page, with the way through this
 * server between the two.
 */
class UiModelIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2017-01-26T22:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path dir;

  private static Path corpus() {
    String set = System.getenv("SEXTANT_CORPORA");
    Path root =
        set == null || set.isEmpty()
            ? Path.of(System.getProperty("sextant.root", "..")).resolve("../shared/corpora")
            : Path.of(set);
    Path found = root.resolve("jaeger/uimodel/fixtures");
    Assumptions.assumeTrue(
        Files.exists(found), () -> "skipped: jaeger/uimodel/fixtures is not in " + root);
    return found;
  }

  @Test
  void exampleTrace_isShownAsJaegerShowsIt() throws IOException {
    Path corpus = corpus();
    JsonNode domain = JSON.readTree(corpus.resolve("domain_01.json").toFile());
    JsonNode expected = JSON.readTree(corpus.resolve("ui_01.json").toFile());
    try (JaegerServer server = new JaegerServer(dir, CLOCK)) {
      // Two of its spans share an id, which one trace cannot have here: each is sent alone.
      for (int i = 0; i < domain.at("/spans").size(); i++) {
        byte[] high = ByteBuffer.allocate(8).putLong(i + 1).array();
        send(server, ModelSpan.request(domain.at("/spans/" + i), high));
        JsonNode wanted = expected.at("/spans/" + i);
        JsonNode trace = server.trace("%x%s".formatted(i + 1, wanted.at("/traceID").asText()));
        isShown(trace, wanted, expected.at("/processes"));
      }
    }
  }

  private static void send(JaegerServer server, byte[] message) {
    byte[] frame = new byte[5 + message.length];
    ByteBuffer.wrap(frame).put((byte) 0).putInt(message.length).put(message);
    AggregatedHttpResponse answer =
        WebClient.of(server.url().replace("http:", "h2c:"))
            .execute(
                HttpRequest.of(
                    RequestHeaders.of(
                        HttpMethod.POST,
                        "/jaeger.api_v2.CollectorService/PostSpans",
                        "content-type",
                        "application/grpc"),
                    HttpData.wrap(frame)))
            .aggregate()
            .join();
    assertThat(answer.trailers().get("grpc-status"))
        .as(answer.headers() + " " + answer.trailers())
        .isEqualTo("0");
  }

  private static void isShown(JsonNode trace, JsonNode wanted, JsonNode processes) {
    assertThat(trace.at("/spans")).hasSize(1);
    JsonNode span = trace.at("/spans/0");
    for (String field : List.of("spanID", "operationName", "startTime", "duration", "warnings")) {
      assertThat(span.path(field)).as(field).isEqualTo(wanted.path(field));
    }
    assertThat(trace.at("/processes/" + span.path("processID").asText() + "/serviceName"))
        .isEqualTo(processes.at("/" + wanted.path("processID").asText() + "/serviceName"));
    List<JsonNode> tags = new ArrayList<>();
    span.path("tags").forEach(tags::add);
    wanted.path("tags").forEach(tag -> assertThat(tags).contains(tag));
    assertThat(span.path("logs")).isEqualTo(wanted.path("logs"));
    // Where a trace's own id stands in them it was replaced.
    assertThat(JaegerServer.references(span).stream().map(UiModelIT::withoutHigh))
        .containsExactlyInAnyOrderElementsOf(
            JaegerServer.references(wanted).stream().map(UiModelIT::withoutHigh).toList());
    assertThat(JaegerServer.tags(span.path("tags")).keySet())
        .isSubsetOf(keys(wanted, Map.of("error", "otel.status_code")));
  }

  private static String withoutHigh(String reference) {
    return reference.replaceFirst(" [0-9a-f]{16}(?=[0-9a-f]{16} )", " ");
  }

  /** The tags' keys, and what stands beside some of them. */
  private static List<String> keys(JsonNode span, Map<String, String> beside) {
    List<String> keys = new ArrayList<>();
    for (JsonNode tag : span.path("tags")) {
      String key = tag.path("key").asText();
      keys.add(key);
      keys.add(beside.getOrDefault(key, key));
    }
    return keys;
  }
}
