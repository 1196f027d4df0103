package dev.sextant.api.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.api.TestApi;
import dev.sextant.trace.TraceStore;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The queries by which Jaeger tests its storage backends find exactly what Jaeger says, among all
 * of its traces together.
 */
abstract class JaegerQueriesContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;

  abstract TraceStore open(Path directory);

  private static Path corpus() {
    String set = System.getenv("SEXTANT_CORPORA");
    Path root =
        set == null || set.isEmpty()
            ? Path.of(System.getProperty("sextant.root", "..")).resolve("../shared/corpora")
            : Path.of(set);
    Path found = root.resolve("jaeger/integration");
    Assumptions.assumeTrue(
        Files.exists(found), () -> "skipped: jaeger/integration is not in " + root);
    return found;
  }

  @Test
  void queries_findWhatTheyMust() throws IOException {
    findExactly("queries.json", false);
  }

  @Test
  void queriesWithExpressions_findWhatTheyMust() throws IOException {
    findExactly("queries_es.json", true);
  }

  private void findExactly(String queries, boolean expressions) throws IOException {
    Path corpus = corpus();
    JsonNode all = JSON.readTree(corpus.resolve(queries).toFile());
    try (TestApi api = new TestApi(dir, new TestApi.Options().traces(open(dir)))) {
      apply(api, corpus);
      assertThat(all).isNotEmpty();
      for (JsonNode each : all) {
        Set<String> expected = new LinkedHashSet<>();
        for (JsonNode name : each.path("ExpectedFixtures")) {
          expected.addAll(ids(fixture(corpus, name.asText())));
        }
        String path = "/sextant/v1/traces?" + parameters(each.path("Query"), expressions);
        JsonNode answer = api.get(path).json();
        assertThat(foundIds(answer))
            .as("%s: %s", each.path("Caption").asText(), path)
            .containsExactlyInAnyOrderElementsOf(expected);
        if (!expressions) {
          String asJaeger = "/jaeger/api/traces?" + parametersAsJaeger(each.path("Query"));
          assertThat(idsAsJaeger(api.get(asJaeger).json()))
              .as("%s: %s", each.path("Caption").asText(), asJaeger)
              .containsExactlyInAnyOrderElementsOf(expected);
        }
      }
    }
  }

  private static void apply(TestApi api, Path corpus) throws IOException {
    try (Stream<Path> files = Files.list(corpus.resolve("traces"))) {
      for (Path file : files.sorted().toList()) {
        api.apply(OtlpTraceJson.read(JSON.readTree(file.toFile())));
      }
    }
  }

  private static TracesData fixture(Path corpus, String name) throws IOException {
    return OtlpTraceJson.read(JSON.readTree(corpus.resolve("traces/" + name + ".json").toFile()));
  }

  private static Set<String> ids(TracesData data) {
    Set<String> ids = new LinkedHashSet<>();
    data.getResourceSpansList()
        .forEach(
            resource ->
                resource
                    .getScopeSpansList()
                    .forEach(
                        scope ->
                            scope
                                .getSpansList()
                                .forEach(
                                    span ->
                                        ids.add(
                                            HexFormat.of()
                                                .formatHex(span.getTraceId().toByteArray())))));
    return ids;
  }

  private static List<String> foundIds(JsonNode answer) {
    List<String> found = new ArrayList<>();
    answer.at("/traces").forEach(trace -> found.add(trace.at("/traceId").asText()));
    return found;
  }

  private static String parameters(JsonNode query, boolean expressions) {
    List<String> parameters = new ArrayList<>();
    parameters.add("from=" + query.path("StartTimeMin").asText());
    parameters.add("to=" + query.path("StartTimeMax").asText());
    parameters.add("limit=" + query.path("NumTraces").asInt());
    if (expressions) {
      parameters.add("q=" + encoded(traceQl(query)));
      return String.join("&", parameters);
    }
    parameters.add("service=" + query.path("ServiceName").asText());
    if (!query.path("OperationName").asText().isEmpty()) {
      parameters.add("operation=" + query.path("OperationName").asText());
    }
    for (Map.Entry<String, JsonNode> tag : query.path("Tags").properties()) {
      parameters.add("attribute=" + encoded(tag.getKey() + "=" + tag.getValue().asText()));
    }
    if (query.path("DurationMin").asLong() > 0) {
      parameters.add("minDuration=" + query.path("DurationMin").asLong() + "ns");
    }
    if (query.path("DurationMax").asLong() > 0) {
      parameters.add("maxDuration=" + query.path("DurationMax").asLong() + "ns");
    }
    return String.join("&", parameters);
  }

  private static List<String> idsAsJaeger(JsonNode answer) {
    List<String> found = new ArrayList<>();
    answer
        .at("/data")
        .forEach(
            trace -> found.add("%32s".formatted(trace.at("/traceID").asText()).replace(' ', '0')));
    return found;
  }

  /** As Jaeger's own page and Grafana ask. */
  private static String parametersAsJaeger(JsonNode query) {
    List<String> parameters = new ArrayList<>();
    parameters.add("start=" + micros(query.path("StartTimeMin").asText()));
    parameters.add("end=" + micros(query.path("StartTimeMax").asText()));
    parameters.add("limit=" + query.path("NumTraces").asInt());
    parameters.add("service=" + query.path("ServiceName").asText());
    parameters.add("operation=" + query.path("OperationName").asText());
    parameters.add(
        "tags=" + encoded(query.path("Tags").isNull() ? "{}" : query.path("Tags").toString()));
    if (query.path("DurationMin").asLong() > 0) {
      parameters.add("minDuration=" + query.path("DurationMin").asLong() + "ns");
    }
    if (query.path("DurationMax").asLong() > 0) {
      parameters.add("maxDuration=" + query.path("DurationMax").asLong() + "ns");
    }
    return String.join("&", parameters);
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }

  private static String traceQl(JsonNode query) {
    List<String> parts = new ArrayList<>();
    parts.add("resource.service.name = \"" + query.path("ServiceName").asText() + "\"");
    if (!query.path("OperationName").asText().isEmpty()) {
      parts.add("name = \"" + query.path("OperationName").asText() + "\"");
    }
    for (Map.Entry<String, JsonNode> tag : query.path("Tags").properties()) {
      parts.add("." + tag.getKey() + " =~ `" + tag.getValue().asText() + "`");
    }
    if (query.path("DurationMax").asLong() > 0) {
      parts.add("duration <= " + query.path("DurationMax").asLong() + "ns");
    }
    return "{ " + String.join(" && ", parts) + " }";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
