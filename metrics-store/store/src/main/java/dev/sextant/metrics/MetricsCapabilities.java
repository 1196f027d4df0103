package dev.sextant.metrics;

/**
 * What a metrics store can do; all false is the least.
 *
 * @param outOfOrder whether a sample older than its series' newest is taken
 */
public record MetricsCapabilities(
    boolean nativeHistograms,
    boolean exemplars,
    boolean metadata,
    boolean startTimestamps,
    boolean outOfOrder) {
  public static final MetricsCapabilities LEAST =
      new MetricsCapabilities(false, false, false, false, false);
}
