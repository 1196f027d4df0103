package dev.sextant.promql.script;

import dev.sextant.metrics.model.InMemorySeries;
import dev.sextant.metrics.model.InMemorySeriesBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SeriesSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps series in plain maps. */
final class MemoryStore implements ScriptStore {
  private final InMemorySeriesBuilder data = InMemorySeries.builder();
  private @Nullable InMemorySeries built;

  @Override
  public void add(Labels labels, List<Sample> samples) {
    built = null;
    for (Sample sample : samples) {
      if (sample.histogram() == null) {
        data.add(labels, sample.timeMillis(), sample.value(), sample.startMillis());
      } else {
        data.add(labels, sample.timeMillis(), sample.histogram(), sample.startMillis());
      }
    }
  }

  @Override
  public SeriesSource source() {
    if (built == null) {
      built = data.build();
    }
    return built;
  }

  @Override
  public void close() {}
}
