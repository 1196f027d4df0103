package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.histogram.ClassicQuantile;
import dev.sextant.promql.step.LabelSets;
import dev.sextant.promql.step.Notices;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of histograms: {@code histogram_quantile}, {@code histogram_quantiles} and {@code
 * histogram_fraction}, over classic buckets and native histograms alike.
 *
 * @param label that tells several figures apart; empty where there is one
 */
record QuantileOp(
    List<QuantileFigures.Figure> figures, String label, VectorOp vector, Span vectorSpan)
    implements VectorOp {
  private static final String BUCKET_LABEL = "le";

  /** What a series' labels take, near enough to bound memory by. */
  private static final int LABELS_BYTES = 256;

  /** What shares all labels but the bucket's. */
  private static final class Group {
    final Labels labels;
    final List<StepSeries> buckets = new ArrayList<>();
    double[] bounds = new double[8];
    final List<StepSeries> histograms = new ArrayList<>(1);

    Group(Labels labels) {
      this.labels = labels;
    }

    void addBucket(StepSeries series, double bound) {
      if (buckets.size() == bounds.length) {
        bounds = Arrays.copyOf(bounds, bounds.length * 2);
      }
      bounds[buckets.size()] = bound;
      buckets.add(series);
    }
  }

  @Override
  public SeriesStream open(Execution execution, Steps steps) {
    Notices notices = execution.noticesAt(vectorSpan);
    List<QuantileFigures.Prepared> prepared = new ArrayList<>();
    for (QuantileFigures.Figure figure : figures) {
      prepared.add(figure.prepare(execution, steps, notices));
    }
    List<Group> groups = new ArrayList<>(groups(execution, steps, notices).values());
    int[] at = {0};
    return () -> {
      while (at[0] < groups.size() * prepared.size()) {
        execution.checkpoint();
        Group group = groups.get(at[0] / prepared.size());
        QuantileFigures.Prepared figure = prepared.get(at[0] % prepared.size());
        at[0]++;
        StepSeries out = evaluate(group, figure, steps, notices);
        if (!out.isEmpty()) {
          return out;
        }
      }
      prepared.forEach(QuantileFigures.Prepared::finish);
      return null;
    };
  }

  private Map<Labels, Group> groups(Execution execution, Steps steps, Notices notices) {
    Map<Labels, Group> groups = new LinkedHashMap<>();
    boolean named = execution.options().delayedNameRemoval();
    try (SeriesStream in = vector.open(execution, steps)) {
      for (StepSeries series = in.next(); series != null; series = in.next()) {
        execution.checkpoint();
        execution.hold(steps.count());
        execution.keep(LABELS_BYTES);
        Labels labels = named ? series.labels() : LabelSets.withoutName(series.labels());
        assign(series, labels, groups, notices);
      }
    }
    return groups;
  }

  private static void assign(
      StepSeries series, Labels labels, Map<Labels, Group> groups, Notices notices) {
    if (series.hasHistograms()) {
      groups.computeIfAbsent(labels, Group::new).histograms.add(series);
    }
    boolean anyFloat = false;
    for (int i = 0; i < series.steps() && !anyFloat; i++) {
      anyFloat = series.isFloat(i);
    }
    if (!anyFloat) {
      return;
    }
    String text = labels.get(BUCKET_LABEL);
    double bound = bound(text);
    if (Double.isNaN(bound)) {
      notices.warning(
          "bucket label \"le\" is missing or has a malformed value of \""
              + text
              + "\""
              + QuantileFigures.forMetric(labels.metricName()));
      return;
    }
    groups.computeIfAbsent(labels.without(BUCKET_LABEL), Group::new).addBucket(series, bound);
  }

  /** The value of a bucket label, NaN where it is none. */
  private static double bound(String text) {
    return switch (text) {
      case "+Inf", "Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        boolean number =
            text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0);
        try {
          yield number && !text.isEmpty() ? Double.parseDouble(text) : Double.NaN;
        } catch (NumberFormatException e) {
          yield Double.NaN;
        }
      }
    };
  }

  private StepSeries evaluate(
      Group group, QuantileFigures.Prepared figure, Steps steps, Notices notices) {
    String name = group.labels.metricName();
    Labels labels = label.isEmpty() ? group.labels : group.labels.with(label, figure.labelValue());
    StepSeries out = StepSeries.empty(labels, true, steps.count());
    ClassicQuantile buckets = new ClassicQuantile();
    for (int i = 0; i < steps.count(); i++) {
      buckets.clear();
      for (int b = 0; b < group.buckets.size(); b++) {
        StepSeries bucket = group.buckets.get(b);
        if (bucket.isFloat(i)) {
          buckets.add(group.bounds[b], bucket.value(i));
        }
      }
      NativeHistogram histogram = null;
      for (StepSeries series : group.histograms) {
        histogram = series.histogram(i) == null ? histogram : series.histogram(i);
      }
      if (histogram != null && !buckets.isEmpty()) {
        notices.warning(
            "vector contains a mix of classic and native histograms"
                + QuantileFigures.forMetric(name));
      } else if (histogram != null) {
        out.set(i, figure.nativeHistogram(histogram, i, name));
      } else if (!buckets.isEmpty()) {
        out.set(i, figure.classic(buckets, i, name));
      }
    }
    return out;
  }
}
