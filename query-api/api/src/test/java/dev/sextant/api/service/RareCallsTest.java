package dev.sextant.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Edges and operations that were called once, each at another tick of a step of the graph's range.
 */
class RareCallsTest {
  /** As many as a step of an hour's graph has ticks. */
  private static final int TICKS = 6;

  private static final long HOUR_MILLIS = 3_600_000;

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

  @Test
  void aSingleCallOfAnOperation_isInItsRate_whereverItLiesInAStep(@TempDir Path own) {
    DerivedSeries series = new DerivedSeries();
    for (int i = 0; i < TICKS; i++) {
      long at = 600_000 + i * DerivedSeries.TICK_MILLIS;
      series.served("shop", "GET /" + i, HOUR_MILLIS, age -> age == at ? 1 : 0, age -> 0);
    }
    try (TestApi api = new TestApi(own)) {
      api.apply(series.build());
      JsonNode operations = api.get("/sextant/v1/services/shop").json().at("/operations");
      assertThat(operations).hasSize(TICKS);
      for (JsonNode operation : operations) {
        assertThat(operation.at("/rate").asDouble() * HOUR_MILLIS / 1000)
            .as(operation.toString())
            .isCloseTo(1, within(0.05));
      }
    }
  }
}
