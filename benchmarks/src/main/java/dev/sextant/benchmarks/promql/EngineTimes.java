package dev.sextant.benchmarks.promql;

import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromQuery;
import dev.sextant.promql.QueryLimits;
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

/** Parser and engine alone, over arrays: six hours at a minute of 1,000 series at 15 seconds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class EngineTimes {
  private static final long END = 6 * 3_600_000L;

  private final ArraySource source = ArraySource.shop();
  private final PromEngine engine = new PromEngine(QueryLimits.DEFAULT);

  /** What is asked. */
  @Param({
    "rate(requests_total[5m])",
    "sum by (job) (rate(requests_total[5m]))",
    "histogram_quantile(0.99, sum by (le, job) (rate(latency_bucket[5m])))",
    "topk(5, sum by (instance) (rate(requests_total[5m])))",
    "max_over_time(rate(requests_total{handler=\"/api/0\"}[5m])[1h:1m])",
    "avg_over_time(requests_total[30m])",
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
