package dev.sextant.trace;

import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Answers {@link SpanSource#values} by reading spans. */
public final class SpanValueCounts {
  private SpanValueCounts() {}

  /** As {@link SpanSource#values}, for a source that can read. */
  public static List<SpanValue> of(
      SpanSource source,
      SpanField field,
      long fromNanos,
      long toNanos,
      SpanCondition condition,
      int limit,
      Runnable checkpoint) {
    Set<SpanField> fields = new HashSet<>(CompiledCondition.fields(condition));
    fields.add(field);
    boolean ofTraces = fields.stream().anyMatch(TraceFields::isOne);
    fields.add(SpanField.Intrinsic.START);
    SpanRequest request =
        new SpanRequest(
            ofTraces ? SpanRequest.Unit.TRACES : SpanRequest.Unit.SPANS,
            fromNanos,
            toNanos,
            List.of(condition, new SpanCondition.Present(field)),
            fields,
            checkpoint);
    CompiledCondition compiled = CompiledCondition.of(condition);
    ValueCounts counts = new ValueCounts();
    source.read(
        request,
        batch -> {
          RowSet rows = ofTraces ? within(batch, fromNanos, toNanos) : RowSet.all(batch.rows());
          rows = compiled.rows(batch::column, rows);
          if (!rows.isEmpty()) {
            counts.add(batch.column(field), rows);
          }
          return true;
        });
    return counts.top(limit);
  }

  /** Rows that start between two times. */
  private static RowSet within(SpanBatch batch, long from, long to) {
    RowSet rows = RowSet.none(batch.rows());
    SpanColumn starts = batch.column(SpanField.Intrinsic.START);
    for (int row = 0; row < batch.rows(); row++) {
      if (SpanColumn.value(starts, row) instanceof SpanValue.Int(long start)
          && start >= from
          && start <= to) {
        rows.add(row);
      }
    }
    return rows;
  }
}
