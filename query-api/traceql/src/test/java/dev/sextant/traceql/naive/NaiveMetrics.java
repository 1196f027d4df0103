package dev.sextant.traceql.naive;

import dev.sextant.trace.model.SpanOracle;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Comparison;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.MetricsStage;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Reference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Metrics read literally: for each series and time, the list of spans that count there. */
public final class NaiveMetrics {
  private final SpanOracle spans;
  private final NaiveSpansets spansets;
  private final long[] times;
  private final long step;

  /**
   * @param times ends of buckets, each of which is one step long
   */
  public NaiveMetrics(SpanOracle spans, long[] times, long step) {
    this.spans = spans;
    this.spansets = new NaiveSpansets(spans);
    this.times = times;
    this.step = step;
  }

  /** Values by labels, a missing one NaN. */
  public Map<List<NamedValue>, double[]> run(MetricsExpr expr) {
    return switch (expr) {
      case MetricsExpr.Series series -> series(series.pipeline(), series.function());
      case MetricsExpr.Staged staged -> {
        Map<List<NamedValue>, double[]> series = run(staged.input());
        for (MetricsStage stage : staged.stages()) {
          series = stage(stage, series);
        }
        yield series;
      }
      case MetricsExpr.Math math -> math(math);
      case MetricsExpr.Scalar scalar -> throw new IllegalStateException();
    };
  }

  /** The bucket of each span that the pipeline leaves. */
  private Map<Integer, Integer> left(Pipeline pipeline) {
    Map<Integer, Integer> left = new TreeMap<>();
    for (List<Integer> trace : spans.traces()) {
      for (NaiveSpansets.Spanset spanset : spansets.run(pipeline, trace)) {
        for (int span : spanset.spans()) {
          long start = spans.span(span).startNanos();
          for (int i = 0; i < times.length; i++) {
            if (start > times[i] - step && start <= times[i]) {
              left.put(span, i);
            }
          }
        }
      }
    }
    return left;
  }

  private Map<List<NamedValue>, double[]> series(Pipeline pipeline, MetricsFunction function) {
    Map<Integer, Integer> left = left(pipeline);
    if (function instanceof MetricsFunction.Compare compare) {
      return compare(compare, left);
    }
    Map<List<Value>, List<Integer>> groups = new LinkedHashMap<>();
    for (int span : left.keySet()) {
      groups.computeIfAbsent(group(function.by(), span), key -> new ArrayList<>()).add(span);
    }
    if (groups.isEmpty() && function.by().isEmpty() && times.length > 0) {
      groups.put(List.of(), List.of());
    }
    Map<List<NamedValue>, double[]> series = new HashMap<>();
    groups.forEach(
        (group, members) -> {
          List<List<Integer>> buckets = new ArrayList<>();
          for (int i = 0; i < times.length; i++) {
            int bucket = i;
            buckets.add(members.stream().filter(span -> left.get(span) == bucket).toList());
          }
          add(function, group, buckets, series);
        });
    return series;
  }

  private List<Value> group(List<Reference> by, int span) {
    List<Value> group = new ArrayList<>();
    for (Reference reference : by) {
      List<Value> values = new ArrayList<>();
      if (reference instanceof Attribute(Attribute.Scope scope, String name)
          && scope == Attribute.Scope.ANY) {
        values.addAll(spansets.fields().reference(new Attribute(Attribute.Scope.SPAN, name), span));
        values.addAll(
            spansets.fields().reference(new Attribute(Attribute.Scope.RESOURCE, name), span));
      } else {
        values.addAll(spansets.fields().reference(reference, span));
      }
      group.add(values.stream().filter(v -> !v.equals(Value.NIL)).findFirst().orElse(Value.NIL));
    }
    return group;
  }

  private void add(
      MetricsFunction function,
      List<Value> group,
      List<List<Integer>> buckets,
      Map<List<NamedValue>, double[]> series) {
    switch (function) {
      case MetricsFunction.Count count ->
          series.put(
              labels(function, group, null),
              each(buckets, b -> count.rate() ? b.size() / (step / 1e9) : b.size()));
      case MetricsFunction.OverTime over -> {
        double[] values = each(buckets, bucket -> overTime(over, bucket));
        if (hasSample(values)) {
          series.put(labels(function, group, null), values);
        }
      }
      case MetricsFunction.Histogram histogram -> {
        TreeSet<Double> tops = new TreeSet<>();
        buckets.forEach(bucket -> tops.addAll(tops(histogram.of(), bucket)));
        for (double top : tops) {
          series.put(
              labels(function, group, new NamedValue("__bucket", new Value.Decimal(top))),
              each(buckets, b -> tops(histogram.of(), b).stream().filter(t -> t == top).count()));
        }
      }
      case MetricsFunction.Quantile quantile -> {
        if (buckets.stream().allMatch(bucket -> tops(quantile.of(), bucket).isEmpty())) {
          return;
        }
        for (double q : quantile.quantiles()) {
          series.put(
              labels(function, group, new NamedValue("p", new Value.Decimal(q))),
              each(buckets, bucket -> quantile(q, tops(quantile.of(), bucket))));
        }
      }
      case MetricsFunction.Compare compare -> throw new IllegalStateException();
    }
  }

