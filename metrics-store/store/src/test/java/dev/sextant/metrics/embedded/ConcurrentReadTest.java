package dev.sextant.metrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.storage.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentReadTest {
  private static final long START = 20_000L * 86_400_000;
  private static final int BATCHES = 400;

  @TempDir Path root;

  /**
   * Batch n gives every series so far a sample and adds one series, so in any whole prefix series i
   * has exactly n − i samples; a torn one would show as two series that disagree about n.
   */
  @Test
  void readers_seeWholeBatchesWhileSamplesMoveToBlocks() throws Exception {
    MetricsStoreSettings settings =
        MetricsStoreSettings.DEFAULT.withHead(1 << 16, Duration.ofMinutes(10));
    AtomicBoolean done = new AtomicBoolean();
    try (EmbeddedMetricsStore store =
            EmbeddedMetricsStore.open(root, settings, () -> Instant.ofEpochMilli(START));
        ExecutorService readers = Executors.newFixedThreadPool(2)) {
      Callable<Integer> reader =
          () -> {
            int reads = 0;
            for (boolean last = false; !last; reads++) {
              last = done.get();
              check(store.query("default"));
            }
            return reads;
          };
      List<Future<Integer>> running = List.of(readers.submit(reader), readers.submit(reader));
      try {
        write(store);
      } finally {
        done.set(true);
      }
      for (Future<Integer> each : running) {
        assertThat(each.get()).isPositive();
      }
      assertThat(store.counts().blocks()).isPositive();
    }
  }

  private static void write(EmbeddedMetricsStore store) {
    Labels target = Labels.of("job", "a");
    long row = 0;
    for (int n = 0; n < BATCHES; n++) {
      long time = START + 15_000L * n;
      MetricsBatchBuilder batch = new MetricsBatchBuilder("default");
      for (int i = 0; i <= Math.min(n, 100); i++) {
        batch.add(target, Labels.of("__name__", "m", "i", String.valueOf(i)), time, n);
      }
      store.apply(batch.build(), new Position(row, time));
      row += batch.samples();
      if (n % 20 == 19) {
        store.commit();
      }
    }
  }

  private static void check(SeriesSource source) {
    Set<Integer> prefixes = new HashSet<>();
    List<Matcher> matchers = List.of(new Matcher(Matcher.Type.REGEX, "i", "[0-9]+"));
    int series = 0;
    try (SeriesSet set = source.select(0, Long.MAX_VALUE, matchers, SeriesSource.Hints.NONE)) {
      while (set.next()) {
        int samples = 0;
        SampleCursor cursor = set.samples();
        while (cursor.next() != SampleCursor.Type.NONE) {
          samples++;
        }
        prefixes.add(samples + Integer.parseInt(set.labels().get("i")));
        series++;
      }
    }
    assertThat(prefixes).hasSizeLessThanOrEqualTo(1);
    if (series > 0) {
      assertThat(series).isEqualTo(Math.min(prefixes.iterator().next(), 101));
    }
  }
}
