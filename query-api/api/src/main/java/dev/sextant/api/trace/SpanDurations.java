package dev.sextant.api.trace;

import dev.sextant.storage.TimeRange;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.MetricsAnswer;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans counted by when they start and by a duration.
 *
 * @param endsNanos the last moment of each step of time, since the epoch, ascending; a step begins
 *     after the one before it
 * @param stepNanos a step's length
 * @param rows by duration, ascending; those that some span has
 * @param incomplete why spans are missing, naming what to change; null where none is
 */
@SuppressWarnings("ArrayRecordComponent")
public record SpanDurations(
    long[] endsNanos,
    long stepNanos,
    List<Row> rows,
    @Nullable String incomplete,
    SpanSource.Inspected inspected) {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  public SpanDurations {
    rows = List.copyOf(rows);
  }

  /**
   * Spans of like duration.
   *
   * @param topNanos longest of them, a power of two; the shortest is longer than half of it
   * @param counts one for each step
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Row(long topNanos, long[] counts) {}

  /** The step that cuts a range in about so many, whole seconds where the range is long enough. */
  static long stepNanos(TimeRange range, int columns) {
    long least = Math.max(1, Math.ceilDiv(range.toNanos() - range.fromNanos(), columns));
    long unit = least >= SECOND ? SECOND : MILLI;
    return Math.ceilDiv(least, unit) * unit;
  }

  /** Of a histogram over time; steps that end before the range are left out. */
  static SpanDurations of(MetricsAnswer answer, TimeRange range, long step) {
    long[] all = answer.timesNanos();
    int first = 0;
    while (first < all.length && all[first] <= range.fromNanos()) {
      first++;
    }
    long[] ends = Arrays.copyOfRange(all, first, all.length);
    List<Row> rows = new ArrayList<>();
    for (MetricsAnswer.Series series : answer.series()) {
      long[] counts = new long[ends.length];
      for (int i = 0; i < counts.length; i++) {
        double count = series.values()[first + i];
        counts[i] = Double.isNaN(count) ? 0 : (long) count;
      }
      rows.add(new Row(top(series.labels()), counts));
    }
    rows.sort(Comparator.comparingLong(Row::topNanos));
    return new SpanDurations(ends, step, rows, answer.incomplete(), answer.inspected());
  }

  private static long top(List<NamedValue> labels) {
    for (NamedValue label : labels) {
      if (label.value() instanceof Value.Decimal(double seconds)) {
        return Math.round(seconds * SECOND);
      }
    }
    throw new IllegalStateException("a histogram's series without its bucket: " + labels);
  }
}
