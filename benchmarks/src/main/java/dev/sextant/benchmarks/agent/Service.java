package dev.sextant.benchmarks.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The shop's inventory in a process of its own: Tomcat, Spring MVC, a connection pool and a
 * database in memory. Every request is a transaction of three statements and writes a log line.
 */
final class Service implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int CREATED = 201;

  private final Process process;
  private final Path log;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest request;
  private final Histogram nanos = new Histogram(LONGEST_NANOS, 3);

  private Service(Process process, Path log, URI reservations) {
    this.process = process;
    this.log = log;
    this.request =
        HttpRequest.newBuilder(reservations)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"sku\":\"sku-1\",\"quantity\":1}"))
            .build();
  }

  /** Starts it without an agent. */
  static Service bare(Path directory) throws IOException, InterruptedException {
    return start(directory, "bare", List.of());
  }

  /** Starts it with the agent attached, which exports to a receiver twice a second. */
  static Service attached(Path directory, String name, Receiver receiver)
      throws IOException, InterruptedException {
    Path agent = Path.of(System.getProperty("sextant.home", ""), "agent", "sextant-agent.jar");
    return start(
        directory,
        name,
        List.of(
            "-javaagent:" + agent,
            "-Dotel.service.name=inventory",
            "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + receiver.port(),
            "-Dotel.bsp.schedule.delay=500",
            "-Dotel.blrp.schedule.delay=500",
            "-Dotel.metric.export.interval=2000"));
  }

  private static Service start(Path directory, String name, List<String> flags)
      throws IOException, InterruptedException {
    Path shop = Path.of(System.getProperty("sextant.home", ""), "demo", "inventory");
    int port;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC"));
    command.addAll(flags);
    command.addAll(List.of("-cp", shop + "/*", "shop.inventory.InventoryApplication"));
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> key.startsWith("OTEL_"));
    builder.environment().put("PORT", String.valueOf(port));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Service service =
        new Service(process, log, URI.create("http://127.0.0.1:" + port + "/reservations"));
    service.awaitStart();
    return service;
  }

  private void awaitStart() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!answers()) {
      if (process.waitFor(Duration.ofMillis(100)) || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException("inventory did not become ready; its output is in " + log);
      }
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == CREATED;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Sends one request and records how long its answer took. */
  void ask() throws IOException, InterruptedException {
    long start = System.nanoTime();
    int status = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
    nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - start));
    if (status != CREATED) {
      throw new IOException("inventory answered " + status + "; its output is in " + log);
    }
  }

  /** Forgets what it recorded. */
  void reset() {
    nanos.reset();
  }

  /** In milliseconds, of the requests since the last reset. */
  double percentile(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.destroyForcibly().onExit().join();
  }
}
