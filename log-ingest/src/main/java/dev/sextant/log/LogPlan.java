package dev.sextant.log;

import dev.sextant.storage.TimeRange;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A question to a log store.
 *
 * @param <R> its answer
 */
public sealed interface LogPlan<R> {
  String tenant();

  TimeRange range();

  LogFilter filter();

  /**
   * Lines by time.
   *
   * @param newestFirst false for oldest first; lines of one nanosecond follow in the journal's
   *     order (or its reverse)
   * @param limit how many lines at most, 1 to 5,000
   * @param pageToken the previous page's {@link LogPlan.LogPage#nextPageToken()}, or null for the
   *     first page
   */
  record Search(
      String tenant,
      TimeRange range,
      LogFilter filter,
      boolean newestFirst,
      int limit,
      @Nullable String pageToken)
      implements LogPlan<LogPage> {}

  /**
   * How many lines of each level fall into each bucket of time.
   *
   * @param bucketNanos width, at least 1; buckets start at multiples of it since the epoch
   */
  record Histogram(String tenant, TimeRange range, LogFilter filter, long bucketNanos)
      implements LogPlan<LogHistogram> {}

  /**
   * The most frequent values of a field, most frequent first, at most {@code limit}.
   *
   * @param field {@code service.name}; {@code level}, whose values are in lower case; or any
   *     attribute, as text, of the line or, where it has none of this name, of its resource
   */
  record FieldValues(String tenant, TimeRange range, LogFilter filter, String field, int limit)
      implements LogPlan<List<ValueCount>> {}

  /** A value and on how many lines it stands. */
  record ValueCount(String value, long lines) {}

  /**
   * Lines by level in each bucket that has any.
   *
   * @param buckets bucket start in nanoseconds since the epoch → lines by {@link Level#ordinal()}
   */
  record LogHistogram(long bucketNanos, SortedMap<Long, long[]> buckets) {}

  /**
   * A page of lines.
   *
   * @param total how many lines match in the whole range; at least so many where {@code totalExact}
   *     is false
   * @param nextPageToken asks for the next page; null on the last
   */
  record LogPage(
      List<LogLine> lines, long total, boolean totalExact, @Nullable String nextPageToken) {
    public LogPage {
      lines = List.copyOf(lines);
    }
  }
}
