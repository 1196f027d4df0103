package dev.sextant.benchmarks.promql;

import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromOptions;
import dev.sextant.promql.PromQuery;
import dev.sextant.promql.QueryLimits;
import dev.sextant.promql.parse.Syntax;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Parser and engine alone, over arrays: six hours at a minute of 1,000 counters and 500 gauges at
 * 15 seconds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EngineTimes {
  private static final long END = 6 * 3_600_000L;

  private final ArraySource source = ArraySource.shop();
  private final PromEngine engine =
      new PromEngine(
          QueryLimits.DEFAULT,
          new PromOptions(
              Syntax.ALL,
              PromOptions.DEFAULT.lookback(),
              PromOptions.DEFAULT.subqueryStep(),
              false,
              false));

  /** What is asked. */
  @Param({
    "rate(requests_total[5m])",
    "sum by (job) (rate(requests_total[5m]))",
    "histogram_quantile(0.99, sum by (le, job) (rate(latency_bucket[5m])))",
    "topk(5, sum by (instance) (rate(requests_total[5m])))",
    "max_over_time(rate(requests_total{handler=\"/api/0\"}[5m])[1h:1m])",
    "avg_over_time(requests_total[30m])",
    "stddev_over_time(queue_length[30m])",
    "stddev_over_time(queue_length[1h])",
    "stdvar_over_time(queue_length[1h])",
    "deriv(queue_length[30m])",
    "deriv(queue_length[1h])",
    "predict_linear(queue_length[1h], 3600)",
    "quantile_over_time(0.9, queue_length[1h])",
    "mad_over_time(queue_length[1h])",
    "requests_total / on (instance, handler, code) requests_total"
  })
  public String query = "";

  /** Text to tree. */
  @Benchmark
  public PromQuery parse() {
    return engine.parse(query);
  }

  /** Text to result. */
  @Benchmark
  public PromAnswer range() {
    return engine.queryRange(source, query, 360_000, END, 60_000);
  }

  /** At the end of the data alone. */
  @Benchmark
  public PromAnswer instant() {
    return engine.query(source, query, END);
  }
}
