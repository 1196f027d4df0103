package dev.sextant.promql.script;

import dev.sextant.metrics.model.InMemorySeries;
import dev.sextant.metrics.model.InMemorySeriesBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramResets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps series in maps and hands histograms out as a store does: it knows of each that continues
 * the one before; after a reset it begins anew, and of the first histogram then nothing is known.
 */
final class MemoryStore implements ScriptStore {
  private final InMemorySeriesBuilder data = InMemorySeries.builder();
  private @Nullable InMemorySeries built;

  @Override
  public void add(Labels labels, List<Sample> samples) {
    built = null;
    NativeHistogram previous = null;
    for (Sample sample : samples) {
      if (sample.histogram() == null) {
        data.add(labels, sample.timeMillis(), sample.value(), sample.startMillis());
        previous = null;
      } else {
        previous = hinted(sample.histogram(), previous);
        data.add(labels, sample.timeMillis(), previous, sample.startMillis());
      }
    }
  }

  private static NativeHistogram hinted(
      NativeHistogram histogram, @Nullable NativeHistogram previous) {
    return histogram.resetHint() == ResetHint.UNKNOWN
            && previous != null
            && !HistogramResets.isReset(histogram, previous)
        ? HistogramMath.withHint(histogram, ResetHint.NO)
        : histogram;
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
