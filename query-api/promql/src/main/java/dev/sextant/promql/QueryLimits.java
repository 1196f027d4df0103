package dev.sextant.promql;

import java.time.Duration;

/**
 * How much one query may take. An error about a limit names the setting that raises it.
 *
 * @param maxSamples samples held in memory at one time, a native histogram counted by its size;
 *     {@code query.max-samples}
 * @param maxMemoryBytes bytes of samples, of series over steps, of groups and of results held at
 *     one time, near enough to bound memory by; {@code query.max-memory}
 * @param timeout from start to end; {@code query.timeout}
 * @param maxResultPoints points of a result; {@code query.max-result-points}
 * @param maxSteps steps of a range query or of one subquery; {@code query.max-steps}
 */
public record QueryLimits(
    long maxSamples, long maxMemoryBytes, Duration timeout, long maxResultPoints, int maxSteps) {
  /**
   * Prometheus' limits for samples and time; its 11,000 points a series are its HTTP API's and
   * stand there.
   */
  public static final QueryLimits DEFAULT =
      new QueryLimits(50_000_000, 512L << 20, Duration.ofMinutes(2), 20_000_000, 1_000_000);

  public QueryLimits withTimeout(Duration value) {
    return new QueryLimits(maxSamples, maxMemoryBytes, value, maxResultPoints, maxSteps);
  }

  public QueryLimits withMaxMemoryBytes(long value) {
    return new QueryLimits(maxSamples, value, timeout, maxResultPoints, maxSteps);
  }
}
