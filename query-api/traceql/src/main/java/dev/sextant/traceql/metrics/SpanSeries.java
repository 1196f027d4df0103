package dev.sextant.traceql.metrics;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanField;
import dev.sextant.traceql.MetricsAnswer.Exemplar;
import dev.sextant.traceql.MetricsAnswer.Series;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.exec.References;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One metrics function over the spans that a pipeline leaves. For one thread. */
final class SpanSeries {
  private static final String NAME = "__name__";
  private static final String BUCKET = "__bucket";
  private static final String QUANTILE = "p";

  private final MetricsContext context;
  private final MetricsFunction function;
  private final Groups groups;
  private final @Nullable Measure measure;
  private final Accumulator accumulator;
  private final FoundExemplars exemplars;
  private final SpanStream spans;

  SpanSeries(MetricsContext context, Pipeline pipeline, MetricsFunction function) {
    this.context = context;
    this.function = function;
    this.groups = new Groups(function.by().stream().distinct().toList(), context.maxSeries());
    Reference of = measured(function);
    this.measure = of == null ? null : new Measure(of);
    this.accumulator = accumulator(function, measure);
    Set<Reference> references = new LinkedHashSet<>(References.of(pipeline));
    references.addAll(function.by());
    if (of != null) {
      references.add(of);
    }
    this.exemplars = new FoundExemplars(context, references, measure);
    Set<SpanField> fields = new HashSet<>();
    function.by().forEach(by -> fields.addAll(KeyIds.fields(by)));
    references.forEach(reference -> fields.addAll(reference.fields()));
    this.spans = new SpanStream(context, pipeline, fields);
  }

  private static @Nullable Reference measured(MetricsFunction function) {
    return switch (function) {
      case MetricsFunction.Count count -> null;
      case MetricsFunction.OverTime over -> over.of();
      case MetricsFunction.Histogram histogram -> histogram.of();
      case MetricsFunction.Quantile quantile -> quantile.of();
      case MetricsFunction.Compare compare ->
          throw new IllegalArgumentException("compare is no function of one number");
    };
  }

  private Accumulator accumulator(MetricsFunction function, @Nullable Measure of) {
    if (of == null) {
      return new Counts(context.grid(), context.cells(0));
    }
    if (!(function instanceof MetricsFunction.OverTime over)) {
      return new Powers(context.grid(), context.cells(0), of);
    }
    return switch (over.op()) {
      case MIN, MAX ->
          new Extremes(
              context.grid(), context.cells(Double.NaN), of, over.op() == Aggregate.Op.MIN);
      case SUM, AVG ->
          new Sums(context.grid(), context.cells(0), context.cells(0), context.cells(0), of);
    };
  }

  List<Series> run() {
    spans.read(this::accept);
    if (groups.overflowed()) {
      context.tooManySeries();
    }
    List<Series> series = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      add(group, series);
    }
    return series;
  }

  private void accept(SpanBatch batch, RowSet rows, long[] starts) {
    groups.bind(batch::column, rows);
    if (measure != null) {
      measure.bind(batch::column);
    }
    accumulator.add(rows, starts, groups);
    exemplars.add(batch, rows, starts, groups);
  }

  private void add(int group, List<Series> series) {
    switch (accumulator) {
      case Counts counts -> {
        double[] cells = counts.cells().get(group);
        if (cells != null) {
          series.add(counted(group, cells));
        } else if (function.by().isEmpty() && context.grid().count() > 0) {
          series.add(counted(group, new double[context.grid().count()]));
        }
      }
      case Extremes extremes -> addNumbers(group, extremes.cells().get(group), series);
      case Sums sums -> addNumbers(group, sums.result(group, isAverage()), series);
      case Powers powers -> {
        if (function instanceof MetricsFunction.Quantile quantile) {
          addQuantiles(quantile, group, powers.of(group), series);
        } else {
          addHistogram(group, powers.of(group), series);
        }
      }
    }
  }

  private boolean isAverage() {
    return function instanceof MetricsFunction.OverTime over && over.op() == Aggregate.Op.AVG;
  }

  private Series counted(int group, double[] counts) {
    if (function instanceof MetricsFunction.Count count && count.rate()) {
      double seconds = context.grid().stepNanos() / 1e9;
      for (int i = 0; i < counts.length; i++) {
        counts[i] /= seconds;
      }
    }
    return new Series(named(group), counts, exemplars(group, Measure.NO_POWER, counts));
  }

  private void addNumbers(int group, double @Nullable [] numbers, List<Series> series) {
    if (numbers != null) {
      series.add(new Series(named(group), numbers, exemplars(group, Measure.NO_POWER, numbers)));
    }
  }

  private List<NamedValue> named(int group) {
    return function.by().isEmpty()
        ? List.of(new NamedValue(NAME, new Value.Text(function.name())))
        : groups.labels(group, List.of());
  }

  private void addHistogram(int group, List<Powers.Power> powers, List<Series> series) {
    for (Powers.Power power : powers) {
      Value top = new Value.Decimal(measure().top(power.power()));
      series.add(
          new Series(
              groups.labels(group, List.of(new NamedValue(BUCKET, top))),
              power.counts(),
              exemplars(group, power.power(), power.counts())));
    }
  }

  private void addQuantiles(
      MetricsFunction.Quantile quantile,
      int group,
      List<Powers.Power> powers,
      List<Series> series) {
    if (powers.isEmpty()) {
      return;
    }
    List<Exemplar> unplaced = exemplars(group, Measure.NO_POWER, new double[0]);
    for (double q : quantile.quantiles()) {
      context.execution().reserve(64 + 8L * context.grid().count());
      double[] values = new double[context.grid().count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = PowerQuantile.of(q, powers, i, measure());
      }
      series.add(
          new Series(
              groups.labels(group, List.of(new NamedValue(QUANTILE, new Value.Decimal(q)))),
              values,
              // All of a group's stand with its first quantile.
              unplaced));
      unplaced = List.of();
    }
  }

  private Measure measure() {
    if (measure == null) {
      throw new IllegalStateException(function.name() + " measures nothing");
    }
    return measure;
  }

  /**
   * Exemplars of a series by time.
   *
   * @param power of their numbers; {@link Measure#NO_POWER} for all of the group
   * @param samples that those without a number of their own take theirs from
   */
  private List<Exemplar> exemplars(int group, int power, double[] samples) {
    return exemplars.found().stream()
        .filter(found -> found.group() == group)
        .filter(found -> power == Measure.NO_POWER || found.power() == power)
        .map(
            found ->
                new Exemplar(
                    found.labels(),
                    Double.isNaN(found.value()) ? samples[found.bucket()] : found.value(),
                    found.timeNanos()))
        .sorted(Comparator.comparingLong(Exemplar::timeNanos))
        .toList();
  }
}
