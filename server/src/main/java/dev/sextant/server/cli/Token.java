package dev.sextant.server.cli;

import dev.sextant.server.access.AccessToken;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sextant token}. */
@Command(
    name = "token",
    description = "Make a random access token and the entry for the tokens file that lets it in.",
    mixinStandardHelpOptions = true)
final class Token implements Callable<Integer> {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "token",
      description = "who will hold it")
  private String name = "token";

  @Option(
      names = "--roles",
      paramLabel = "ROLES",
      defaultValue = "viewer",
      description = "of ingest, viewer, editor, admin; comma-separated (default: ${DEFAULT-VALUE})")
  private String roles = "viewer";

  @Override
  public Integer call() {
    String token = AccessToken.random();
    System.out.println("token (shown once, give it to its holder): " + token);
    System.out.println("entry for the file that auth.tokens-file names:");
    System.out.println("tokens:");
    System.out.println("  - name: " + name);
    System.out.println("    sha256: " + AccessToken.hash(token));
    System.out.println("    roles: [" + roles + "]");
    return 0;
  }
}
