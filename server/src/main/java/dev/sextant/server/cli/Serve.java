package dev.sextant.server.cli;

import dev.sextant.server.SextantServer;
import dev.sextant.server.config.ConfigException;
import dev.sextant.server.config.ConfigReader;
import dev.sextant.server.config.ServerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sextant serve}. */
@Command(
    name = "serve",
    description = "Start Sextant and serve until stopped.",
    mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration, YAML; all of it is optional")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "where data lives (default: ${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting over the file's, such as listen.ports.ui=0")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--exit-when-ready",
      hidden = true,
      description = "stop once everything has started")
  private boolean exitWhenReady;

  @Override
  public Integer call() throws Exception {
    try {
      ServerConfig read = ConfigReader.read(config, settings);
      return run(read);
    } catch (ConfigException e) {
      System.err.println("sextant: " + e.getMessage());
      return 2;
    }
  }

  private int run(ServerConfig read) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    SextantServer server = SextantServer.start(read, data, System.out::println);
    Thread closing =
        new Thread(
            () -> {
              server.close();
              stopped.countDown();
            },
            "sextant-stop");
    Runtime.getRuntime().addShutdownHook(closing);
    if (exitWhenReady) {
      server.awaitDashboard();
      return 0;
    }
    stopped.await();
    return 0;
  }
}
