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
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand paths at the program's own doors. */
class OperationNamesIT {
  private static final int SPANS = 10_000;

  @TempDir private Path data;

  private SextantServer start(String... settings) {
    List<String> all = new ArrayList<>(RouteAccessTest.ports());
    all.add("derive.interval=100ms");
    all.addAll(List.of(settings));
    return SextantServer.start(ConfigReader.read(null, all), data, line -> {});
  }

  private static WebClient client(SextantServer server) {
    return WebClient.of("http://127.0.0.1:" + server.ports().get("http"));
  }

  private static void send(SextantServer server, String service, IntFunction<String> name) {
    send(server, service, 0, name);
  }

  private static void send(
      SextantServer server, String service, int first, IntFunction<String> name) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var scope =
        request
            .addResourceSpansBuilder()
            .setResource(
                Resource.newBuilder()
                    .addAttributes(
                        KeyValue.newBuilder()
                            .setKey("service.name")
                            .setValue(AnyValue.newBuilder().setStringValue(service))))
            .addScopeSpansBuilder();
    long now = System.currentTimeMillis() * 1_000_000;
    for (int i = 0; i < SPANS; i++) {
      scope
          .addSpansBuilder()
          .setTraceId(id(16, service.hashCode(), first + i + 1))
          .setSpanId(id(8, 0, first + i + 1))
          .setKind(Span.SpanKind.SPAN_KIND_SERVER)
          .setName(name.apply(i))
          .setStartTimeUnixNano(now)
          .setEndTimeUnixNano(now + 1_000_000);
    }
    var answer =
        client(server)
            .execute(
                HttpRequest.of(
                    HttpMethod.POST,
                    "/v1/traces",
                    MediaType.parse("application/x-protobuf"),
                    HttpData.wrap(request.build().toByteArray())))
            .aggregate()
            .join();
    assertThat(answer.status().code()).isEqualTo(200);
  }

  private static ByteString id(int bytes, long high, long low) {
    ByteBuffer id = ByteBuffer.allocate(bytes);
    if (bytes == 16) {
      id.putLong(high);
    }
    return ByteString.copyFrom(id.putLong(low).array());
  }

  private static JsonNode get(SextantServer server, String path) throws Exception {
    var answer = client(server).get(path).aggregate().join();
    assertThat(answer.status().code()).as(path + ": " + answer.contentUtf8()).isEqualTo(200);
    return JsonMapper.builder().build().readTree(answer.contentUtf8());
  }

  /** Calls by operation, as derived metrics have them. */
  private static Map<String, Double> calls(SextantServer server, String service) throws Exception {
    Map<String, Double> calls = new TreeMap<>();
    String query =
        "sum by (span_name) (traces_spanmetrics_calls_total{service=\"" + service + "\"})";
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    for (JsonNode series : get(server, path).at("/data/result")) {
      calls.put(series.at("/metric/span_name").asText(), series.at("/value/1").asDouble());
    }
    return calls;
  }

  private static JsonNode trace(SextantServer server, String service, int span) throws Exception {
    String id = "%016x%016x".formatted((long) service.hashCode(), (long) span + 1);
    return get(server, "/sextant/v1/traces/" + id).at("/spans/0");
  }

  @Test
  void tenThousandPaths_areOneOperation() throws Exception {
    try (SextantServer server = start()) {
      send(server, "shop", i -> "GET /orders/" + i + "/items");
      send(server, "press", i -> "GET /articles/" + word(i));
      assertThat(client(server).get("/metrics").aggregate().join().contentUtf8())
          .contains("sextant_operation_names_renamed_spans_total 19900.0")
          .contains("sextant_operation_names_collapsed_places_total 1.0")
          .contains("sextant_operation_names_unlearned_spans_total{limit=\"memory\",} 0.0");
    }
    try (SextantServer server = start()) {
      assertThat(calls(server, "shop")).isEqualTo(Map.of("GET /orders/{id}/items", (double) SPANS));
      assertThat(calls(server, "press")).hasSize(101).containsEntry("GET /articles/{id}", 9900.0);
      JsonNode span = trace(server, "shop", 8213);
      assertThat(span.path("name").asText()).isEqualTo("GET /orders/{id}/items");
      assertThat(span.path("attributes").toString()).contains("/orders/8213/items");
      send(server, "journal", i -> "GET /articles/" + word(i));
      assertThat(trace(server, "journal", 7).path("name").asText())
          .isEqualTo("GET /articles/" + word(7));
      send(server, "press", SPANS, i -> "POST /articles/" + word(i));
      assertThat(trace(server, "press", SPANS + 7).path("name").asText())
          .as("what was learned before the restart")
          .isEqualTo("POST /articles/{id}");
    }
  }

  /** Six letters that no shape tells from a word. */
  private static String word(int number) {
    return IntStream.range(0, 6)
        .mapToObj(i -> String.valueOf((char) ('g' + (number >> 4 * i & 15))))
        .collect(Collectors.joining());
  }
}