  private static double[] each(List<List<Integer>> buckets, ToDoubleFunction<List<Integer>> value) {
    return buckets.stream().mapToDouble(value).toArray();
  }

  private static List<NamedValue> labels(
      MetricsFunction function, List<Value> group, NamedValue more) {
    if (group.isEmpty()) {
      return List.of(
          more != null ? more : new NamedValue("__name__", new Value.Text(function.name())));
    }
    List<NamedValue> labels = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      NamedValue label = new NamedValue(function.by().get(i).text(), group.get(i));
      if (!group.get(i).equals(Value.NIL) && !labels.contains(label)) {
        labels.add(label);
      }
    }
    if (more != null) {
      labels.add(more);
    }
    return labels.isEmpty()
        ? List.of(new NamedValue(function.by().getFirst().text(), Value.NIL))
        : labels;
  }

  private Value first(Reference reference, int span) {
    return spansets.fields().reference(reference, span).stream()
        .filter(v -> !v.equals(Value.NIL))
        .findFirst()
        .orElse(Value.NIL);
  }

  private double overTime(MetricsFunction.OverTime over, List<Integer> bucket) {
    List<Double> numbers = new ArrayList<>();
    for (int span : bucket) {
      Value value = first(over.of(), span);
      if (NaiveFields.number(value) != null) {
        double number = NaiveFields.number(value).doubleValue();
        numbers.add(over.of() == Intrinsic.DURATION ? number / 1e9 : number);
      }
    }
    return switch (over.op()) {
      case MIN -> numbers.stream().mapToDouble(n -> n).min().orElse(Double.NaN);
      case MAX -> numbers.stream().mapToDouble(n -> n).max().orElse(Double.NaN);
      case SUM -> numbers.isEmpty() ? Double.NaN : numbers.stream().mapToDouble(n -> n).sum();
      case AVG -> numbers.stream().mapToDouble(n -> n).average().orElse(Double.NaN);
    };
  }

  /** Each whole number rounded up to a power of two; of durations in seconds. */
  private List<Double> tops(Reference of, List<Integer> bucket) {
    List<Double> tops = new ArrayList<>();
    for (int span : bucket) {
      Value value = first(of, span);
      boolean duration = value instanceof Value.Duration;
      if (duration || value instanceof Value.Int) {
        long number = NaiveFields.number(value).longValueExact();
        if (number >= 2) {
          double top = 2;
          while (new BigDecimal(top).compareTo(BigDecimal.valueOf(number)) < 0) {
            top *= 2;
          }
          tops.add(duration ? top / 1e9 : top);
        }
      }
    }
    tops.sort(Comparator.naturalOrder());
    return tops;
  }

  private static double quantile(double q, List<Double> tops) {
    if (tops.isEmpty()) {
      return 0;
    }
    double rank = Math.max(1, Math.ceil(q * tops.size()));
    TreeMap<Double, Integer> counts = new TreeMap<>();
    tops.forEach(top -> counts.merge(top, 1, Integer::sum));
    int consumed = 0;
    for (double top : counts.keySet()) {
      int count = counts.get(top);
      if (consumed + count == rank) {
        return top;
      }
      if (consumed + count > rank) {
        double hi = Math.log(top) / Math.log(2);
        Double previous = counts.lowerKey(top);
        double lo = previous == null ? hi - 1 : Math.log(previous) / Math.log(2);
        return Math.pow(2, lo + (hi - lo) * (rank - consumed) / count);
      }
      consumed += count;
    }
    throw new IllegalStateException();
  }

  private Map<List<NamedValue>, double[]> compare(
      MetricsFunction.Compare compare, Map<Integer, Integer> left) {
    List<Reference> references = new ArrayList<>();
    for (Intrinsic intrinsic :
        List.of(
            Intrinsic.NAME,
            Intrinsic.STATUS,
            Intrinsic.STATUS_MESSAGE,
            Intrinsic.KIND,
            Intrinsic.ROOT_NAME,
            Intrinsic.ROOT_SERVICE_NAME,
            Intrinsic.EVENT_NAME,
            Intrinsic.INSTRUMENTATION_NAME,
            Intrinsic.INSTRUMENTATION_VERSION)) {
      references.add(intrinsic);
    }
    for (String key :
        List.of(
            "http.method",
            "code",
            "ratio",
            "flag",
            "mixed",
            "list",
            "größe",
            "service.name",
            "exception.type")) {
      for (Attribute.Scope scope : Attribute.Scope.values()) {
        if (scope != Attribute.Scope.ANY) {
          references.add(new Attribute(scope, key));
        }
      }
    }
    Map<List<NamedValue>, double[]> series = new HashMap<>();
    for (Reference reference : references) {
      boolean cut = false;
      for (boolean selected : List.of(true, false)) {
        Map<Value, double[]> counts = new HashMap<>();
        double[] totals = new double[times.length];
        left.forEach(
            (span, bucket) -> {
              if (isSelected(compare, span) == selected) {
                Set<Value> values =
                    new LinkedHashSet<>(spansets.fields().reference(reference, span));
                values.remove(Value.NIL);
                if (reference == Intrinsic.STATUS_MESSAGE) {
                  values.remove(new Value.Text(""));
                }
                for (Value value : values) {
                  counts.computeIfAbsent(value, v -> new double[times.length])[bucket]++;
                  totals[bucket]++;
                }
              }
            });
        if (counts.isEmpty()) {
          continue;
        }
        String type = selected ? "selection" : "baseline";
        cut |= counts.size() > compare.topN();
        counts.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Value, double[]>>comparingDouble(
                        e -> -Arrays.stream(e.getValue()).sum())
                    .thenComparing(Map.Entry::getKey, NaiveMetrics::order))
            .limit(compare.topN())
            .forEach(
                e -> series.put(meta("__meta_type", type, reference, e.getKey()), e.getValue()));
        series.put(meta("__meta_type", type + "_total", reference, Value.NIL), totals);
      }
      if (cut) {
        double[] none = new double[times.length];
        Arrays.fill(none, Double.NaN);
        series.put(meta("__meta_error", "__too_many_values__", reference, Value.NIL), none);
      }
    }
    return series;
  }

  /** Numbers first, then by text, then by type. */
  private static int order(Value a, Value b) {
    BigDecimal x = NaiveFields.number(a);
    BigDecimal y = NaiveFields.number(b);
    if ((x == null) != (y == null)) {
      return x != null ? -1 : 1;
    }
    int order = x != null ? x.compareTo(y) : a.text().compareTo(b.text());
    return order != 0 ? order : a.toString().compareTo(b.toString());
  }

  private static List<NamedValue> meta(String name, String type, Reference reference, Value value) {
    return List.of(
        new NamedValue(name, new Value.Text(type)), new NamedValue(reference.text(), value));
  }

  private boolean isSelected(MetricsFunction.Compare compare, int span) {
    long start = spans.span(span).startNanos();
    MetricsFunction.Range range = compare.range();
    if (range != null && (start < range.startNanos() || start >= range.endNanos())) {
      return false;
    }
    return spansets.fields().isTrue(compare.selection().condition(), span);
  }

  private static Map<List<NamedValue>, double[]> stage(
      MetricsStage stage, Map<List<NamedValue>, double[]> series) {
    switch (stage) {
      case MetricsStage.Threshold threshold ->
          series
              .values()
              .forEach(
                  values -> {
                    for (int i = 0; i < values.length; i++) {
                      if (!holds(threshold.op(), values[i], threshold.value())) {
                        values[i] = Double.NaN;
                      }
                    }
                  });
      case MetricsStage.Rank rank -> {
        if (series.size() <= rank.limit()) {
          return series;
        }
        rank(rank, series);
      }
    }
    Map<List<NamedValue>, double[]> kept = new HashMap<>(series);
    kept.values().removeIf(values -> !hasSample(values));
    return kept;
  }

  private static boolean hasSample(double[] values) {
    for (double value : values) {
      if (!Double.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Comparison op, double value, double constant) {
    return switch (op) {
      case EQUAL -> value == constant;
      case NOT_EQUAL -> value != constant && !Double.isNaN(value);
      case LESS -> value < constant;
      case LESS_OR_EQUAL -> value <= constant;
      case GREATER -> value > constant;
      case GREATER_OR_EQUAL -> value >= constant;
    };
  }

  private static void rank(MetricsStage.Rank rank, Map<List<NamedValue>, double[]> series) {
    List<List<NamedValue>> keys = new ArrayList<>(series.keySet());
    keys.sort(NaiveMetrics::orderOfLabels);
    int length = series.values().iterator().next().length;
    for (int i = 0; i < length; i++) {
      int time = i;
      Map<List<NamedValue>, Double> before = new HashMap<>();
      series.forEach((key, values) -> before.put(key, values[time]));
      for (List<NamedValue> key : keys) {
        long better =
            keys.stream()
                .filter(other -> !Double.isNaN(before.get(other)))
                .filter(
                    other -> {
                      double a = before.get(other);
                      double b = before.get(key);
                      return a == b
                          ? keys.indexOf(other) < keys.indexOf(key)
                          : rank.bottom() ? a < b : a > b;
                    })
                .count();
        if (better >= rank.limit()) {
          series.get(key)[time] = Double.NaN;
        }
      }
    }
  }

  static int orderOfLabels(List<NamedValue> a, List<NamedValue> b) {
    int order = Integer.compare(a.size(), b.size());
    for (int i = 0; order == 0 && i < a.size(); i++) {
      order = a.get(i).name().compareTo(b.get(i).name());
      order = order != 0 ? order : order(a.get(i).value(), b.get(i).value());
    }
    return order;
  }

  private Map<List<NamedValue>, double[]> math(MetricsExpr.Math math) {
    if (math.left() instanceof MetricsExpr.Scalar scalar) {
      return scaled(run(math.right()), v -> result(math.op(), scalar.value(), v));
    }
    if (math.right() instanceof MetricsExpr.Scalar scalar) {
      return scaled(run(math.left()), v -> result(math.op(), v, scalar.value()));
    }
    Map<List<NamedValue>, double[]> left = run(math.left());
    Map<List<NamedValue>, double[]> right = run(math.right());
    Map<List<NamedValue>, double[]> results = new HashMap<>();
    for (List<NamedValue> a : left.keySet()) {
      for (List<NamedValue> b : right.keySet()) {
        if (pairs(left.keySet(), right.keySet(), a, b)) {
          double[] values = new double[times.length];
          for (int i = 0; i < times.length; i++) {
            values[i] = result(math.op(), left.get(a)[i], right.get(b)[i]);
          }
          results.put(joined(math.op(), a, b), values);
        }
      }
    }
    results.values().removeIf(values -> !hasSample(values));
    return results;
  }

  /** Identical labels; or one side has none, and the other's have no partner of their own. */
  private static boolean pairs(
      Set<List<NamedValue>> lefts,
      Set<List<NamedValue>> rights,
      List<NamedValue> a,
      List<NamedValue> b) {
    Set<NamedValue> x = Set.copyOf(unnamed(a));
    Set<NamedValue> y = Set.copyOf(unnamed(b));
    if (x.equals(y)) {
      return true;
    }
    boolean leftOwn = rights.stream().anyMatch(r -> Set.copyOf(unnamed(r)).equals(x));
    boolean rightOwn = lefts.stream().anyMatch(l -> Set.copyOf(unnamed(l)).equals(y));
    boolean rightUnlabelled = rights.stream().anyMatch(r -> unnamed(r).isEmpty());
    return (y.isEmpty() && !leftOwn) || (x.isEmpty() && !rightOwn && !rightUnlabelled);
  }

  private static List<NamedValue> unnamed(List<NamedValue> labels) {
    return labels.stream().filter(label -> !label.name().equals("__name__")).toList();
  }

  private static String name(List<NamedValue> labels) {
    return labels.stream()
        .filter(label -> label.name().equals("__name__"))
        .map(label -> label.value().text())
        .findFirst()
        .orElse(null);
  }

  private static List<NamedValue> joined(
      MetricsExpr.MathOp op, List<NamedValue> a, List<NamedValue> b) {
    Set<NamedValue> labels = new LinkedHashSet<>();
    if (name(a) != null && name(b) != null) {
      String name = "(" + name(a) + " " + op.symbol() + " " + name(b) + ")";
      labels.add(new NamedValue("__name__", new Value.Text(name)));
    }
    labels.addAll(unnamed(a));
    labels.addAll(unnamed(b));
    return List.copyOf(labels);
  }

  private static Map<List<NamedValue>, double[]> scaled(
      Map<List<NamedValue>, double[]> series, DoubleUnaryOperator operator) {
    Map<List<NamedValue>, double[]> results = new HashMap<>();
    series.forEach(
        (labels, values) -> results.put(labels, Arrays.stream(values).map(operator).toArray()));
    results.values().removeIf(values -> !hasSample(values));
    return results;
  }

  private static double result(MetricsExpr.MathOp op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> b == 0 ? Double.NaN : a / b;
    };
  }
}
