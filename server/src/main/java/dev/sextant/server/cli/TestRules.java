package dev.sextant.server.cli;

import dev.sextant.alerting.unittest.UnitTests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sextant test rules}, as promtool does it. */
@Command(
    name = "rules",
    description = {
      "Run unit tests of rules in promtool's format.",
      "Exit codes: 0 all tests passed, 1 some did not, 2 the command line is wrong."
    },
    mixinStandardHelpOptions = true)
final class TestRules implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "the test files")
  private List<Path> files = List.of();

  @Option(
      names = "--run",
      paramLabel = "REGEX",
      description = "only groups of tests in whose name it is found; may be repeated")
  private List<String> run = new ArrayList<>();

  @Option(names = "--diff", description = "show differences line by line")
  private boolean diff;

  @Option(
      names = "--ignore-unknown-fields",
      description = "take keys in rule files that the format does not have")
  private boolean ignoreUnknownFields;

  @Mixin private LanguageOption language = new LanguageOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    UnitTests tests =
        new UnitTests(
            new EngineLanguage(language.engine()),
            new UnitTests.Options(patterns(), diff, ignoreUnknownFields));
    boolean failed = false;
    for (Path file : files) {
      out.println("Unit Testing:  " + file);
      UnitTests.Outcome outcome = tests.run(file);
      outcome.warnings().forEach(warning -> out.println("  WARNING: " + warning));
      if (outcome.failures().isEmpty()) {
        out.println("  SUCCESS");
      } else {
        failed = true;
        out.println("  FAILED:");
        outcome.failures().forEach(failure -> out.println(failure + "\n"));
      }
      out.println();
    }
    out.flush();
    return failed ? 1 : 0;
  }

  private List<Pattern> patterns() {
    try {
      return run.stream().map(Pattern::compile).toList();
    } catch (PatternSyntaxException e) {
      throw new ParameterException(
          spec.commandLine(), "--run is no regular expression: " + e.getMessage(), e);
    }
  }
}
