package dev.sextant.api.metric;

import dev.sextant.api.access.CurrentCancellation;
import dev.sextant.metrics.MetricsStore;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleCursor;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.Cancellation;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromQuery;
import dev.sextant.promql.QueryResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@link MetricReader}'s questions with the PromQL engine over the metrics store. */
public final class EngineMetricReader implements MetricReader {
  private final PromEngine engine;
  private final MetricsStore store;

  public EngineMetricReader(PromEngine engine, MetricsStore store) {
    this.engine = engine;
    this.store = store;
  }

  /** The same, for expressions that use {@code anchored}, whatever users' may. */
  public EngineMetricReader withExtendedRanges() {
    return new EngineMetricReader(engine.withOptions(engine.options().withExtendedRanges()), store);
  }

  private static Cancellation cancellation() {
    return CurrentCancellation.current()::getAsBoolean;
  }

  @Override
  public List<Value> instant(String tenant, String expression, long timeMillis) {
    return elements(tenant, expression, timeMillis).stream()
        .filter(element -> element.histogram() == null)
        .map(element -> new Value(element.labels(), element.value()))
        .toList();
  }

  /**
   * One element of an instant vector.
   *
   * @param value 0 where there is a histogram
   */
  public record Element(Labels labels, double value, @Nullable NativeHistogram histogram) {}

  /** Histograms included, unlike {@link #instant}. */
  public List<Element> elements(String tenant, String expression, long timeMillis) {
    PromQuery query = engine.parse(expression);
    QueryResult result =
        engine.query(store.query(tenant), query, timeMillis, cancellation()).value();
    List<Element> elements = new ArrayList<>();
    switch (result) {
      case QueryResult.Vector vector -> {
        for (int i = 0; i < vector.size(); i++) {
          NativeHistogram histogram = vector.histogram(i);
          double value = histogram == null ? vector.values()[i] : 0;
          elements.add(new Element(vector.labels().get(i), value, histogram));
        }
      }
      case QueryResult.Scalar scalar ->
          elements.add(new Element(Labels.EMPTY, scalar.value(), null));
      case QueryResult.Text text ->
          throw new IllegalArgumentException("'" + expression + "' gives a string");
      case QueryResult.Matrix matrix ->
          throw new IllegalArgumentException("'" + expression + "' gives a matrix");
    }
    return elements;
  }

  @Override
  public List<Row> range(
      String tenant, String expression, long startMillis, long endMillis, long stepMillis) {
    PromQuery query = engine.parse(expression);
    QueryResult result =
        engine
            .queryRange(
                store.query(tenant), query, startMillis, endMillis, stepMillis, cancellation())
            .value();
    List<Row> rows = new ArrayList<>();
    int steps = (int) ((endMillis - startMillis) / stepMillis) + 1;
    for (QueryResult.Series series : ((QueryResult.Matrix) result).series()) {
      double[] values = new double[steps];
      Arrays.fill(values, Double.NaN);
      for (int i = 0; i < series.floats().length; i++) {
        values[(int) ((series.floatTimes()[i] - startMillis) / stepMillis)] = series.floats()[i];
      }
      rows.add(new Row(series.labels(), values));
    }
    return rows;
  }

  @Override
  public List<Seen> seen(String tenant, String metric, long fromMillis, long toMillis) {
    List<Matcher> matchers = List.of(Matcher.equal(Labels.NAME, metric));
    List<Seen> seen = new ArrayList<>();
    try (SeriesSet set =
        store.query(tenant).select(fromMillis, toMillis, matchers, SeriesSource.Hints.NONE)) {
      while (set.next()) {
        SampleCursor samples = set.samples();
        long last = Long.MIN_VALUE;
        for (SampleCursor.Type type = samples.next();
            type != SampleCursor.Type.NONE;
            type = samples.next()) {
          last = samples.timestampMillis();
        }
        if (last != Long.MIN_VALUE) {
          seen.add(new Seen(set.labels(), last));
        }
      }
    }
    return seen;
  }
}
