package dev.sextant.metrics.model;

import java.util.List;
import java.util.Map;

/**
 * Where a query engine reads series. Thread-safe; all times in milliseconds since the epoch, both
 * ends inclusive. Every list of matchers must hold as a whole; where several lists are given, any
 * of them may.
 */
public interface SeriesSource {
  /**
   * Series that have samples between the two times, sorted by labels where {@link Hints#sorted()}
   * asks for it, with stale markers and in order of time. The caller closes the set.
   */
  SeriesSet select(long minMillis, long maxMillis, List<Matcher> matchers, Hints hints);

  /**
   * Label sets of the series that any of the matcher lists selects, sorted, at most {@code limit}
   * (0 for all).
   */
  List<Labels> series(long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit);

  /**
   * Names of labels, sorted; of all series where no matchers are given; at most {@code limit} (0
   * for all).
   */
  List<String> labelNames(long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit);

  /** Values of a label, sorted; at most {@code limit} (0 for all). */
  List<String> labelValues(
      String name, long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit);

  /** Exemplars by series, in order of time. */
  Map<Labels, List<Exemplar>> exemplars(
      long minMillis, long maxMillis, List<List<Matcher>> matchers);

  /** Metadata by family name, sorted; of one family where {@code family} is not empty. */
  Map<String, List<Metadata>> metadata(String family, int limit);

  /**
   * What a source may use to read less or to push work down; ignoring it never changes an answer,
   * and using it must not either. The samples between the two times of {@link #select} that the
   * reader needs are always the samples as they were written.
   *
   * @param stepMillis of the query, 0 for an instant
   * @param rangeMillis of the range selector around it, 0 for none: at each step samples so far
   *     back are read
   * @param function that consumes the series, by its PromQL name, empty for none
   * @param grouping labels of the aggregation around it, through which alone its series are seen
   * @param by whether grouping is {@code by} rather than {@code without}; false and no labels where
   *     there is no aggregation
   * @param sorted whether the series are to come in order of their labels
   * @param limit how many series the reader takes at most, in the order of the set; 0 for all
   * @param checkpoint to be run every now and then by a source that works long before it returns;
   *     throws where the query is called off or out of time
   */
  record Hints(
      long stepMillis,
      long rangeMillis,
      String function,
      List<String> grouping,
      boolean by,
      boolean sorted,
      int limit,
      Runnable checkpoint) {
    public static final Hints NONE = new Hints(0, 0, "", List.of(), false, false, 0);

    /** With a checkpoint that lets everything go on. */
    public Hints(
        long stepMillis,
        long rangeMillis,
        String function,
        List<String> grouping,
        boolean by,
        boolean sorted,
        int limit) {
      this(stepMillis, rangeMillis, function, grouping, by, sorted, limit, () -> {});
    }

    public Hints withCheckpoint(Runnable value) {
      return new Hints(stepMillis, rangeMillis, function, grouping, by, sorted, limit, value);
    }
  }
}
