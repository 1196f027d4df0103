package dev.sextant.promql;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a query. Times are milliseconds since the epoch. Arrays of values are the
 * receiver's; arrays of times may be shared between series and are not to be changed.
 */
public sealed interface QueryResult {
  /** A number. */
  record Scalar(long timeMillis, double value) implements QueryResult {}

  /** A string. */
  record Text(long timeMillis, String value) implements QueryResult {}

  /**
   * One sample a series, all at one time, in order of evaluation.
   *
   * @param values the float of each, without meaning where {@code histograms} has something
   * @param histograms of each series, or null where all are floats
   */
  record Vector(
      long timeMillis,
      List<Labels> labels,
      double[] values,
      @Nullable NativeHistogram @Nullable [] histograms)
      implements QueryResult {
    public int size() {
      return labels.size();
    }

    /** The histogram of a series, null where it has a float. */
    public @Nullable NativeHistogram histogram(int index) {
      return histograms == null ? null : histograms[index];
    }
  }

  /** Several samples a series, sorted by labels. */
  record Matrix(List<Series> series) implements QueryResult {}

  /** The samples of one series, each kind in order of time. */
  record Series(
      Labels labels,
      long[] floatTimes,
      double[] floats,
      long[] histogramTimes,
      NativeHistogram[] histograms) {}
}
