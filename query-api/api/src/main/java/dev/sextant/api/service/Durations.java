package dev.sextant.api.service;

import java.util.Map;
import java.util.TreeMap;

/** Durations as the buckets of one or more classic histograms, added up. For one thread. */
final class Durations {
  /** Cumulative counts by upper bound in seconds. */
  private final TreeMap<Double, Double> buckets = new TreeMap<>();

  private double sum;
  private double count;

  void bucket(String le, double cumulative) {
    double bound =
        le.equals("+Inf") ? Double.POSITIVE_INFINITY : le.isEmpty() ? 0 : Double.parseDouble(le);
    buckets.merge(bound, cumulative, Double::sum);
  }

  void sum(double seconds) {
    sum += seconds;
  }

  void count(double observed) {
    count += observed;
  }

  void add(Durations other) {
    other.buckets.forEach((bound, cumulative) -> buckets.merge(bound, cumulative, Double::sum));
    sum += other.sum;
    count += other.count;
  }

  /** In seconds; NaN of none. */
  double mean() {
    return count > 0 ? sum / count : Double.NaN;
  }

  /**
   * In seconds, with durations spread evenly in each bucket as {@code histogram_quantile} has it;
   * NaN of none.
   */
  double quantile(double share) {
    double all = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
    double rank = share * all;
    double lower = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      if (all > 0 && bucket.getValue() >= rank) {
        double inside = bucket.getValue() - below;
        return bucket.getKey().isInfinite()
            ? lower
            : lower + (bucket.getKey() - lower) * (inside > 0 ? (rank - below) / inside : 0);
      }
      lower = bucket.getKey();
      below = Math.max(below, bucket.getValue());
    }
    return Double.NaN;
  }
}
