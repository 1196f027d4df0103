package dev.sextant.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sextant check}: files that users wrote, checked without a server. */
@Command(
    name = "check",
    description = "Check files of your own.",
    subcommands = CheckRules.class,
    mixinStandardHelpOptions = true)
final class Check implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
