package dev.sextant.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.server.Sextant;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, with this JVM's class path. Where nothing else is set it takes
 * any free ports. Its output goes to files.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final Path data;
  private final Path err;

  private ServerProcess(Process process, Path data, Path err) {
    this.process = process;
    this.data = data;
    this.err = err;
  }

  /**
   * Starts {@code serve} and returns at once.
   *
   * @param data directory; output is written beside it
   * @param settings {@code key=value}, laid over free ports
   */
  public static ServerProcess start(Path data, String... settings) throws IOException {
    Path out = data.resolveSibling(data.getFileName() + ".out");
    Path err = Files.createTempFile(data.getParent(), "server", ".err");
    Process process =
        new ProcessBuilder(command(data, settings))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
            .redirectError(err.toFile())
            .start();
    return new ServerProcess(process, data, err);
  }

  private static List<String> command(Path data, String... settings) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Sextant.class.getName(),
                "serve",
                "--data",
                data.toString()));
    for (String port : List.of("ui", "http", "otlp-grpc", "otlp-http")) {
      command.addAll(List.of("--set", "listen.ports." + port + "=0"));
    }
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    return command;
  }

  /**
   * Waits until it says that it is ready: its stores have caught up with their journals.
   *
   * @throws AssertionError where it ends or does not become ready
   */
  public void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    Http http = new Http();
    while (!Files.exists(data.resolve("ports.json"))
        || http.status(api().resolve("/-/ready")) != 200) {
      if (runs(Duration.ofMillis(20)) && System.nanoTime() < deadline) {
        continue;
      }
      throw new AssertionError(
          "the server did not become ready; it said:\n" + Files.readString(err));
    }
  }

  /** Lets it run for a while; false where it ended by itself. */
  public boolean runs(Duration time) throws InterruptedException {
    return !process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Where queries are asked. */
  public URI api() throws IOException {
    return at("http");
  }

  /** Where OTLP over HTTP goes in. */
  public URI otlp() throws IOException {
    return at("otlp_http");
  }

  public int port(String name) throws IOException {
    JsonNode ports = JSON.readTree(data.resolve("ports.json").toFile());
    return ports.path(name).asInt();
  }

  private URI at(String name) throws IOException {
    return URI.create("http://127.0.0.1:" + port(name));
  }

  /** {@code kill -9}, and waits for the end. */
  public void kill() throws InterruptedException, IOException {
    process.destroyForcibly().waitFor();
    Files.deleteIfExists(data.resolve("ports.json"));
  }

  /** {@code SIGTERM}; returns at once. */
  public void terminate() {
    process.destroy();
  }

  /**
   * Waits for the end.
   *
   * @throws AssertionError where it still runs after so long
   */
  public int exitCode(Duration within) throws InterruptedException {
    if (runs(within)) {
      throw new AssertionError("the server still runs after " + within);
    }
    return process.exitValue();
  }

  /** What it wrote to its standard error. */
  public String errors() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
