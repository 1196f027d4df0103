package dev.sextant.api.service;

import dev.sextant.api.metric.MetricReader;
import dev.sextant.metrics.model.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls, errors and durations by some labels, over steps and as a whole. A rate divides by the time
 * that has data, so that a service which began an hour into a day's range shows its true rate.
 */
final class CallFigures {
  /** The quantiles of a {@link Red}. */
  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  /** Calls per step and failed calls per step; NaN where there is no data. */
  private static final class Calls {
    private final double[] all;
    private final double[] failed;

    private Calls(int steps) {
      all = nans(steps);
      failed = new double[steps];
    }

    /**
     * The step in which figures begin holds but their first value where nothing was called in it,
     * which covers no time.
     */
    private void beginWithCalls() {
      int first = 0;
      while (first < all.length && Double.isNaN(all[first])) {
        first++;
      }
      if (first > 0 && first < all.length && all[first] == 0) {
        all[first] = Double.NaN;
      }
    }
  }

  private final Steps steps;
  private final Map<Labels, Calls> calls = new TreeMap<>();
  private final Map<Labels, double[]> p95 = new HashMap<>();
  private final Map<Labels, double[]> quantiles = new HashMap<>();

  private CallFigures(Steps steps) {
    this.steps = steps;
  }

  /**
   * What to ask for.
   *
   * @param calls selector of the counter of calls
   * @param failedCalls selector of the counter of failed calls
   * @param buckets selector of the durations' buckets
   * @param by labels to group by; figures are kept under these
   */
  record Question(String calls, String failedCalls, String buckets, List<String> by) {}

  static CallFigures ask(MetricReader reader, String tenant, Steps steps, Question question) {
    CallFigures figures = new CallFigures(steps);
    String sum = "sum by (" + String.join(", ", question.by) + ") (";
    String calls = sum + increase(question.calls, steps.step()) + ")";
    String failed = sum + increase(question.failedCalls, steps.step()) + ")";
    figures.rows(reader, tenant, calls).forEach(row -> figures.add(row, false));
    figures.rows(reader, tenant, failed).forEach(row -> figures.add(row, true));
    figures.calls.values().forEach(Calls::beginWithCalls);
    for (MetricReader.Row row :
        figures.rows(reader, tenant, quantile(0.95, question, steps.step()))) {
      figures.p95.put(row.labels(), row.values());
    }
    for (int i = 0; i < QUANTILES.length; i++) {
      String whole = quantile(QUANTILES[i], question, steps.range());
      for (MetricReader.Value value : reader.instant(tenant, whole, steps.endMillis())) {
        figures.quantiles.computeIfAbsent(value.labels(), none -> nans(QUANTILES.length))[i] =
            value.value();
      }
    }
    return figures;
  }

  /** From bound to bound, as {@link EdgeSeries} asks, so that rare calls are not lost between. */
  private static String increase(String selector, String window) {
    return "increase(" + selector + "[" + window + "] anchored)";
  }

  private static String quantile(double quantile, Question question, String window) {
    String by = String.join(", ", question.by) + (question.by.isEmpty() ? "le" : ", le");
    String buckets = increase(question.buckets, window);
    return "histogram_quantile(" + quantile + ", sum by (" + by + ") (" + buckets + "))";
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

  private void add(MetricReader.Row row, boolean failed) {
    Calls sum = calls.computeIfAbsent(row.labels(), none -> new Calls(steps.count()));
    double[] values = row.values();
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        continue;
      }
      if (failed) {
        sum.failed[i] = values[i];
      } else {
        sum.all[i] = values[i];
      }
    }
  }

  /** Labels that have any figure, sorted. */
  List<Labels> keys() {
    return List.copyOf(calls.keySet());
  }

  /** How many steps have data. */
  long covered(Labels key) {
    Calls found = calls.get(key);
    return found == null ? 0 : Arrays.stream(found.all).filter(it -> !Double.isNaN(it)).count();
  }

  /** How many calls there were in all. */
  double total(Labels key) {
    Calls found = calls.get(key);
    return found == null ? 0 : Arrays.stream(found.all).filter(it -> !Double.isNaN(it)).sum();
  }

  Red red(Labels key) {
    Calls found = calls.get(key);
    if (found == null) {
      return Red.NONE;
    }
    long covered = covered(key);
    double all = total(key);
    double failed = Arrays.stream(found.failed).sum();
    double[] q = quantiles.getOrDefault(key, nans(QUANTILES.length));
    double rate = covered == 0 ? Double.NaN : all / (covered * steps.stepMillis() / 1000.0);
    return new Red(rate, all > 0 ? Math.min(1, failed / all) : Double.NaN, q[0], q[1], q[2]);
  }

  Sparkline rate(Labels key) {
    Calls found = calls.get(key);
    double[] values = found == null ? nans(steps.count()) : found.all.clone();
    double seconds = steps.stepMillis() / 1000.0;
    return line(Arrays.stream(values).map(it -> it / seconds).toArray());
  }

  /** The share of failed calls at each step that has calls. */
  Sparkline errors(Labels key) {
    Calls found = calls.get(key);
    double[] values = nans(steps.count());
    for (int i = 0; found != null && i < values.length; i++) {
      if (found.all[i] > 0) {
        values[i] = Math.min(1, found.failed[i] / found.all[i]);
      }
    }
    return line(values);
  }

  /** Failed calls per second at each step that has data. */
  Sparkline failedRate(Labels key) {
    Calls found = calls.get(key);
    double[] values = nans(steps.count());
    double seconds = steps.stepMillis() / 1000.0;
    for (int i = 0; found != null && i < values.length; i++) {
      if (!Double.isNaN(found.all[i])) {
        values[i] = found.failed[i] / seconds;
      }
    }
    return line(values);
  }

  Sparkline p95(Labels key) {
    return line(p95.getOrDefault(key, nans(steps.count())));
  }

  private Sparkline line(double[] values) {
    return new Sparkline(steps.startMillis(), steps.stepMillis(), values);
  }
}
