package dev.sextant.benchmarks.names;

import dev.sextant.benchmarks.Benchmark;
import dev.sextant.benchmarks.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** {@link NameTimes} under JMH. */
public final class NamesBenchmark implements Benchmark {
  /** Whose names stay as they are, for which a span must cost next to nothing. */
  private static final Set<String> STAYING = Set.of("INTERNAL", "NO_PATH", "TEMPLATE", "WORDS");

  private static final double GOAL = 100;

  @Override
  public String name() {
    return "names-jmh";
  }

  @Override
  public String summary() {
    return "time that it takes to name spans by templates of their paths";
  }

  @Override
  public List<Row> run(Options options) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(NameTimes.class.getName())
                    .shouldFailOnError(true)
                    .build())
            .run();
    return results.stream().map(NamesBenchmark::row).toList();
  }

  private static Row row(RunResult result) {
    String names = result.getParams().getParam("names");
    return Row.atMost(
        names,
        "ns per span",
        result.getPrimaryResult().getScore(),
        Map.of(),
        STAYING.contains(names) ? GOAL : null);
  }
}
