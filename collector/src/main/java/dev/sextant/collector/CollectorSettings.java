package dev.sextant.collector;

import dev.sextant.collector.derive.DeriveSettings;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.jaeger.JaegerSampling;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.storage.otlp.OtlpLimits;
import java.time.Duration;

/**
 * How the collector is set up.
 *
 * @param bodies bounds of single bodies
 * @param bodiesInFlight bound of all bodies together, in bytes
 * @param otlp bounds of OTLP's rows; its times are ignored
 * @param series bounds of labels and histograms
 * @param knownSeries memory for series that receivers met lately and need not decode again, in
 *     bytes; half for each protocol; {@code ingest.known-series}
 * @param traceRetention how old a span may be on arrival; likewise for metrics and logs
 * @param jaeger what clients that ask are told to sample; {@code ingest.jaeger.sampling}
 * @param skyWalkingInstances whose properties are remembered; {@code
 *     ingest.skywalking.max-instances}
 */
public record CollectorSettings(
    BodyLimits bodies,
    long bodiesInFlight,
    OtlpLimits otlp,
    SeriesLimits series,
    long knownSeries,
    Duration traceRetention,
    Duration metricRetention,
    Duration logRetention,
    DeriveSettings derive,
    JaegerSampling jaeger,
    int skyWalkingInstances) {
  public static final String TRACE_RETENTION = "traces.retention";
  public static final String METRIC_RETENTION = "metrics.retention";
  public static final String LOG_RETENTION = "logs.retention";

  /**
   * A quarter of the heap for bodies in flight, 64 MiB for known series, 7 days of traces and logs,
   * 15 of metrics.
   */
  public static final CollectorSettings DEFAULT =
      new CollectorSettings(
          BodyLimits.DEFAULT,
          Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 4),
          OtlpLimits.DEFAULT,
          SeriesLimits.DEFAULT,
          64L << 20,
          Duration.ofDays(7),
          Duration.ofDays(15),
          Duration.ofDays(7),
          DeriveSettings.DEFAULT,
          JaegerSampling.ALL,
          4096);

  public CollectorSettings withRetention(Duration traces, Duration metrics, Duration logs) {
    return new CollectorSettings(
        bodies,
        bodiesInFlight,
        otlp,
        series,
        knownSeries,
        traces,
        metrics,
        logs,
        derive,
        jaeger,
        skyWalkingInstances);
  }
}
