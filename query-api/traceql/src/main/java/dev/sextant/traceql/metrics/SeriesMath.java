package dev.sextant.traceql.metrics;

import dev.sextant.traceql.MetricsAnswer.Exemplar;
import dev.sextant.traceql.MetricsAnswer.Series;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.MetricsExpr.MathOp;
import dev.sextant.traceql.exec.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic between series with the same labels, their names aside. A side without labels stands
 * for every series of the other. Where a side has no sample there is none, nor where it would be
 * divided by zero, and a series without samples is none. Exemplars then stand for what is computed;
 * those of a side that stands for every series are left out. With a number a series keeps its name.
 */
final class SeriesMath {
  private static final String NAME = "__name__";

  private final Execution execution;
  private final MathOp op;

  SeriesMath(Execution execution, MathOp op) {
    this.execution = execution;
    this.op = op;
  }

  List<Series> apply(List<Series> left, List<Series> right) {
    Map<Set<NamedValue>, Series> lefts = byLabels(left);
    Map<Set<NamedValue>, Series> rights = byLabels(right);
    Map<Set<NamedValue>, Series> each = rights.containsKey(Set.of()) ? lefts : rights;
    List<Series> results = new ArrayList<>();
    for (Set<NamedValue> labels : each.keySet()) {
      Series a = match(lefts, labels);
      Series b = match(rights, labels);
      if (a != null && b != null) {
        results.add(apply(a, b));
      }
    }
    return Stages.withSamples(results);
  }

  /** With the same number on the left at all times. */
  List<Series> apply(double left, List<Series> right) {
    return withNumber(right, value -> result(left, value));
  }

  /** With the same number on the right at all times. */
  List<Series> apply(List<Series> left, double right) {
    return withNumber(left, value -> result(value, right));
  }

  private List<Series> withNumber(List<Series> series, DoubleUnaryOperator operation) {
    List<Series> results = new ArrayList<>();
    for (Series one : series) {
      execution.checkpoint();
      double[] values = one.values();
      Arrays.setAll(values, i -> operation.applyAsDouble(values[i]));
      results.add(new Series(one.labels(), values, computed(one.exemplars())));
    }
    return Stages.withSamples(results);
  }

  /** Without numbers of their own. */
  private static List<Exemplar> computed(List<Exemplar> exemplars) {
    return exemplars.stream()
        .map(one -> new Exemplar(one.labels(), Double.NaN, one.timeNanos()))
        .toList();
  }

  private static Map<Set<NamedValue>, Series> byLabels(List<Series> series) {
    Map<Set<NamedValue>, Series> byLabels = new LinkedHashMap<>();
    series.forEach(one -> byLabels.put(new HashSet<>(withoutName(one)), one));
    return byLabels;
  }

  private static List<NamedValue> withoutName(Series series) {
    return series.labels().stream().filter(label -> !label.name().equals(NAME)).toList();
  }

  private static @Nullable Series match(
      Map<Set<NamedValue>, Series> series, Set<NamedValue> labels) {
    Series same = series.get(labels);
    return same != null ? same : series.get(Set.of());
  }

  private Series apply(Series a, Series b) {
    execution.checkpoint();
    int length = a.values().length;
    execution.reserve(64 + 8L * length);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = result(a.values()[i], b.values()[i]);
    }
    return new Series(labels(a, b), values, exemplars(a, b));
  }

  private static List<Exemplar> exemplars(Series a, Series b) {
    boolean oneHasLabels = !withoutName(a).isEmpty() || !withoutName(b).isEmpty();
    List<Exemplar> exemplars = new ArrayList<>();
    for (Series side : List.of(a, b)) {
      if (!oneHasLabels || !withoutName(side).isEmpty()) {
        exemplars.addAll(computed(side.exemplars()));
      }
    }
    exemplars.sort(Comparator.comparingLong(Exemplar::timeNanos));
    return exemplars;
  }

  private double result(double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> b == 0 ? Double.NaN : a / b;
    };
  }

  private List<NamedValue> labels(Series a, Series b) {
    List<NamedValue> labels = new ArrayList<>();
    Value first = name(a);
    Value second = name(b);
    if (first != Value.NIL && second != Value.NIL) {
      String name = "(" + first.text() + " " + op.symbol() + " " + second.text() + ")";
      labels.add(new NamedValue(NAME, new Value.Text(name)));
    }
    labels.addAll(withoutName(a));
    withoutName(b).stream().filter(label -> !labels.contains(label)).forEach(labels::add);
    return labels;
  }

  private static Value name(Series series) {
    return series.labels().stream()
        .filter(label -> label.name().equals(NAME))
        .map(NamedValue::value)
        .findFirst()
        .orElse(Value.NIL);
  }
}
