package dev.sextant.api.service;

import dev.sextant.api.metric.MetricReader;
import dev.sextant.metrics.model.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Calls, errors and durations by some key, over steps and as a whole. A rate divides by the time
 * that has data, so that a service which began an hour into a day's range shows its true rate.
 */
final class CallFigures {
  /** Calls per step and failed calls per step; NaN where there is no data. */
  private static final class Calls {
    private final double[] all;
    private final double[] failed;

    private Calls(int steps) {
      all = new double[steps];
      Arrays.fill(all, Double.NaN);
      failed = new double[steps];
    }
  }

  private final Steps steps;
  private final Map<String, Calls> calls = new TreeMap<>();
  private final Map<String, double[]> p95 = new HashMap<>();
  private final Map<String, double[]> quantiles = new HashMap<>();

  private CallFigures(Steps steps) {
    this.steps = steps;
  }

  /**
   * What to ask for.
   *
   * @param calls selector of the counter of calls
   * @param failedCalls selector of the counter of failed calls
   * @param buckets selector of the duration's buckets
   * @param by labels to group by
   * @param key makes the key from such labels; null leaves a series out
   */
  record Question(
      String calls,
      String failedCalls,
      String buckets,
      String by,
      Function<Labels, @org.jspecify.annotations.Nullable String> key) {}

  static CallFigures ask(MetricReader reader, String tenant, Steps steps, Question question) {
    CallFigures figures = new CallFigures(steps);
    String sum = "sum by (" + question.by + ") (increase(";
    String window = "[" + steps.step() + "]))";
    figures.add(figures.rows(reader, tenant, sum + question.calls + window), question, false);
    figures.add(figures.rows(reader, tenant, sum + question.failedCalls + window), question, true);
    String leBy = question.by.isEmpty() ? "le" : question.by + ", le";
    String buckets = "sum by (" + leBy + ") (increase(" + question.buckets;
    String perStep = "histogram_quantile(0.95, " + buckets + window + ")";
    for (MetricReader.Row row : figures.rows(reader, tenant, perStep)) {
      String key = question.key.apply(row.labels());
      if (key != null) {
        figures.p95.put(key, row.values());
      }
    }
    double[] wanted = {0.5, 0.95, 0.99};
    for (int i = 0; i < wanted.length; i++) {
      String whole =
          "histogram_quantile(" + wanted[i] + ", " + buckets + "[" + steps.range() + "])))";
      for (MetricReader.Value value : reader.instant(tenant, whole, steps.endMillis())) {
        String key = question.key.apply(value.labels());
        if (key != null) {
          figures.quantiles.computeIfAbsent(key, none -> nans(3))[i] = value.value();
        }
      }
    }
    return figures;
  }

  private static double[] nans(int count) {
    double[] values = new double[count];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private List<MetricReader.Row> rows(MetricReader reader, String tenant, String expression) {
    return reader.range(
        tenant, expression, steps.startMillis(), steps.endMillis(), steps.stepMillis());
  }

  private void add(List<MetricReader.Row> rows, Question question, boolean failed) {
    for (MetricReader.Row row : rows) {
      String key = question.key.apply(row.labels());
      if (key == null) {
        continue;
      }
      Calls sum = calls.computeIfAbsent(key, none -> new Calls(steps.count()));
      double[] target = failed ? sum.failed : sum.all;
      for (int i = 0; i < target.length && i < row.values().length; i++) {
        double value = row.values()[i];
        if (!Double.isNaN(value)) {
          target[i] = (Double.isNaN(target[i]) ? 0 : target[i]) + value;
        }
      }
    }
  }

  /** Keys that have any figure, sorted. */
  List<String> keys() {
    return List.copyOf(calls.keySet());
  }

  /** How many calls there were in all. */
  double total(String key) {
    Calls found = calls.get(key);
    return found == null ? 0 : Arrays.stream(found.all).filter(it -> !Double.isNaN(it)).sum();
  }

  Red red(String key) {
    Calls found = calls.get(key);
    if (found == null) {
      return Red.NONE;
    }
    long covered = Arrays.stream(found.all).filter(it -> !Double.isNaN(it)).count();
    double all = total(key);
    double failed = Arrays.stream(found.failed).sum();
    double[] q = quantiles.getOrDefault(key, nans(3));
    double rate = covered == 0 ? Double.NaN : all / (covered * steps.stepMillis() / 1000.0);
    return new Red(rate, all > 0 ? Math.min(1, failed / all) : Double.NaN, q[0], q[1], q[2]);
  }

  Sparkline rate(String key) {
    Calls found = calls.get(key);
    double[] values = found == null ? nans(steps.count()) : found.all.clone();
    double seconds = steps.stepMillis() / 1000.0;
    return line(Arrays.stream(values).map(it -> it / seconds).toArray());
  }

  /** The share of failed calls at each step that has calls. */
  Sparkline errors(String key) {
    Calls found = calls.get(key);
    double[] values = nans(steps.count());
    for (int i = 0; found != null && i < values.length; i++) {
      if (found.all[i] > 0) {
        values[i] = Math.min(1, found.failed[i] / found.all[i]);
      }
    }
    return line(values);
  }

  /** Failed calls per second at each step. */
  Sparkline failedRate(String key) {
    Calls found = calls.get(key);
    double seconds = steps.stepMillis() / 1000.0;
    return line(
        found == null
            ? nans(steps.count())
            : Arrays.stream(found.failed).map(it -> it / seconds).toArray());
  }

  Sparkline p95(String key) {
    return line(p95.getOrDefault(key, nans(steps.count())));
  }

  private Sparkline line(double[] values) {
    return new Sparkline(steps.startMillis(), steps.stepMillis(), values);
  }
}
