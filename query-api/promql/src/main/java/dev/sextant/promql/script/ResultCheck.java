package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.QueryResult;
import dev.sextant.promql.print.GoNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a result against what an evaluation expects. */
final class ResultCheck {
  private final Eval eval;

  ResultCheck(Eval eval) {
    this.eval = eval;
  }

  /** Null where the result is as expected, else what is not. */
  @Nullable String problem(QueryResult result) {
    return switch (result) {
      case QueryResult.Scalar scalar -> scalar(scalar.value());
      case QueryResult.Text text ->
          text.value().equals(eval.text())
              ? null
              : "expected " + expected() + " but got the string \"" + text.value() + "\"";
      case QueryResult.Vector vector -> vector(vector);
      case QueryResult.Matrix matrix -> matrix(matrix);
    };
  }

  private String expected() {
    if (eval.text() != null) {
      return "the string \"" + eval.text() + "\"";
    }
    Double scalar = eval.scalar();
    return scalar != null
        ? "the scalar " + GoNumbers.general(scalar)
        : "the series " + eval.series().keySet();
  }

  private @Nullable String scalar(double value) {
    Double wanted = eval.scalar();
    return wanted != null && Comparison.almostEqual(wanted, value)
        ? null
        : "expected " + expected() + " but got the scalar " + GoNumbers.general(value);
  }

  private @Nullable String vector(QueryResult.Vector vector) {
    List<Labels> wanted = new ArrayList<>(eval.series().keySet());
    boolean other = eval.scalar() != null || eval.text() != null || eval.rangeVector();
    if (other || (eval.ordered() && !wanted.equals(vector.labels()))) {
      return "expected "
          + expected()
          + (eval.ordered() ? " in this order" : "")
          + " but got "
          + vector.labels();
    }
    for (int i = 0; i < vector.size(); i++) {
      Labels labels = vector.labels().get(i);
      Point actual = Comparison.point(vector.values()[i], vector.histogram(i));
      List<Point> points = eval.series().get(labels);
      if (points == null) {
        return "expected no series " + labels + " but got it with " + actual;
      }
      if (!Comparison.matches(points.getFirst(), actual)) {
        return labels + ": expected " + points.getFirst() + " but got " + actual;
      }
    }
    return vector.size() == wanted.size()
        ? null
        : "expected " + expected() + " but got " + vector.labels();
  }

  private @Nullable String matrix(QueryResult.Matrix matrix) {
    if (eval.scalar() != null || eval.text() != null) {
      return "expected " + expected() + " but got samples over time";
    }
    for (QueryResult.Series series : matrix.series()) {
      List<Point> points = eval.series().get(series.labels());
      if (points == null) {
        return "expected no series " + series.labels() + " but got it";
      }
      String problem = series(points, series);
      if (problem != null) {
        return series.labels() + ": " + problem;
      }
    }
    return missing(matrix);
  }

  private @Nullable String missing(QueryResult.Matrix matrix) {
    List<Labels> found = matrix.series().stream().map(QueryResult.Series::labels).toList();
    for (int i = 1; i < found.size(); i++) {
      if (found.get(i - 1).compareTo(found.get(i)) >= 0) {
        return "expected series sorted by labels but got " + found;
      }
    }
    for (Map.Entry<Labels, List<Point>> wanted : eval.series().entrySet()) {
      boolean any = wanted.getValue().stream().anyMatch(point -> point != Point.GAP);
      if (any && !found.contains(wanted.getKey())) {
        return "expected series " + wanted.getKey() + " but got only " + found;
      }
    }
    return null;
  }

  private @Nullable String series(List<Point> wanted, QueryResult.Series series) {
    Map<Long, Point> actual = new HashMap<>();
    for (int i = 0; i < series.floats().length; i++) {
      actual.put(series.floatTimes()[i], new Point.Number(series.floats()[i]));
    }
    for (int i = 0; i < series.histograms().length; i++) {
      actual.put(series.histogramTimes()[i], new Point.Histogram(series.histograms()[i], true));
    }
    for (int i = 0; i < wanted.size(); i++) {
      long time = eval.grid().startMillis() + i * eval.grid().stepMillis();
      Point point = actual.getOrDefault(time, Point.GAP);
      actual.remove(time);
      if (!Comparison.matches(wanted.get(i), point)) {
        return "at " + time / 1000.0 + " s expected " + wanted.get(i) + " but got " + point;
      }
    }
    return actual.isEmpty() ? null : "expected nothing more but got, by milliseconds, " + actual;
  }
}
