package dev.sextant.api.prometheus;

import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.embedded.EmbeddedMetricsStore;
import dev.sextant.metrics.embedded.MetricsStoreSettings;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.script.ScriptStore;
import dev.sextant.storage.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A script's series in the embedded store: in the head, or written to blocks as soon as they are
 * read. It keeps samples of any time, and dates from 1970 on are what scripts are made of.
 */
final class EmbeddedScriptStore implements ScriptStore {
  private static final long STAMP_MILLIS = Duration.ofDays(1).toMillis();
  private static final MetricsStoreSettings SETTINGS =
      MetricsStoreSettings.DEFAULT.withRetention(Duration.ofDays(365L * 100));

  private final EmbeddedMetricsStore store;
  private final boolean inBlocks;
  private MetricsBatchBuilder pending = new MetricsBatchBuilder("default");
  private long row;
  private long stamp;

  EmbeddedScriptStore(Path folder, boolean inBlocks) {
    this.inBlocks = inBlocks;
    this.store =
        EmbeddedMetricsStore.open(
            folder,
            inBlocks ? SETTINGS.withHead(1, Duration.ofMillis(1)) : SETTINGS,
            () -> Instant.ofEpochMilli(STAMP_MILLIS));
  }

  @Override
  public void add(Labels labels, List<Sample> samples) {
    Labels target = Labels.of("job", labels.get("job"), "instance", labels.get("instance"));
    for (Sample sample : samples) {
      pending.add(
          target,
          labels,
          sample.timeMillis(),
          sample.value(),
          sample.histogram(),
          sample.startMillis());
    }
  }

  @Override
  public SeriesSource source() {
    if (!pending.isEmpty()) {
      var batch = pending.build();
      store.apply(batch, new Position(row, STAMP_MILLIS + stamp++));
      row += batch.rows();
      pending = new MetricsBatchBuilder("default");
      if (inBlocks) {
        store.commit();
      }
    }
    return store.query("default");
  }

  @Override
  public void close() {
    store.close();
  }
}
