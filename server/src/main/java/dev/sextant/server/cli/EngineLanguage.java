package dev.sextant.server.cli;

import dev.sextant.alerting.unittest.TestLanguage;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.Cancellation;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromException;
import dev.sextant.promql.PromOptions;
import dev.sextant.promql.PromQuery;
import dev.sextant.promql.QueryResult;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramResets;
import dev.sextant.promql.histogram.HistogramText;
import dev.sextant.promql.print.GoNumbers;
import dev.sextant.promql.script.Point;
import dev.sextant.promql.script.SeriesLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine as unit tests of rules use it. */
final class EngineLanguage implements TestLanguage {
  private final PromEngine engine;

  EngineLanguage(PromEngine engine) {
    this.engine = engine;
  }

  /** Histograms carry the reset hints that a store gives them, seen one after another. */
  @Override
  public Input series(String series, String values) {
    SeriesLine line = SeriesLine.of(series, values);
    List<@Nullable Value> read = new ArrayList<>();
    NativeHistogram before = null;
    for (Point point : line.points()) {
      switch (point) {
        case Point.Gap gap -> read.add(null);
        case Point.Number number -> read.add(new Value(number.value(), null));
        case Point.Histogram histogram -> {
          NativeHistogram hinted = HistogramResets.hinted(histogram.histogram(), before);
          read.add(new Value(0, hinted));
          before = histogram.histogram();
        }
      }
    }
    return new Input(line.labels(), read);
  }

  @Override
  public Labels labels(String series) {
    return series.isBlank() ? Labels.EMPTY : SeriesLine.labels(series);
  }

  @Override
  public NativeHistogram histogram(String text) {
    List<Point> points = SeriesLine.of("{}", text).points();
    if (points.size() == 1 && points.getFirst() instanceof Point.Histogram histogram) {
      return histogram.histogram();
    }
    throw new IllegalArgumentException("expected one histogram, but found " + text);
  }

  @Override
  public boolean same(NativeHistogram expected, NativeHistogram got) {
    return text(expected).equals(text(got));
  }

  @Override
  public String text(Value value) {
    NativeHistogram histogram = value.histogram();
    return histogram == null ? GoNumbers.plain(value.number()) : text(histogram);
  }

  private static String text(NativeHistogram histogram) {
    return HistogramText.of(HistogramMath.compact(histogram))
        + " of schema "
        + histogram.schema()
        + " and reset hint "
        + histogram.resetHint();
  }

  @Override
  public void check(String expression) {
    parse(engine, expression);
  }

  private static PromQuery parse(PromEngine engine, String expression) {
    try {
      return engine.parse(expression);
    } catch (PromException.BadData e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public List<Element> query(
      SeriesSource source, String expression, long timeMillis, Duration subqueryStep) {
    PromOptions options = engine.options();
    PromEngine stepped =
        engine.withOptions(
            new PromOptions(
                options.syntax(),
                options.lookback(),
                subqueryStep,
                options.delayedNameRemoval(),
                options.startTimestamps()));
    QueryResult result =
        stepped.query(source, parse(stepped, expression), timeMillis, Cancellation.NONE).value();
    List<Element> elements = new ArrayList<>();
    switch (result) {
      case QueryResult.Scalar scalar ->
          elements.add(new Element(Labels.EMPTY, new Value(scalar.value(), null)));
      case QueryResult.Vector vector -> {
        for (int i = 0; i < vector.size(); i++) {
          elements.add(
              new Element(
                  vector.labels().get(i), new Value(vector.values()[i], vector.histogram(i))));
        }
      }
      case QueryResult.Matrix matrix ->
          throw new IllegalArgumentException("rule result is not a vector or scalar");
      case QueryResult.Text text ->
          throw new IllegalArgumentException("rule result is not a vector or scalar");
    }
    return elements;
  }
}
