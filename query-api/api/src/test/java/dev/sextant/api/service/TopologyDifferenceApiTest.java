package dev.sextant.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last hour against the one before it. */
class TopologyDifferenceApiTest {
  private static final long HOUR = 3_600_000;
  @TempDir static Path dir;
  private static TestApi api;
  private static JsonNode found;

  @BeforeAll
  static void fill() {
    api = new TestApi(dir);
    api.apply(
        new DerivedSeries()
            .edge(DerivedSeries.labels("a", "same", ""), 15)
            .edge(edge("a", "new"), "0.1", "0.2", age -> late(age) ? 15 : 0, age -> 0)
            .edge(edge("a", "gone"), "0.1", "0.2", age -> late(age) ? 0 : 15, age -> 0)
            .edge(edge("a", "busier"), "0.1", "0.2", age -> late(age) ? 60 : 15, age -> 0)
            .edge(edge("a", "little"), "0.1", "0.2", age -> late(age) ? 18 : 15, age -> 0)
            .edge(edge("a", "failing"), "0.1", "0.2", age -> 15, age -> late(age) ? 3 : 0)
            .build());
    found = api.get("/sextant/v1/topology/difference").json();
  }

  private static dev.sextant.metrics.model.Labels edge(String from, String to) {
    return DerivedSeries.labels(from, to, "");
  }

  private static boolean late(long age) {
    return age < HOUR;
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static JsonNode change(JsonNode of, String list, String key, String value) {
    return StreamSupport.stream(of.at("/" + list).spliterator(), false)
        .filter(each -> each.at("/" + key).asText().equals(value))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "same, same, ''",
    "new, new, ''",
    "gone, vanished, ''",
    "busier, changed, rate",
    "little, same, ''",
    "failing, changed, errorShare"
  })
  void edgesAndNodes_haveTheirState(String to, String state, String figure) {
    JsonNode edge = change(found, "edges", "to", to);

    assertThat(edge.at("/state").asText()).isEqualTo(state);
    assertThat(String.join(",", edge.at("/changes").findValuesAsText("figure"))).isEqualTo(figure);
    assertThat(change(found, "nodes", "id", to).at("/state").asText()).isEqualTo(state);
    assertThat(edge.at("/before").isNull()).isEqualTo(state.equals("new"));
  }

  @Test
  void changes_areAbsoluteAndRelative() {
    JsonNode rate = change(found, "edges", "to", "busier").at("/changes/0");
    JsonNode errors = change(found, "edges", "to", "failing").at("/changes/0");

    assertThat(rate.at("/before").asDouble()).isCloseTo(1, within(0.05));
    assertThat(rate.at("/now").asDouble()).isCloseTo(4, within(0.05));
    assertThat(rate.at("/absolute").asDouble()).isCloseTo(3, within(0.1));
    assertThat(rate.at("/relative").asDouble()).isCloseTo(3, within(0.2));
    assertThat(errors.at("/now").asDouble()).isCloseTo(0.2, within(0.01));
    assertThat(errors.at("/relative").isNull()).isTrue();
  }

  @Test
  void vanishedEdges_showWhatTheyWere() {
    assertThat(change(found, "edges", "to", "gone").at("/rate").asDouble())
        .isCloseTo(1, within(0.05));
  }

  @Test
  void thresholds_areStated_andCanBeLowered() {
    JsonNode fine = api.get("/sextant/v1/topology/difference?changePercent=5").json();

    assertThat(found.at("/thresholds/relative").asDouble()).isEqualTo(0.3);
    assertThat(fine.at("/thresholds/relative").asDouble()).isEqualTo(0.05);
    assertThat(change(fine, "edges", "to", "little").at("/state").asText()).isEqualTo("changed");
  }

  @Test
  void whatDiffers_comesFirst_andIsKeptLast() {
    JsonNode few = api.get("/sextant/v1/topology/difference?maxEdges=4").json();

    assertThat(few.at("/edgesFound").asInt()).isEqualTo(6);
    assertThat(few.at("/edges").findValuesAsText("state"))
        .containsExactly("new", "vanished", "changed", "changed");
  }

  @Test
  void base_canBeAnyRange() {
    long now = TestApi.NOW_MILLIS;
    String base = "&baseFrom=" + (now - HOUR) + "&baseTo=" + now;
    JsonNode none = api.get("/sextant/v1/topology/difference?from=" + (now - HOUR) + base).json();

    assertThat(none.at("/edges").findValuesAsText("state")).containsOnly("same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseFrom=5&baseTo=4", "changePercent=0", "maxEdges=0", "baseTo=x"})
  void badParameters_are400NamingThem(String parameter) {
    var answer = api.get("/sextant/v1/topology/difference?" + parameter);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText())
        .contains(parameter.substring(0, parameter.indexOf('=')));
  }
}
