package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.field.ReferenceValues;
import dev.sextant.traceql.field.TraceIdText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes exemplars of one metrics function out of batches. For one thread. */
final class FoundExemplars {
  private final MetricsContext context;
  private final List<Reference> references;
  private final @Nullable Measure measure;
  private final List<Found> found = new ArrayList<>();

  /**
   * An exemplar that does not know its series yet.
   *
   * @param power of its number, or {@link Measure#NO_POWER}
   * @param value its number; NaN where spans are counted
   */
  record Found(
      int group, int power, int bucket, double value, List<NamedValue> labels, long timeNanos) {}

  /**
   * @param references what labels tell, beside the trace's id
   * @param measure null where spans are counted
   */
  FoundExemplars(MetricsContext context, Set<Reference> references, @Nullable Measure measure) {
    this.context = context;
    this.references =
        references.stream().filter(reference -> reference != Intrinsic.TRACE_ID).toList();
    this.measure = measure;
  }

  List<Found> found() {
    return found;
  }

  /**
   * @param groups bound to these rows, and so is the measure
   */
  void add(SpanBatch batch, RowSet rows, long[] starts, Groups groups) {
    ExemplarSlots slots = context.exemplars();
    if (!slots.areOpen()) {
      return;
    }
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (slots.wants(starts[row])
          && groups.ofRow(row) != KeyIds.NO_ID
          && (measure == null || !Double.isNaN(measure.exemplar(row)))
          && slots.take(starts[row], batch.traceHigh()[row], batch.traceLow()[row])) {
        found.add(found(batch, row, starts[row], groups.ofRow(row)));
      }
    }
  }

  private Found found(SpanBatch batch, int row, long time, int group) {
    List<NamedValue> labels = new ArrayList<>();
    String trace = TraceIdText.of(batch.traceHigh()[row], batch.traceLow()[row]);
    labels.add(new NamedValue(Intrinsic.TRACE_ID.text(), new Value.Text(trace)));
    for (Reference reference : references) {
      Value value = new ReferenceValues(reference, batch::column).first(row);
      if (value != Value.NIL) {
        labels.add(new NamedValue(reference.text(), value));
      }
    }
    return new Found(
        group,
        measure == null ? Measure.NO_POWER : measure.power(row),
        context.grid().bucket(time),
        measure == null ? Double.NaN : measure.exemplar(row),
        labels,
        time);
  }
}
