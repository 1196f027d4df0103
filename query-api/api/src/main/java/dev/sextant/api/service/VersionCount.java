package dev.sextant.api.service;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.exec.LongColumn;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts a service's spans by its version. For one question. */
final class VersionCount {
  /** Versions that are told apart. */
  static final int MOST_VERSIONS = 1_000;

  static final SpanField VERSION = SpanField.resource("service.version");

  /** Versions that are first seen within this share of the range are not taken for new. */
  private static final int SETTLED_PART = 40;

  /** Count, first start, last start. */
  private final Map<String, long[]> versions = new HashMap<>();

  private long spans;

  void add(SpanBatch batch, RowSet rows) {
    TextColumn column = new TextColumn(batch, VERSION);
    long[] starts = LongColumn.of(batch.column(SpanField.Intrinsic.START), batch.rows());
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      String version = column.text(row);
      spans++;
      if (versions.size() < MOST_VERSIONS || versions.containsKey(version)) {
        long start = starts[row];
        long[] of = versions.computeIfAbsent(version, it -> new long[] {0, start, start});
        of[0]++;
        of[1] = Math.min(of[1], start);
        of[2] = Math.max(of[2], start);
      }
    }
  }

  /**
   * @param rangeNanos how long the range is
   */
  Versions answer(long rangeNanos, SpanSource.Inspected inspected) {
    long first = versions.values().stream().mapToLong(of -> of[1]).min().orElse(0);
    long settled = first + rangeNanos / SETTLED_PART;
    List<Version> list =
        versions.entrySet().stream()
            .map(
                it ->
                    new Version(
                        it.getKey(),
                        it.getValue()[0],
                        it.getValue()[1],
                        it.getValue()[2],
                        it.getValue()[1] > settled))
            .sorted(Comparator.comparingLong(Version::firstNanos).thenComparing(Version::version))
            .toList();
    return new Versions(list, spans, inspected);
  }

  /**
   * One version.
   *
   * @param version empty for spans that name none
   * @param spans that were served
   * @param firstNanos when the first one began, since the epoch, and {@code lastNanos} the last
   * @param isNew whether other versions had been seen for a while when the first one began
   */
  record Version(String version, long spans, long firstNanos, long lastNanos, boolean isNew) {}

  /**
   * Versions by when they were first seen in the range.
   *
   * @param spans of all versions
   */
  record Versions(List<Version> list, long spans, SpanSource.Inspected inspected) {}
}
