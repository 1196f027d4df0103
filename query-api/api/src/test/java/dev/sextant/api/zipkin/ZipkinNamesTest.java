package dev.sextant.api.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.TestApi;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipkinNamesTest {
  @TempDir static Path dir;
  private static TestApi api;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    api.apply(AsReceived.of(Shop.first()));
    api.apply(AsReceived.of(Shop.second()));
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static String get(String path) {
    var answer = api.raw("/zipkin/" + path);
    assertThat(answer.status().code()).as(path + ": " + answer.contentUtf8()).isEqualTo(200);
    return answer.contentUtf8();
  }

  private static String refused(String path) {
    var answer = api.raw("/zipkin/" + path);
    assertThat(answer.status().code()).as(path).isEqualTo(400);
    return answer.contentUtf8();
  }

  @Test
  void names_areListedSorted() {
    assertThat(get("api/v2/services")).isEqualTo("[\"front\",\"stock\"]");
    assertThat(get("api/v2/spans?serviceName=front"))
        .isEqualTo("[\"get\",\"get /\",\"post /orders\"]");
    assertThat(get("api/v2/spans?serviceName=Stock")).isEqualTo("[\"get\",\"select\"]");
    assertThat(get("api/v2/spans?serviceName=nobody")).isEqualTo("[]");
    assertThat(get("api/v2/remoteServices?serviceName=front")).isEqualTo("[\"stock\"]");
    assertThat(get("api/v2/remoteServices?serviceName=stock")).isEqualTo("[]");
  }

  @Test
  void tags_areListedForCompletion() {
    assertThat(get("api/v2/autocompleteKeys"))
        .isEqualTo("[\"error\",\"http.method\",\"http.status_code\"]");
    assertThat(get("api/v2/autocompleteValues?key=error")).isEqualTo("[\"no route\",\"true\"]");
    assertThat(get("api/v2/autocompleteValues?key=http.method")).isEqualTo("[\"GET\",\"POST\"]");
    assertThat(get("api/v2/autocompleteValues?key=http.status_code"))
        .isEqualTo("[\"200\",\"503\"]");
    assertThat(get("api/v2/autocompleteValues?key=nothing")).isEqualTo("[]");
  }

  @Test
  void missingAndUnknownParameters_are400() {
    assertThat(refused("api/v2/spans")).isEqualTo("parameter 'serviceName' is missing");
    assertThat(refused("api/v2/remoteServices")).isEqualTo("parameter 'serviceName' is missing");
    assertThat(refused("api/v2/autocompleteValues")).isEqualTo("parameter 'key' is missing");
    assertThat(refused("api/v2/services?q=1")).startsWith("parameter 'q' is unknown");
  }

  @Test
  void theUserInterface_isToldHowToBehave() {
    assertThat(get("config.json"))
        .contains("\"queryLimit\":10", "\"defaultLookback\":900000", "\"searchEnabled\":true");
    assertThat(get("info")).isEqualTo("{\"zipkin\":{\"version\":\"sextant-1.2.3\"}}");
    assertThat(get("health")).isEqualTo("{\"status\":\"UP\",\"zipkin\":{\"status\":\"UP\"}}");
  }
}
