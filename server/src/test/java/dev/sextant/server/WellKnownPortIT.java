package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestBuilder;
import com.linecorp.armeria.common.MediaType;
import dev.sextant.server.access.AccessToken;
import dev.sextant.server.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The running server at ports of other products: their clients change the host and nothing else.
 */
class WellKnownPortIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String VIEWER = AccessToken.random();
  private static final String SENDER = AccessToken.random();
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";
  private static final long NOW = System.currentTimeMillis() / 1000;

  @TempDir static Path dir;
  private static final List<String> SAID = new ArrayList<>();
  private static SextantServer server;

  @BeforeAll
  static void start() throws Exception {
    Path tokens =
        Files.writeString(
            dir.resolve("tokens.yaml"),
            """
            tokens:
              - {name: grafana, sha256: %s, roles: [viewer]}
              - {name: agent, sha256: %s, roles: [ingest]}
            """
                .formatted(AccessToken.hash(VIEWER), AccessToken.hash(SENDER)));
    server =
        SextantServer.start(
            ConfigReader.read(
                null, RouteAccessTest.ports("listen.ports.tempo=0", "auth.tokens-file=" + tokens)),
            dir.resolve("data"),
            SAID::add);
    HttpRequest span =
        HttpRequest.builder()
            .post("/v1/traces")
            .header("authorization", "Bearer " + SENDER)
            .content(
                MediaType.JSON,
                """
                {"resourceSpans": [{
                  "resource": {"attributes": [
                    {"key": "service.name", "value": {"stringValue": "orders"}}]},
                  "scopeSpans": [{"spans": [{
                    "traceId": "%s", "spanId": "eee19b7ec3c1b174", "name": "checkout", "kind": 2,
                    "startTimeUnixNano": "%d000000000", "endTimeUnixNano": "%d000000000"}]}]}]}
                """
                    .formatted(TRACE, NOW - 60, NOW - 59))
            .build();
    assertThat(send("otlp_http", span).status().code()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static AggregatedHttpResponse send(String port, HttpRequest request) {
    return WebClient.of("http://127.0.0.1:" + server.ports().get(port))
        .execute(request)
        .aggregate()
        .join();
  }

  private static HttpRequestBuilder get(String path, String token) {
    return HttpRequest.builder().get(path).header("authorization", "Bearer " + token);
  }

  private static JsonNode json(String port, String path) throws Exception {
    AggregatedHttpResponse answer = send(port, get(path, VIEWER).build());
    assertThat(answer.status().code()).as(path + " " + answer.contentUtf8()).isEqualTo(200);
    return JSON.readTree(answer.contentUtf8());
  }

  @Test
  void tempo_answersGrafanaAtItsRoot() throws Exception {
    String search =
        "/api/search?q=%7B%20name%20%3D%20%22checkout%22%20%7D&limit=20&spss=3&start="
            + (NOW - 300)
            + "&end="
            + NOW;

    JsonNode found = json("tempo", search);
    JsonNode trace = json("tempo", "/api/traces/" + TRACE);

    assertThat(found.at("/traces/0/traceID").asText()).isEqualTo(TRACE);
    assertThat(trace.at("/batches/0/scopeSpans/0/spans/0/name").asText()).isEqualTo("checkout");
    assertThat(trace).isEqualTo(json("http", "/tempo/api/traces/" + TRACE));
    assertThat(json("tempo", "/api/v2/search/tag/resource.service.name/values").toString())
        .contains("\"orders\"");
    assertThat(send("tempo", get("/api/echo", VIEWER).build()).contentUtf8()).isEqualTo("echo");
  }

  @Test
  void tempo_formInABody_isRead() throws Exception {
    HttpRequest form =
        HttpRequest.builder()
            .post("/api/search")
            .header("authorization", "Bearer " + VIEWER)
            .content(MediaType.FORM_DATA, "q=%7B%7D&limit=5")
            .build();

    AggregatedHttpResponse answer = send("tempo", form);

    assertThat(JSON.readTree(answer.contentUtf8()).at("/traces/0/traceID").asText())
        .isEqualTo(TRACE);
  }

  @Test
  void tempo_errors_areInTempoWords() {
    AggregatedHttpResponse bad = send("tempo", get("/api/search?q=%7B", VIEWER).build());
    AggregatedHttpResponse forbidden = send("tempo", get("/api/echo", SENDER).build());
    AggregatedHttpResponse stranger = send("tempo", HttpRequest.builder().get("/api/echo").build());

    assertThat(bad.status().code()).isEqualTo(400);
    assertThat(bad.contentType()).isEqualTo(MediaType.PLAIN_TEXT_UTF_8);
    assertThat(forbidden.status().code()).isEqualTo(403);
    assertThat(forbidden.contentUtf8()).isEqualTo("this needs the role viewer");
    assertThat(stranger.status().code()).isEqualTo(401);
    assertThat(stranger.contentUtf8())
        .isEqualTo("send a valid access token as Authorization: Bearer …");
  }

  @Test
  void port_isSaidWhereverPortsAre() throws Exception {
    int port = server.ports().get("tempo");

    assertThat(SAID).contains("tempo: 127.0.0.1:" + port);
    assertThat(JSON.readTree(dir.resolve("data/ports.json").toFile()).at("/tempo").asInt())
        .isEqualTo(port);
    assertThat(json("http", "/sextant/v1/status").at("/ports/tempo").asInt()).isEqualTo(port);
  }

  @Test
  void noNumber_opensNothing() {
    try (SextantServer plain =
        SextantServer.start(
            ConfigReader.read(null, RouteAccessTest.ports()), dir.resolve("plain"), line -> {})) {
      assertThat(plain.ports()).containsOnlyKeys("ui", "http", "otlp_grpc", "otlp_http");
    }
  }
}
