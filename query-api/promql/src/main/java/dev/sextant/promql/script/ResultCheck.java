package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.QueryResult;
import dev.sextant.promql.print.GoNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

  /** Holds what a range gave at one time against what an instant query should give there. */
  @Nullable String problemAt(long timeMillis, QueryResult.Matrix matrix) {
    List<Labels> labels = new ArrayList<>();
    List<Point> points = new ArrayList<>();
    for (QueryResult.Series series : matrix.series()) {
      Point point = points(series).get(timeMillis);
      if (point != null) {
        labels.add(series.labels());
        points.add(point);
      }
    }
    if (eval.scalar() != null) {
      boolean one = points.size() == 1 && points.getFirst() instanceof Point.Number;
      return one ? scalar(((Point.Number) points.getFirst()).value()) : "expected " + expected();
    }
    return vector(labels, points);
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
    if (eval.scalar() != null || eval.text() != null || eval.rangeVector()) {
      return "expected " + expected() + " but got " + vector.labels();
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < vector.size(); i++) {
      points.add(Comparison.point(vector.values()[i], vector.histogram(i)));
    }
    return vector(vector.labels(), points);
  }

  private @Nullable String vector(List<Labels> found, List<Point> points) {
    List<Labels> wanted = new ArrayList<>(eval.series().keySet());
    if (eval.ordered() && !wanted.equals(found)) {
      return "expected " + expected() + " in this order but got " + found;
    }
    for (int i = 0; i < found.size(); i++) {
      List<Point> expected = eval.series().get(found.get(i));
      if (expected == null) {
        return "expected no series " + found.get(i) + " but got it with " + points.get(i);
      }
      if (!Comparison.matches(expected.getFirst(), points.get(i))) {
        return found.get(i) + ": expected " + expected.getFirst() + " but got " + points.get(i);
      }
    }
    return found.size() == wanted.size() && new HashSet<>(found).size() == found.size()
        ? null
        : "expected " + expected() + " but got " + found;
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

  private static Map<Long, Point> points(QueryResult.Series series) {
    Map<Long, Point> points = new HashMap<>();
    for (int i = 0; i < series.floats().length; i++) {
      points.put(series.floatTimes()[i], new Point.Number(series.floats()[i]));
    }
    for (int i = 0; i < series.histograms().length; i++) {
      points.put(series.histogramTimes()[i], new Point.Histogram(series.histograms()[i], true));
    }
    return points;
  }

  private @Nullable String series(List<Point> wanted, QueryResult.Series series) {
    Map<Long, Point> actual = points(series);
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
