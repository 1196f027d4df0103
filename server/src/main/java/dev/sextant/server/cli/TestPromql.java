package dev.sextant.server.cli;

import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromOptions;
import dev.sextant.promql.QueryLimits;
import dev.sextant.promql.script.PromScript;
import dev.sextant.promql.script.ScriptException;
import dev.sextant.promql.script.ScriptResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sextant test promql}. */
@Command(
    name = "promql",
    description = {
      "Run scripts in the language of Prometheus' engine tests: load series, evaluate queries, "
          + "compare. Everything experimental is on.",
      "Exit codes: 0 all evaluations passed, 1 some did not, 2 a file could not be read."
    },
    mixinStandardHelpOptions = true)
final class TestPromql implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "the scripts")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PromEngine engine = new PromEngine(QueryLimits.DEFAULT, PromOptions.EXPERIMENTAL);
    int evals = 0;
    int passed = 0;
    boolean unreadable = false;
    for (Path file : files) {
      try {
        ScriptResult result = PromScript.parse(file.toString(), Files.readString(file)).run(engine);
        result.failures().forEach(out::println);
        evals += result.evals();
        passed += result.passed();
      } catch (IOException e) {
        spec.commandLine().getErr().println(file + ": cannot be read: " + e);
        unreadable = true;
      } catch (ScriptException e) {
        spec.commandLine().getErr().println(e.getMessage());
        unreadable = true;
      }
    }
    out.println(passed + " passed, " + (evals - passed) + " failed");
    out.flush();
    spec.commandLine().getErr().flush();
    return unreadable ? 2 : passed < evals ? 1 : 0;
  }
}
