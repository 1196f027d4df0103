package dev.sextant.promql.step;

import org.jspecify.annotations.Nullable;

/**
 * Series one after another, in the order of evaluation. Two of them may have the same labels so
 * long as no step has something in both. For one thread.
 */
public interface SeriesStream extends AutoCloseable {
  /** The next series, which becomes the caller's; null after the last. */
  @Nullable StepSeries next();

  @Override
  default void close() {}

  /** Of series that are in memory already. */
  static SeriesStream of(Iterable<StepSeries> series) {
    var iterator = series.iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }
}
