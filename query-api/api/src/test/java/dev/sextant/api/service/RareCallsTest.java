package dev.sextant.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edges that were called once, each at another tick of a step of the graph's range. */
class RareCallsTest {
  /** As many as a step of an hour's graph has ticks. */
  private static final int TICKS = 6;

  @TempDir static Path dir;

  @Test
  void aSingleCall_isOneCall_whereverItLiesInAStep() {
    DerivedSeries series = new DerivedSeries();
    for (int i = 0; i < TICKS; i++) {
      long at = 600_000 + i * DerivedSeries.TICK_MILLIS;
      series.edge(
          DerivedSeries.labels("caller" + i, "shop", ""),
          "0.1",
          "0.2",
          age -> age == at ? 1 : 0,
          age -> age == at ? 1 : 0);
    }
    try (TestApi api = new TestApi(dir)) {
      api.apply(series.build());
      JsonNode edges = api.get("/sextant/v1/topology").json().at("/edges");
      assertThat(edges).hasSize(TICKS);
      for (JsonNode edge : edges) {
        assertThat(edge.at("/calls").asDouble()).as(edge.toString()).isEqualTo(1);
        assertThat(edge.at("/errorShare").asDouble()).isEqualTo(1);
        assertThat(edge.at("/p50").asDouble()).isBetween(0.1, 0.2);
      }
    }
  }
}
