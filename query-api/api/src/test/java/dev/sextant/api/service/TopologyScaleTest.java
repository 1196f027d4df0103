package dev.sextant.api.service;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.api.TestApi;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand services, two thousand edges, buckets as derivation writes them. */
class TopologyScaleTest {
  private static final int SERVICES = 1_000;
  private static final int TICKS = 30;
  private static final Labels TARGET = Labels.of("job", "test");
  private static final String[] LE = {
    "0.002", "0.004", "0.008", "0.016", "0.032", "0.064", "0.128", "0.256", "0.512", "1.024", "+Inf"
  };

  @Test
  void graphAndDifference_areWhole(@TempDir Path dir) {
    try (TestApi api = new TestApi(dir)) {
      for (int part = 0; part < 10; part++) {
        api.apply(part(part));
      }
      String range = "from=" + (NOW_MILLIS - 60_000) + "&to=" + NOW_MILLIS;
      var answer = api.get("/sextant/v1/topology?" + range);
      assertThat(answer.status()).as(answer.json().at("/error").toString()).isEqualTo(200);
      JsonNode graph = answer.json();
      JsonNode difference = api.get("/sextant/v1/topology/difference?" + range).json();

      assertThat(graph.at("/nodes").size()).isEqualTo(SERVICES);
      assertThat(graph.at("/edges").size()).isEqualTo(2 * SERVICES);
      assertThat(graph.at("/edges/0/rate").asDouble()).isCloseTo(1, within(0.01));
      assertThat(difference.at("/edges").findValuesAsText("state")).containsOnly("same");
      assertThat(difference.at("/edgesFound").asInt()).isEqualTo(2 * SERVICES);
    }
  }

  private static MetricsBatch part(int part) {
    MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
    for (int i = part * SERVICES / 10; i < (part + 1) * SERVICES / 10; i++) {
      edge(batch, i, (i + 1) % SERVICES);
      edge(batch, i, (i + 37) % SERVICES);
    }
    return batch.build();
  }

  private static void edge(MetricsBatchBuilder batch, int from, int to) {
    Labels edge = Labels.of("client", "service-" + from, "server", "service-" + to);
    String name = "traces_service_graph_request_";
    counter(batch, edge.with("__name__", name + "total"));
    for (String side : new String[] {"client", "server"}) {
      counter(batch, edge.with("__name__", name + side + "_seconds_count"));
      counter(batch, edge.with("__name__", name + side + "_seconds_sum"));
      for (String le : LE) {
        counter(batch, edge.with("__name__", name + side + "_seconds_bucket").with("le", le));
      }
    }
  }

  /** Grows by 5 at each of the ticks, which are 5 s apart. */
  private static void counter(MetricsBatchBuilder batch, Labels labels) {
    for (int tick = 0; tick < TICKS; tick++) {
      batch.add(TARGET, labels, NOW_MILLIS - (TICKS - 1 - tick) * 5_000L, 5.0 * tick);
    }
  }
}
