package dev.sextant.alerting;

import java.util.Collection;

/** Takes the series that rules write. */
@FunctionalInterface
public interface SeriesWriter {
  /**
   * Offers samples at one instant; whether they were stored shows in the store's own metrics. Does
   * not block.
   *
   * @param timeMillis since the epoch
   */
  void write(long timeMillis, Collection<RuleQuery.Sample> samples);
}
