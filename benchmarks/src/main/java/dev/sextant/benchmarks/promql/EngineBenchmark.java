package dev.sextant.benchmarks.promql;

import dev.sextant.benchmarks.Benchmark;
import dev.sextant.benchmarks.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** {@link EngineTimes} under JMH. */
public final class EngineBenchmark implements Benchmark {
  @Override
  public String name() {
    return "promql-jmh";
  }

  @Override
  public String summary() {
    return "time that PromQL's parser and engine take over series in memory";
  }

  @Override
  public List<Row> run(Options options) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(EngineTimes.class.getName())
                    .shouldFailOnError(true)
                    .build())
            .run();
    List<Row> rows = new ArrayList<>();
    for (RunResult result : results) {
      String method = result.getPrimaryResult().getLabel();
      rows.add(
          Row.atMost(
              method + " " + result.getParams().getParam("query"),
              "µs per query",
              result.getPrimaryResult().getScore(),
              Map.of(),
              null));
    }
    return rows;
  }
}
