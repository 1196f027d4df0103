package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.exec.LongColumn;
import dev.sextant.traceql.exec.References;
import dev.sextant.traceql.field.BatchColumns;
import dev.sextant.traceql.spanset.CompiledPipeline;
import dev.sextant.traceql.spanset.Spanset;
import dev.sextant.traceql.spanset.TraceBatch;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The spans that a pipeline leaves in a grid's time, a batch at a time. Where it judges each span
 * by itself, spans are read as they lie, else whole traces.
 */
final class SpanStream {
  /** What a trace gives its spans. */
  private static final Set<SpanField.Intrinsic> OF_TRACES =
      EnumSet.range(SpanField.Intrinsic.ROOT_NAME, SpanField.Intrinsic.NESTED_SET_PARENT);

  private final MetricsContext context;
  private final CompiledPipeline pipeline;
  private final Set<SpanField> fields = new HashSet<>();
  private final boolean byTraces;

  /** Takes the rows that are left, at least one. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param starts of all rows, nanoseconds since the epoch
     */
    void accept(BatchColumns columns, RowSet rows, long[] starts);
  }

  /**
   * @param more what the sink asks of batches, and the pipeline does not
   */
  SpanStream(MetricsContext context, Pipeline pipeline, Set<SpanField> more) {
    this.context = context;
    this.pipeline = CompiledPipeline.of(pipeline);
    fields.add(SpanField.Intrinsic.START);
    fields.addAll(more);
    for (Reference reference : References.of(pipeline)) {
      fields.addAll(reference.fields());
    }
    this.byTraces =
        !this.pipeline.judgesSpansAlone() || fields.stream().anyMatch(OF_TRACES::contains);
  }

  void read(Sink sink) {
    TimeGrid grid = context.grid();
    if (grid.count() == 0) {
      return;
    }
    List<SpanCondition> needs = byTraces ? pipeline.needs() : List.of(pipeline.need());
    SpanRequest request =
        new SpanRequest(
            byTraces ? SpanRequest.Unit.TRACES : SpanRequest.Unit.SPANS,
            grid.afterNanos() + 1,
            grid.lastNanos(),
            needs.stream().filter(need -> !need.equals(SpanCondition.ALL)).toList(),
            fields,
            context.execution()::checkpoint);
    context.read(
        request,
        batch -> {
          context.execution().checkpoint();
          context.execution().look(batch.rows());
          accept(batch, sink);
          return true;
        });
  }

  private void accept(SpanBatch batch, Sink sink) {
    BatchColumns columns = new BatchColumns(batch, context.execution());
    RowSet rows = byTraces ? ofTraces(batch) : pipeline.spans(columns, batch.rows());
    if (rows.isEmpty()) {
      return;
    }
    long[] starts = LongColumn.of(batch.column(SpanField.Intrinsic.START), batch.rows());
    if (!isCovered(starts, batch.rows())) {
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (!context.grid().covers(starts[row])) {
          rows.remove(row);
        }
      }
    }
    if (!rows.isEmpty()) {
      sink.accept(columns, rows, starts);
    }
  }

  private boolean isCovered(long[] starts, int rows) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int row = 0; row < rows; row++) {
      least = Math.min(least, starts[row]);
      greatest = Math.max(greatest, starts[row]);
    }
    return context.grid().covers(least) && context.grid().covers(greatest);
  }

  private RowSet ofTraces(SpanBatch batch) {
    context.countTraces(batch.traces());
    RowSet rows = RowSet.none(batch.rows());
    try (TraceBatch traces = new TraceBatch(batch, context.execution())) {
      for (Spanset spanset : pipeline.run(traces)) {
        for (int row : spanset.rows()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }
}
