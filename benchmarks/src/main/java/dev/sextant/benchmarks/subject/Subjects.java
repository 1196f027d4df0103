package dev.sextant.benchmarks.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts what is measured, each on an empty directory, and waits until it is ready. */
public final class Subjects {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private Subjects() {}

  /**
   * Our own distribution, with the settings and flags that {@code sextant serve} gives it.
   *
   * @param door {@code http} or {@code otlp_http}, as {@code ports.json} names ports
   */
  public static Subject sextant(Path directory, String door)
      throws IOException, InterruptedException {
    Path jar = Path.of(System.getProperty("sextant.home", ""), "lib", "sextant-server.jar");
    if (!Files.exists(jar)) {
      throw new IOException("there is no " + jar + ": build first with 'sextant build'");
    }
    Path data = directory.resolve("data");
    Process process =
        start(
            directory,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseG1GC",
                "-XX:G1HeapRegionSize=4m",
                "-Xmx2g",
                "-jar",
                jar.toString(),
                "serve",
                "--data",
                data.toString(),
                "--set=listen.ports.ui=0",
                "--set=listen.ports.http=0",
                "--set=listen.ports.otlp-grpc=0",
                "--set=listen.ports.otlp-http=0"));
    Path file = data.resolve("ports.json");
    await(process, () -> Files.exists(file));
    JsonNode ports = JsonMapper.builder().build().readTree(file.toFile());
    URI api = URI.create("http://127.0.0.1:" + ports.path("http").asInt());
    await(process, () -> answers(api.resolve("/-/ready")));
    return new Subject(process, URI.create("http://127.0.0.1:" + ports.path(door).asInt()));
  }

  /** The system's Prometheus as a receiver of remote write, or empty where none is installed. */
  public static Optional<Subject> prometheus(Path directory)
      throws IOException, InterruptedException {
    Optional<Path> program = onPath("prometheus");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    Path config = Files.writeString(directory.resolve("prometheus.yml"), "global: {}\n");
    int port = freePort();
    Process process =
        start(
            directory,
            List.of(
                program.get().toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver"));
    URI address = URI.create("http://127.0.0.1:" + port);
    await(process, () -> answers(address.resolve("/-/ready")));
    return Optional.of(new Subject(process, address));
  }

  /**
   * Zipkin's server with its storage in memory, on the Java that runs this, without a limit on its
   * processors. It keeps two million spans.
   *
   * @throws IOException where it cannot be had
   */
  public static Subject zipkin(Path directory) throws IOException, InterruptedException {
    Path jar = Artifact.file(Artifact.ZIPKIN);
    int port = freePort();
    Process process =
        start(
            directory,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx4g",
                "-jar",
                jar.toAbsolutePath().toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--zipkin.storage.type=mem",
                "--zipkin.storage.mem.max-spans=2000000"));
    URI address = URI.create("http://127.0.0.1:" + port);
    await(process, () -> answers(address.resolve("/health")));
    return new Subject(process, address);
  }

  /** Starts a program whose output goes to {@code output.log} in a directory. */
  public static Process start(Path directory, List<String> command) throws IOException {
    File log = directory.resolve("output.log").toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  private static Optional<Path> onPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** A port of this machine that nobody listens on at the moment. */
  public static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  /** Something to wait for. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws InterruptedException;
  }

  /**
   * Waits for two minutes at most.
   *
   * @throws IOException where the program ends, and when the time is up; it is killed then
   */
  public static void await(Process process, Condition ready)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!ready.holds()) {
      if (process.waitFor(Duration.ofMillis(50)) || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException(
            process.info().command().orElse("the program") + " did not become ready");
      }
    }
  }

  /** Whether there is a 200 at an address. */
  public static boolean answers(URI at) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(at).timeout(Duration.ofSeconds(5)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException nobody) {
      return false;
    }
  }
}
