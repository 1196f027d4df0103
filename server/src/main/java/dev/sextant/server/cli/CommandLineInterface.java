package dev.sextant.server.cli;

import dev.sextant.server.Version;
import dev.sextant.server.cli.query.Query;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The {@code sextant} command and its subcommands. Exit codes: 0 done, 1 a defect, 2 the user must
 * change something.
 */
@Command(
    name = "sextant",
    subcommands = {Serve.class, Token.class, Query.class, Check.class, Test.class},
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineInterface.Versions.class)
public final class CommandLineInterface {
  public static int run(String... args) {
    return new CommandLine(new CommandLineInterface()).execute(args);
  }

  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Version.describe()};
    }
  }
}
