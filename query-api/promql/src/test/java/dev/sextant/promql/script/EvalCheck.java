package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.Annotation;
import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromException;
import dev.sextant.promql.QueryResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Runs one evaluation and holds its answer against what is expected. */
final class EvalCheck {
  private final PromEngine engine;
  private final SeriesSource source;
  private final Eval eval;

  EvalCheck(PromEngine engine, SeriesSource source, Eval eval) {
    this.engine = engine;
    this.source = source;
    this.eval = eval;
  }

  /** Null where everything is as expected, else the first thing that is not. */
  String problem() {
    PromAnswer answer;
    try {
      answer = run();
    } catch (PromException e) {
      if (!eval.fails) {
        return "failed: " + e.getMessage();
      }
      String message = e.getMessage().replaceFirst("^\\d+:\\d+: parse error: ", "");
      boolean expected = eval.failure.test(e.getMessage()) || eval.failure.test(message);
      return expected ? null : "failed otherwise: " + e.getMessage();
    } catch (RuntimeException e) {
      StackTraceElement[] trace = e.getStackTrace();
      return "crashed: " + e + (trace.length > 0 ? " at " + trace[0] : "");
    }
    if (eval.fails) {
      return "should have failed";
    }
    String problem = annotations(answer.annotations());
    return problem != null ? problem : result(answer.value());
  }

  private PromAnswer run() {
    if (eval.instant) {
      long time = eval.rangeVector ? eval.endMillis : eval.startMillis;
      return engine.query(source, eval.query, time);
    }
    return engine.queryRange(source, eval.query, eval.startMillis, eval.endMillis, eval.stepMillis);
  }

  private String annotations(List<Annotation> found) {
    List<String> warnings = new ArrayList<>();
    List<String> infos = new ArrayList<>();
    for (Annotation annotation : found) {
      (annotation.warning() ? warnings : infos).add(annotation.text());
    }
    String problem = annotations("warning", eval.warnings, eval.noWarning, warnings);
    return problem != null ? problem : annotations("info", eval.infos, eval.noInfo, infos);
  }

  private static String annotations(
      String kind, List<Predicate<String>> wanted, boolean none, List<String> found) {
    if (none && !found.isEmpty()) {
      return "unexpected " + kind + " " + found;
    }
    for (Predicate<String> one : wanted) {
      if (found.stream().noneMatch(one)) {
        return "missing " + kind + ", got " + found;
      }
    }
    for (String text : found) {
      if (!wanted.isEmpty() && wanted.stream().noneMatch(one -> one.test(text))) {
        return "unexpected " + kind + " " + text;
      }
    }
    return null;
  }

  private String result(QueryResult result) {
    return switch (result) {
      case QueryResult.Scalar scalar -> {
        boolean right = eval.scalar != null && Comparison.almostEqual(eval.scalar, scalar.value());
        yield right ? null : "expected scalar " + eval.scalar + " but got " + scalar.value();
      }
      case QueryResult.Text text ->
          text.value().equals(eval.text)
              ? null
              : "expected " + eval.text + " but got " + text.value();
      case QueryResult.Vector vector -> vector(vector);
      case QueryResult.Matrix matrix -> matrix(matrix);
    };
  }

  private String vector(QueryResult.Vector vector) {
    List<Labels> wanted = List.copyOf(eval.series.keySet());
    if (eval.ordered && !wanted.equals(vector.labels())) {
      return "expected order " + wanted + " but got " + vector.labels();
    }
    if (eval.scalar != null) {
      return "expected a scalar";
    }
    for (int i = 0; i < vector.size(); i++) {
      List<Point> points = eval.series.get(vector.labels().get(i));
      if (points == null) {
        return "unexpected series " + vector.labels().get(i);
      }
      NativeHistogram histogram = vector.histogram(i);
      String problem =
          Comparison.difference(
              points.getFirst(), histogram == null ? vector.values()[i] : null, histogram);
      if (problem != null) {
        return vector.labels().get(i) + ": " + problem;
      }
    }
    return vector.size() == wanted.size()
        ? null
        : "expected series " + wanted + " but got " + vector.labels();
  }

  private String matrix(QueryResult.Matrix matrix) {
    for (QueryResult.Series series : matrix.series()) {
      List<Point> points = eval.series.get(series.labels());
      if (points == null) {
        return "unexpected series " + series.labels();
      }
      String problem = series(points, series);
      if (problem != null) {
        return series.labels() + ": " + problem;
      }
    }
    long wanted =
        eval.series.values().stream()
            .filter(points -> points.stream().anyMatch(p -> !p.gap()))
            .count();
    return matrix.series().size() == wanted
        ? null
        : "expected series " + eval.series.keySet() + " but got " + matrix.series().size();
  }

  private String series(List<Point> points, QueryResult.Series series) {
    Map<Long, Double> floats = new HashMap<>();
    Map<Long, NativeHistogram> histograms = new HashMap<>();
    for (int i = 0; i < series.floats().length; i++) {
      floats.put(series.floatTimes()[i], series.floats()[i]);
    }
    for (int i = 0; i < series.histograms().length; i++) {
      histograms.put(series.histogramTimes()[i], series.histograms()[i]);
    }
    int wanted = 0;
    for (int i = 0; i < points.size(); i++) {
      long time = eval.startMillis + i * eval.stepMillis;
      Point point = points.get(i);
      if (point.gap()) {
        continue;
      }
      wanted++;
      String problem = Comparison.difference(point, floats.get(time), histograms.get(time));
      if (problem != null) {
        return "at " + time + ": " + problem;
      }
    }
    int found = floats.size() + histograms.size();
    return found == wanted
        ? null
        : "expected " + wanted + " points but got " + found + " " + new java.util.TreeMap<>(floats);
  }
}
