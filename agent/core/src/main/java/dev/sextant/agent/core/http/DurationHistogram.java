package dev.sextant.agent.core.http;

import dev.sextant.agent.core.telemetry.Telemetry;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.util.Arrays;
import java.util.List;

/** Histograms of durations in seconds, with the bounds the semantic conventions advise. */
public final class DurationHistogram {
  private static final List<Double> HTTP_BOUNDS =
      Arrays.asList(
          0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
  private static final List<Double> DB_BOUNDS =
      Arrays.asList(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

  private DurationHistogram() {}

  static DoubleHistogram http(String name) {
    return of(name, HTTP_BOUNDS);
  }

  public static DoubleHistogram database(String name) {
    return of(name, DB_BOUNDS);
  }

  private static DoubleHistogram of(String name, List<Double> bounds) {
    return Telemetry.meter("metrics")
        .histogramBuilder(name)
        .setUnit("s")
        .setExplicitBucketBoundariesAdvice(bounds)
        .build();
  }
}
