package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.field.BatchColumns;
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
  private final boolean powers;
  private final List<Found> found = new ArrayList<>();

  /**
   * An exemplar that does not know its series yet.
   *
   * @param power of its number, or {@link Measure#NO_POWER}
   * @param value its number; NaN where spans are counted
   */
  record Found(int group, int power, double value, List<NamedValue> labels, long timeNanos) {}

  /**
   * @param references what labels tell, beside the trace's id
   * @param measure null where spans are counted
   * @param powers whether only numbers that have a power are measured
   */
  FoundExemplars(
      MetricsContext context,
      Set<Reference> references,
      @Nullable Measure measure,
      boolean powers) {
    this.context = context;
    this.references =
        references.stream().filter(reference -> reference != Intrinsic.TRACE_ID).toList();
    this.measure = measure;
    this.powers = powers;
  }

  List<Found> found() {
    return found;
  }

  /**
   * @param groups bound to these rows, and so is the measure
   */
  void add(BatchColumns columns, RowSet rows, long[] starts, Groups groups) {
    ExemplarSlots slots = context.exemplars();
    if (!slots.areOpen()) {
      return;
    }
    long[] traceHigh = columns.batch().traceHigh();
    long[] traceLow = columns.batch().traceLow();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (slots.wants(starts[row])
          && groups.ofRow(row) != KeyIds.NO_ID
          && isMeasured(row)
          && slots.take(starts[row], traceHigh[row], traceLow[row])) {
        String trace = TraceIdText.of(traceHigh[row], traceLow[row]);
        found.add(found(columns, row, trace, starts[row], groups.ofRow(row)));
      }
    }
  }

  private boolean isMeasured(int row) {
    return measure == null
        || (powers ? measure.power(row) != Measure.NO_POWER : !Double.isNaN(measure.exemplar(row)));
  }

  private Found found(BatchColumns columns, int row, String trace, long time, int group) {
    List<NamedValue> labels = new ArrayList<>();
    labels.add(new NamedValue(Intrinsic.TRACE_ID.text(), new Value.Text(trace)));
    for (Reference reference : references) {
      Value value = new ReferenceValues(reference, columns).first(row);
      if (value != Value.NIL) {
        labels.add(new NamedValue(reference.text(), value));
      }
    }
    return new Found(
        group,
        measure == null ? Measure.NO_POWER : measure.power(row),
        measure == null ? Double.NaN : measure.exemplar(row),
        labels,
        time);
  }
}
