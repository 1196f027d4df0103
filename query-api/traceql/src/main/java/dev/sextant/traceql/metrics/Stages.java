package dev.sextant.traceql.metrics;

import dev.sextant.traceql.MetricsAnswer.Series;
import dev.sextant.traceql.ast.MetricsStage;
import dev.sextant.traceql.exec.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What follows a metrics function: each takes series and gives fewer, or with fewer samples. */
final class Stages {
  private Stages() {}

  /** Writes into the series it is given. */
  static List<Series> apply(MetricsStage stage, List<Series> series, Execution execution) {
    execution.checkpoint();
    switch (stage) {
      case MetricsStage.Rank rank -> {
        if (series.size() <= rank.limit()) {
          return series;
        }
        rank(rank, series, execution);
      }
      case MetricsStage.Threshold threshold ->
          series.forEach(
              one -> {
                execution.checkpoint();
                filter(threshold, one.values());
              });
    }
    return withSamples(series);
  }

  /** Without those that have no sample. */
  static List<Series> withSamples(List<Series> series) {
    return series.stream().filter(one -> hasSample(one.values())).toList();
  }

  private static boolean hasSample(double[] values) {
    return Arrays.stream(values).anyMatch(value -> !Double.isNaN(value));
  }

  private static void filter(MetricsStage.Threshold threshold, double[] values) {
    double constant = threshold.value();
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      boolean holds =
          switch (threshold.op()) {
            case EQUAL -> value == constant;
            case NOT_EQUAL -> value != constant;
            case LESS -> value < constant;
            case LESS_OR_EQUAL -> value <= constant;
            case GREATER -> value > constant;
            case GREATER_OR_EQUAL -> value >= constant;
          };
      values[i] = holds ? value : Double.NaN;
    }
  }

  /** At each time keeps the first of the series by value; of equals those that stand first. */
  private static void rank(MetricsStage.Rank rank, List<Series> series, Execution execution) {
    List<Series> inOrder = new ArrayList<>(series);
    inOrder.sort(SeriesOrder.ORDER);
    int times = inOrder.getFirst().values().length;
    for (int time = 0; time < times; time++) {
      execution.checkpoint();
      rank(rank, inOrder, time);
    }
  }

  private static void rank(MetricsStage.Rank rank, List<Series> inOrder, int time) {
    List<Series> present = new ArrayList<>();
    for (Series one : inOrder) {
      if (!Double.isNaN(one.values()[time])) {
        present.add(one);
      }
    }
    present.sort(
        (a, b) -> {
          double x = a.values()[time];
          double y = b.values()[time];
          int order = x < y ? -1 : x > y ? 1 : 0;
          return rank.bottom() ? order : -order;
        });
    for (int i = rank.limit(); i < present.size(); i++) {
      present.get(i).values()[time] = Double.NaN;
    }
  }
}
