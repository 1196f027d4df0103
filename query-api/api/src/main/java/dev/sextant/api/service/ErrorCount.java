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
import org.jspecify.annotations.Nullable;

/** Groups spans by their exception. For one question. */
final class ErrorCount {
  /** Groups that are told apart while spans are read. */
  static final int MOST_GROUPS = 2_000;

  private final Map<ErrorColumns.Thrown, ErrorGroup> groups = new HashMap<>();
  private long spans;

  void add(SpanBatch batch, RowSet rows) {
    ErrorColumns columns = new ErrorColumns(batch);
    TextColumn names = new TextColumn(batch, SpanField.Intrinsic.NAME);
    long[] starts = LongColumn.of(batch.column(SpanField.Intrinsic.START), batch.rows());
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      ErrorColumns.Thrown sent = columns.thrown(row);
      ErrorColumns.Thrown key =
          new ErrorColumns.Thrown(
              StatementText.cut(sent.type(), MessageText.LONGEST), MessageText.of(sent.message()));
      ErrorGroup before = groups.get(key);
      spans++;
      if (before != null && starts[row] < before.lastNanos()) {
        groups.put(key, older(before, starts[row]));
      } else if (before != null || groups.size() < MOST_GROUPS) {
        groups.put(key, newest(before, key, batch, row, columns, names, starts[row]));
      }
    }
  }

  private static ErrorGroup newest(
      @Nullable ErrorGroup before,
      ErrorColumns.Thrown key,
      SpanBatch batch,
      int row,
      ErrorColumns columns,
      TextColumn names,
      long start) {
    return new ErrorGroup(
        key.type(),
        key.message(),
        columns.frame(row),
        before == null ? 1 : before.spans() + 1,
        before == null ? start : Math.min(before.firstNanos(), start),
        start,
        names.text(row),
        Example.of(batch, row));
  }

  private static ErrorGroup older(ErrorGroup group, long start) {
    return new ErrorGroup(
        group.type(),
        group.message(),
        group.frame(),
        group.spans() + 1,
        Math.min(group.firstNanos(), start),
        group.lastNanos(),
        group.operation(),
        group.newest());
  }

  /**
   * @param limit groups that are told apart, those with the most spans
   */
  Errors answer(int limit, SpanSource.Inspected inspected) {
    List<ErrorGroup> most =
        groups.values().stream()
            .sorted(
                Comparator.comparingLong((ErrorGroup it) -> -it.spans())
                    .thenComparing(ErrorGroup::type)
                    .thenComparing(ErrorGroup::message))
            .limit(limit)
            .toList();
    long told = most.stream().mapToLong(ErrorGroup::spans).sum();
    return new Errors(most, spans, spans - told, inspected);
  }

  /**
   * A service's spans that failed or recorded an exception.
   *
   * @param groups most spans first
   * @param spans all of them
   * @param other of these, those in no group
   */
  record Errors(List<ErrorGroup> groups, long spans, long other, SpanSource.Inspected inspected) {}
}
