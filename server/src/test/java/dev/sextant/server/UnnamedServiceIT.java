package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import dev.sextant.server.config.ConfigReader;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans without a service's name have one name at every door: {@code unknown_service}. */
class UnnamedServiceIT {
  private static final int TRACES = 20;
  private static final String UNKNOWN = "unknown_service";

  @TempDir private Path data;

  private SextantServer start() {
    List<String> settings = new ArrayList<>(RouteAccessTest.ports());
    settings.add("derive.interval=100ms");
    return SextantServer.start(ConfigReader.read(null, settings), data, line -> {});
  }

  private static WebClient client(SextantServer server) {
    return WebClient.of("http://127.0.0.1:" + server.ports().get("http"));
  }

  /** A shop's call of 30 ms to who tells no name, who serves it in 20 and asks a database. */
  private static void send(SextantServer server) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    KeyValue.Builder name =
        KeyValue.newBuilder()
            .setKey("service.name")
            .setValue(AnyValue.newBuilder().setStringValue("shop"));
    var shop =
        request
            .addResourceSpansBuilder()
            .setResource(Resource.newBuilder().addAttributes(name))
            .addScopeSpansBuilder();
    var unnamed = request.addResourceSpansBuilder().addScopeSpansBuilder();
    long now = System.currentTimeMillis();
    for (int trace = 1; trace <= TRACES; trace++) {
      shop.addSpans(span(trace, 1, 0, "GET", SpanKind.SPAN_KIND_CLIENT, now, 30));
      unnamed.addSpans(span(trace, 2, 1, "GET /x", SpanKind.SPAN_KIND_SERVER, now + 5, 20));
      unnamed.addSpans(
          span(trace, 3, 2, "SELECT x", SpanKind.SPAN_KIND_CLIENT, now + 10, 5)
              .addAttributes(
                  KeyValue.newBuilder()
                      .setKey("db.system.name")
                      .setValue(AnyValue.newBuilder().setStringValue("h2"))));
    }
    HttpRequest post =
        HttpRequest.of(
            HttpMethod.POST,
            "/v1/traces",
            MediaType.parse("application/x-protobuf"),
            HttpData.wrap(request.build().toByteArray()));
    assertThat(client(server).execute(post).aggregate().join().status().code()).isEqualTo(200);
  }

  private static Span.Builder span(
      int trace, long id, long parent, String name, SpanKind kind, long startMillis, long millis) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(
                ByteString.copyFrom(ByteBuffer.allocate(16).putLong(7).putLong(trace).flip()))
            .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip()))
            .setKind(kind)
            .setName(name)
            .setStartTimeUnixNano(startMillis * 1_000_000)
            .setEndTimeUnixNano((startMillis + millis) * 1_000_000);
    return parent == 0
        ? span
        : span.setParentSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(parent).flip()));
  }

  private static JsonNode get(SextantServer server, String path) throws Exception {
    var answer = client(server).get("/sextant/v1/" + path).aggregate().join();
    assertThat(answer.status().code()).as(path + ": " + answer.contentUtf8()).isEqualTo(200);
    return JsonMapper.builder().build().readTree(answer.contentUtf8());
  }

  @Test
  void listPageGraphAndTraces_agree() throws Exception {
    try (SextantServer server = start()) {
      send(server);
    }
    try (SextantServer server = start()) {
      // Figures are aligned to five seconds, and the newest samples may be newer than that.
      long now = System.currentTimeMillis();
      String range = "?from=" + (now - 600_000) + "&to=" + (now + 60_000);
      JsonNode services = get(server, "services" + range).at("/services");
      assertThat(services.findValuesAsText("name")).containsExactlyInAnyOrder("shop", UNKNOWN);

      JsonNode page = get(server, "services/" + UNKNOWN + range);
      assertThat(page.at("/operations").findValuesAsText("name")).containsExactly("GET /x");
      assertThat(page.at("/rate").asDouble()).isPositive();
      JsonNode calls = get(server, "services/" + UNKNOWN + "/calls").at("/calls");
      assertThat(calls).hasSize(1);
      assertThat(calls.at("/0/count").asInt()).isEqualTo(TRACES);
      JsonNode path = get(server, "services/" + UNKNOWN + "/critical-path?operation=GET%20%2Fx");
      assertThat(path.at("/requests").asInt()).isEqualTo(TRACES);
      assertThat(path.at("/callers/totalNanos").asLong()).isEqualTo(TRACES * 10_000_000L);

      JsonNode edges = get(server, "topology" + range).at("/edges");
      assertThat(edges.findValuesAsText("from")).contains("shop", UNKNOWN);
      assertThat(edges.findValuesAsText("to")).contains(UNKNOWN);

      JsonNode found = get(server, "traces?limit=50&service=" + UNKNOWN);
      assertThat(found.at("/traces")).hasSize(TRACES);
      assertThat(found.at("/traces/0/services").findValuesAsText("service"))
          .containsExactlyInAnyOrder("shop", UNKNOWN);
      String query =
          "{ (resource.service.name = \"unknown_service\" || !(resource.service.name != nil)) && kind = server }";
      assertThat(
              get(server, "traces?limit=50&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                  .at("/traces"))
          .as("as the dashboard writes it")
          .hasSize(TRACES);
    }
  }
}
