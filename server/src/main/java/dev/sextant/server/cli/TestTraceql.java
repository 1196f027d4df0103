package dev.sextant.server.cli;

import dev.sextant.traceql.QueryLimits;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.script.ScriptException;
import dev.sextant.traceql.script.ScriptResult;
import dev.sextant.traceql.script.TraceQlScript;
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

/** {@code sextant test traceql}. */
@Command(
    name = "traceql",
    description = {
      "Run scripts that tell of traces, ask TraceQL queries and say what they must answer.",
      "Exit codes: 0 all questions passed, 1 some did not, 2 a file could not be read."
    },
    mixinStandardHelpOptions = true)
final class TestTraceql implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "the scripts")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    TraceQlEngine engine = new TraceQlEngine(QueryLimits.DEFAULT);
    int cases = 0;
    int passed = 0;
    boolean unreadable = false;
    for (Path file : files) {
      try {
        ScriptResult result =
            TraceQlScript.parse(file.toString(), Files.readString(file)).run(engine);
        result.failures().forEach(out::println);
        cases += result.cases();
        passed += result.passed();
      } catch (IOException e) {
        err.println(file + ": cannot be read: " + e);
        unreadable = true;
      } catch (ScriptException e) {
        err.println(e.getMessage());
        unreadable = true;
      }
    }
    out.println(passed + " passed, " + (cases - passed) + " failed");
    out.flush();
    err.flush();
    return unreadable ? 2 : passed < cases ? 1 : 0;
  }
}
