package dev.sextant.traceql.metrics;

import java.util.List;

/**
 * A quantile of counts by powers of two, interpolated within its power on a scale of powers, as
 * Tempo's.
 */
final class PowerQuantile {
  private PowerQuantile() {}

  /**
   * @param q between 0 and 1
   * @param powers ascending
   * @param bucket whose counts are read
   * @param measure tells what powers are
   * @return 0 where nothing is counted
   */
  static double of(double q, List<Powers.Power> powers, int bucket, Measure measure) {
    double total = 0;
    for (Powers.Power power : powers) {
      total += power.counts()[bucket];
    }
    if (total == 0) {
      return 0;
    }
    double rank = Math.max(1, Math.ceil(q * total));
    double consumed = 0;
    double before = Double.NaN;
    for (Powers.Power power : powers) {
      double count = power.counts()[bucket];
      if (count == 0) {
        continue;
      }
      if (consumed + count > rank) {
        double low = Double.isNaN(before) ? power.power() - 1 : before;
        double share = (rank - consumed) / count;
        // Powers of a duration are powers of its nanoseconds.
        return measure.top(0) * Math.pow(2, low + (power.power() - low) * share);
      }
      consumed += count;
      if (consumed == rank) {
        return measure.top(power.power());
      }
      before = power.power();
    }
    throw new IllegalStateException("rank %s of %s".formatted(rank, total));
  }
}
