package dev.sextant.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sextant test}: tests that users wrote, run without a server. */
@Command(
    name = "test",
    description = "Run tests of your own.",
    subcommands = {TestPromql.class, TestRules.class, TestTraceql.class},
    mixinStandardHelpOptions = true)
final class Test implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    throw new ParameterException(command, "Missing required subcommand");
  }
}
