package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.MetricsAnswer.Series;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.field.CompiledFilter;
import dev.sextant.traceql.field.Conversion;
import dev.sextant.traceql.field.ReferenceValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code compare}: how often each attribute has which value, among the spans that a filter selects
 * and among the others. Durations, times and ids are not compared, every one being different.
 */
final class CompareSeries {
  private static final int MAX_ATTRIBUTES = 2_000;
  private static final List<Intrinsic> INTRINSICS =
      List.of(
          Intrinsic.NAME,
          Intrinsic.STATUS,
          Intrinsic.STATUS_MESSAGE,
          Intrinsic.KIND,
          Intrinsic.ROOT_NAME,
          Intrinsic.ROOT_SERVICE_NAME,
          Intrinsic.EVENT_NAME,
          Intrinsic.INSTRUMENTATION_NAME,
          Intrinsic.INSTRUMENTATION_VERSION);

  private final MetricsContext context;
  private final MetricsFunction.Compare compare;
  private final CompiledFilter selection;
  private final List<Reference> references;
  private final SpanStream spans;
  private final Map<Reference, ValueCounts> baseline = new LinkedHashMap<>();
  private final Map<Reference, ValueCounts> selected = new LinkedHashMap<>();

  CompareSeries(MetricsContext context, Pipeline pipeline, MetricsFunction.Compare compare) {
    this.context = context;
    this.compare = compare;
    this.selection = CompiledFilter.of(compare.selection().condition());
    this.references = references();
    Set<SpanField> fields = new HashSet<>(selection.fields());
    references.forEach(reference -> fields.addAll(reference.fields()));
    this.spans = new SpanStream(context, pipeline, fields);
  }

  private List<Reference> references() {
    List<Reference> all = new ArrayList<>(INTRINSICS);
    TimeGrid grid = context.grid();
    if (grid.count() == 0) {
      return all;
    }
    List<SpanField.Attribute> attributes =
        context
            .source()
            .attributes(
                grid.afterNanos() + 1,
                grid.lastNanos(),
                EnumSet.allOf(SpanField.Scope.class),
                MAX_ATTRIBUTES + 1,
                context.execution()::checkpoint);
    if (attributes.size() > MAX_ATTRIBUTES) {
      context.note(
          "spans have more than %d attributes, of which these were compared; take a shorter range"
              .formatted(MAX_ATTRIBUTES));
    }
    for (SpanField.Attribute attribute :
        attributes.subList(0, Math.min(MAX_ATTRIBUTES, attributes.size()))) {
      if (!attribute.key().isEmpty()) {
        all.add(new Attribute(scope(attribute.scope()), attribute.key()));
      }
    }
    return all;
  }

  private static Attribute.Scope scope(SpanField.Scope scope) {
    return switch (scope) {
      case SPAN -> Attribute.Scope.SPAN;
      case RESOURCE -> Attribute.Scope.RESOURCE;
      case EVENT -> Attribute.Scope.EVENT;
      case LINK -> Attribute.Scope.LINK;
      case INSTRUMENTATION -> Attribute.Scope.INSTRUMENTATION;
    };
  }

  List<Series> run() {
    spans.read(this::accept);
    List<Series> series = new ArrayList<>();
    addValues("baseline", baseline, series);
    addValues("selection", selected, series);
    for (Reference reference : references) {
      if (isCut(baseline.get(reference)) || isCut(selected.get(reference))) {
        double[] none = new double[context.grid().count()];
        Arrays.fill(none, Double.NaN);
        series.add(series("__meta_error", "__too_many_values__", reference, Value.NIL, none));
      }
    }
    addTotals("baseline_total", baseline, series);
    addTotals("selection_total", selected, series);
    return series;
  }

  private void accept(SpanBatch batch, RowSet rows, long[] starts) {
    RowSet candidates = rows.copy();
    MetricsFunction.Range range = compare.range();
    if (range != null) {
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (starts[row] < range.startNanos() || starts[row] >= range.endNanos()) {
          candidates.remove(row);
        }
      }
    }
    RowSet inSelection = selection.rows(batch::column, candidates);
    for (Reference reference : references) {
      context.execution().checkpoint();
      SpanColumn column = batch.column(reference.fields().getFirst());
      switch (column) {
        case SpanColumn.Absent absent -> {}
        case SpanColumn.Coded coded -> countCoded(reference, coded, rows, inSelection, starts);
        default -> countEach(reference, batch, rows, inSelection, starts);
      }
    }
  }

  private void countEach(
      Reference reference, SpanBatch batch, RowSet rows, RowSet inSelection, long[] starts) {
    ReferenceValues values = new ReferenceValues(reference, batch::column);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      for (Value value : values.distinct(row)) {
        counts(reference, inSelection.get(row)).of(value).add(context.grid().bucket(starts[row]));
      }
    }
  }

  /** Looks a value up once for each place in the dictionary. */
  private void countCoded(
      Reference reference,
      SpanColumn.Coded column,
      RowSet rows,
      RowSet inSelection,
      long[] starts) {
    int[] codes = column.codes();
    List<SpanValue> dictionary = column.dictionary();
    ValueCounts.Counter[] known = new ValueCounts.Counter[2 * dictionary.size()];
    TimeGrid.Cursor cursor = context.grid().cursor();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int code = codes[row];
      if (code >= 0) {
        boolean isSelected = inSelection.get(row);
        int place = 2 * code + (isSelected ? 1 : 0);
        ValueCounts.Counter counter = known[place];
        if (counter == null) {
          counter =
              counts(reference, isSelected).of(Conversion.value(reference, dictionary.get(code)));
          known[place] = counter;
        }
        counter.add(cursor.bucket(starts[row]));
      }
    }
  }

  private ValueCounts counts(Reference reference, boolean isSelected) {
    return (isSelected ? selected : baseline)
        .computeIfAbsent(
            reference, key -> new ValueCounts(context.execution(), context.grid().count()));
  }

  private boolean isCut(@Nullable ValueCounts counts) {
    return counts != null && counts.size() > compare.topN();
  }

  private void addValues(String type, Map<Reference, ValueCounts> counts, List<Series> series) {
    counts.forEach(
        (reference, values) -> {
          for (Value value : values.top(compare.topN())) {
            series.add(series("__meta_type", type, reference, value, values.counts(value)));
          }
        });
  }

  private static void addTotals(
      String type, Map<Reference, ValueCounts> counts, List<Series> series) {
    counts.forEach(
        (reference, values) ->
            series.add(series("__meta_type", type, reference, Value.NIL, values.totals())));
  }

  private static Series series(
      String meta, String type, Reference reference, Value value, double[] values) {
    return new Series(
        List.of(
            new NamedValue(meta, new Value.Text(type)), new NamedValue(reference.text(), value)),
        values,
        List.of());
  }
}
