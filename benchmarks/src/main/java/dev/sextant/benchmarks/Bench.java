package dev.sextant.benchmarks;

import dev.sextant.benchmarks.agent.AgentBenchmark;
import dev.sextant.benchmarks.ingest.IngestBenchmark;
import dev.sextant.benchmarks.names.NamesBenchmark;
import dev.sextant.benchmarks.promql.EngineBenchmark;
import dev.sextant.benchmarks.promql.PromqlBenchmark;
import dev.sextant.benchmarks.traces.TracesBenchmark;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sextant bench}. Exit codes: 0 all goals hold, 1 one does not, 2 the call is wrong. */
@Command(
    name = "sextant bench",
    description = "List benchmarks, or run one and print its figures.",
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  private static final List<Benchmark> BENCHMARKS =
      List.of(
          new IngestBenchmark(),
          new PromqlBenchmark(),
          new EngineBenchmark(),
          new NamesBenchmark(),
          new TracesBenchmark(),
          new AgentBenchmark());

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "the benchmark; none lists them")
  private @Nullable String name;

  @Option(names = "--peers", description = "measure other programs too, those that can be had")
  private boolean peers;

  @Option(
      names = "--spans",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "how many spans 'traces' sends (default: ${DEFAULT-VALUE})")
  private long spans = 10_000_000;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/bench",
      description = "where NAME.json goes (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("target/bench");

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (name == null) {
      BENCHMARKS.forEach(each -> System.out.printf("%-12s %s%n", each.name(), each.summary()));
      return 0;
    }
    for (Benchmark benchmark : BENCHMARKS) {
      if (benchmark.name().equals(name)) {
        return run(benchmark);
      }
    }
    System.err.println(
        "sextant: no benchmark is called '"
            + name
            + "'; there are: "
            + String.join(", ", BENCHMARKS.stream().map(Benchmark::name).toList()));
    return 2;
  }

  private int run(Benchmark benchmark) throws Exception {
    Report report =
        new Report(benchmark.run(new Benchmark.Options(peers, spans)), Machine.describe());
    System.out.println(report.markdown());
    System.out.println("written to " + report.write(out, benchmark.name()));
    return report.rows().stream().allMatch(Row::holds) ? 0 : 1;
  }
}
