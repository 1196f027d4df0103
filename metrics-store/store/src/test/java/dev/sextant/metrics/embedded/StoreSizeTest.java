package dev.sextant.metrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.MetricsBatchCodec;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.storage.Position;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How small samples become, on series that behave like a node exporter's: three quarters constant,
 * counters, gauges.
 */
class StoreSizeTest {
  private static final long START = 20_000L * 86_400_000;
  private static final int SERIES = 500;
  private static final int SCRAPES = 600;

  @TempDir Path root;

  /** One target scraped every 15 s, a few milliseconds late each time. */
  private static final class Landscape {
    private final Random random = new Random(11);
    private final Labels target = Labels.of("job", "node", "instance", "host:9100");
    private final Labels[] labels = new Labels[SERIES];
    private final double[] values = new double[SERIES];

    Landscape() {
      for (int i = 0; i < SERIES; i++) {
        labels[i] = target.with("__name__", "node_metric_" + i / 10).with("device", "d" + i % 10);
        values[i] = random.nextInt(1_000_000);
      }
    }

    MetricsBatch scrape(int number) {
      MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
      long time = START + 15_000L * number + random.nextInt(20);
      for (int i = 0; i < SERIES; i++) {
        values[i] =
            switch (i % 8) {
              case 0 -> values[i] + random.nextInt(3000);
              case 1 -> Math.round((values[i] + random.nextGaussian() * 50) * 100) / 100.0;
              default -> values[i];
            };
        batch.add(target, labels[i], time, values[i]);
      }
      return batch.build();
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Test
  void nodeExporterLikeSeries_takeLittle() throws IOException {
    Landscape landscape = new Landscape();
    MetricsStoreSettings settings =
        MetricsStoreSettings.DEFAULT.withHead(1L << 30, Duration.ofDays(1));
    long journal = 0;
    long decode = 0;
    long apply = 0;
    try (EmbeddedMetricsStore store =
        EmbeddedMetricsStore.open(root, settings, () -> Instant.ofEpochMilli(START))) {
      for (int scrape = 0; scrape < SCRAPES; scrape++) {
        MetricsBatch batch = landscape.scrape(scrape);
        byte[] bytes = new byte[batch.payload().remaining()];
        batch.payload().get(bytes);
        journal += bytes.length;
        long before = cpuNanos();
        MetricsBatch decoded = MetricsBatchCodec.decode(bytes, "default");
        long between = cpuNanos();
        store.apply(decoded, new Position((long) scrape * SERIES, START + 15_000L * scrape));
        decode += between - before;
        apply += cpuNanos() - between;
        if (scrape % 120 == 119) {
          store.commit();
        }
      }
      long head = sizeOf(root, "");
      store.apply(
          new MetricsBatchBuilder("default")
              .add(Labels.EMPTY, Labels.of("__name__", "last"), START, 1)
              .build(),
          new Position((long) SCRAPES * SERIES, START + 2L * 86_400_000));
      long before = cpuNanos();
      store.commit();
      long commit = cpuNanos() - before;
      long samples = (long) SERIES * SCRAPES;
      double blocks = sizeOf(root, ".block") / (double) samples;
      System.out.printf(
          "%d samples: journal %.2f, head files %.2f, block %.3f bytes each; decode %d, apply %d, to block %d ns each%n",
          samples,
          journal / (double) samples,
          head / (double) samples,
          blocks,
          decode / samples,
          apply / samples,
          commit / samples);
      assertThat(blocks).isLessThan(0.7);
      assertThat(head / (double) samples).isLessThan(1.5);
    }
  }

  private static long sizeOf(Path directory, String ending) throws IOException {
    long size = 0;
    for (Path file : Directories.files(directory, ending)) {
      size += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    return size;
  }

  /**
   * Within the heap the tests are given; without the sharing of times and texts it would not fit.
   */
  @Test
  @EnabledIfSystemProperty(named = "sextant.long", matches = "true")
  void hundredThousandSeries_inBoundedMemory() {
    MetricsStoreSettings settings =
        MetricsStoreSettings.DEFAULT.withHead(128L << 20, Duration.ofHours(2));
    int series = 100_000;
    long row = 0;
    try (EmbeddedMetricsStore store =
        EmbeddedMetricsStore.open(root, settings, () -> Instant.ofEpochMilli(START))) {
      for (int scrape = 0; scrape < 120; scrape++) {
        for (int instance = 0; instance < 100; instance++) {
          Labels target = Labels.of("job", "big", "instance", "i" + instance);
          MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
          for (int i = 0; i < series / 100; i++) {
            batch.add(
                target,
                target.with("__name__", "metric_" + i % 50).with("path", "/p" + i / 50),
                START + 15_000L * scrape,
                scrape * (i % 7));
          }
          store.apply(batch.build(), new Position(row, START + 15_000L * scrape));
          row += series / 100;
        }
        if (scrape % 20 == 19) {
          store.commit();
        }
      }
      SeriesSource source = store.query("default");
      assertThat(
              source.series(
                  0, Long.MAX_VALUE, List.of(List.of(Matcher.equal("instance", "i7"))), 0))
          .hasSize(1000);
      assertThat(store.counts().samples()).isEqualTo(120L * series);
    }
  }
}
