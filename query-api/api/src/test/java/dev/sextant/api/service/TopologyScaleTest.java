package dev.sextant.api.service;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sextant.api.TestApi;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import dev.sextant.api.metric.EngineMetricReader;
import dev.sextant.api.metric.MetricReader;
import dev.sextant.api.service.TopologyDifference.EdgeChange;
import dev.sextant.api.service.TopologyDifference.State;
import dev.sextant.api.service.TopologyDifference.Thresholds;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.MetricsStore;
import dev.sextant.metrics.embedded.EmbeddedMetricsStore;
import dev.sextant.metrics.embedded.MetricsStoreSettings;
import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromOptions;
import dev.sextant.promql.QueryLimits;
import dev.sextant.storage.Position;
import dev.sextant.storage.TimeRange;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand services, two thousand edges, buckets as derivation writes them. */
class TopologyScaleTest {
  private static final int SERVICES = 1_000;

  /** Two minutes and what a rate needs before them. */
  private static final int TICKS = 26;

  private static final Access ACCESS =
      new Access(new Principal("test", Set.of(Role.VIEWER)), Access.DEFAULT_TENANT);
  private static final Labels TARGET = Labels.of("job", "test");
  private static final String[] LE = {
    "0.002", "0.004", "0.008", "0.016", "0.032", "0.064", "0.128", "0.256", "0.512", "1.024", "+Inf"
  };

  @Test
  void graphAndDifference_areWhole(@TempDir Path dir) {
    try (MetricsStore store =
        EmbeddedMetricsStore.open(dir, MetricsStoreSettings.DEFAULT, () -> TestApi.NOW)) {
      long row = 0;
      for (int part = 0; part < 10; part++) {
        MetricsBatch batch = part(part);
        store.apply(batch, new Position(row, NOW_MILLIS));
        row += batch.rows();
      }
      MetricReader reader =
          new EngineMetricReader(
              new PromEngine(QueryLimits.DEFAULT, PromOptions.DEFAULT.withExtendedRanges()), store);
      TopologyQueries queries = new TopologyQueries(reader, new ServiceQueries(reader));
      Topology graph = queries.topology(ACCESS, minute(0), TopologyQueries.MAX_EDGES);
      TopologyDifference difference =
          queries.difference(
              ACCESS, minute(0), minute(1), Thresholds.DEFAULT, TopologyQueries.MAX_EDGES);

      assertThat(graph.nodes()).hasSize(SERVICES);
      assertThat(graph.edges()).hasSize(2 * SERVICES);
      assertThat(graph.edges())
          .allSatisfy(edge -> assertThat(edge.red().rate()).isCloseTo(1, within(0.01)));
      assertThat(difference.edges()).hasSize(2 * SERVICES);
      assertThat(difference.edges()).extracting(EdgeChange::state).containsOnly(State.SAME);
      assertThat(difference.edgesFound()).isEqualTo(2 * SERVICES);
    }
  }

  /** The minute that ended so many minutes ago. */
  private static TimeRange minute(int ago) {
    long end = NOW_MILLIS - ago * 60_000L;
    return new TimeRange((end - 60_000) * 1_000_000, end * 1_000_000);
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
