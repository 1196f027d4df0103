package dev.sextant.traceql;

import java.time.Duration;

/**
 * How much one query may take. An error about a limit names the setting that raises it.
 *
 * @param timeout from start to end; {@code query.timeout}
 * @param maxMemoryBytes bytes of found traces or of series over steps held at one time, near enough
 *     to bound memory by; {@code query.max-memory}
 * @param maxSteps steps of a range; {@code query.max-steps}
 * @param maxSpans spans that a query looks at; {@code traces.query.max-spans}
 * @param maxTraces traces of one page of a search; {@code traces.query.max-traces}
 * @param maxSeries series of a metrics answer, which says where there were more; {@code
 *     traces.query.max-series}
 * @param maxCombinations of one span's events and links that an operator looks at; {@code
 *     traces.query.max-combinations}
 */
public record QueryLimits(
    Duration timeout,
    long maxMemoryBytes,
    int maxSteps,
    long maxSpans,
    int maxTraces,
    int maxSeries,
    int maxCombinations) {
  /** What is bounded where nothing is configured. */
  public static final QueryLimits DEFAULT =
      new QueryLimits(
          Duration.ofMinutes(2), 512L << 20, 1_000_000, 1_000_000_000L, 262_144, 10_000, 10_000);

  public QueryLimits withTimeout(Duration value) {
    return new QueryLimits(
        value, maxMemoryBytes, maxSteps, maxSpans, maxTraces, maxSeries, maxCombinations);
  }

  public QueryLimits withMaxMemoryBytes(long value) {
    return new QueryLimits(
        timeout, value, maxSteps, maxSpans, maxTraces, maxSeries, maxCombinations);
  }

  public QueryLimits withMaxSteps(int value) {
    return new QueryLimits(
        timeout, maxMemoryBytes, value, maxSpans, maxTraces, maxSeries, maxCombinations);
  }

  public QueryLimits withMaxSpans(long value) {
    return new QueryLimits(
        timeout, maxMemoryBytes, maxSteps, value, maxTraces, maxSeries, maxCombinations);
  }

  public QueryLimits withMaxTraces(int value) {
    return new QueryLimits(
        timeout, maxMemoryBytes, maxSteps, maxSpans, value, maxSeries, maxCombinations);
  }

  public QueryLimits withMaxSeries(int value) {
    return new QueryLimits(
        timeout, maxMemoryBytes, maxSteps, maxSpans, maxTraces, value, maxCombinations);
  }

  public QueryLimits withMaxCombinations(int value) {
    return new QueryLimits(
        timeout, maxMemoryBytes, maxSteps, maxSpans, maxTraces, maxSeries, value);
  }
}
