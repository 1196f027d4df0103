package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SeriesSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a script puts what it loads and what its queries read. A script opens a new one at its
 * beginning and at each {@code clear}, uses it from one thread and closes it.
 */
public interface ScriptStore extends AutoCloseable {
  /**
   * A sample.
   *
   * @param timeMillis since the epoch; scripts begin at 0
   * @param value where there is no histogram
   * @param startMillis when the series began counting, since the epoch, below 0 too; 0 where
   *     unknown
   */
  record Sample(
      long timeMillis, double value, @Nullable NativeHistogram histogram, long startMillis) {}

  /** Opens empty stores. */
  @FunctionalInterface
  interface Factory {
    ScriptStore open();
  }

  /**
   * Adds samples of a series, in order of time, to what it has; of two at one time the first stays.
   */
  void add(Labels labels, List<Sample> samples);

  /** All that was added. */
  SeriesSource source();

  @Override
  void close();

  /** In plain maps. */
  static ScriptStore inMemory() {
    return new MemoryStore();
  }
}
