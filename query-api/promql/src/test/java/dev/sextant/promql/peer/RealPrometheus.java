package dev.sextant.promql.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The Prometheus of this machine, on a free port of the loopback, with a directory of its own. */
final class RealPrometheus implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/bin/prometheus");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String base;

  private RealPrometheus(Process process, String base) {
    this.process = process;
    this.base = base;
  }

  static RealPrometheus start(Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path config = Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    RealPrometheus started = new RealPrometheus(process, "http://127.0.0.1:" + port);
    started.awaitReady(folder);
    return started;
  }

  private void awaitReady(Path folder) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    HttpRequest ready = HttpRequest.newBuilder(URI.create(base + "/-/ready")).build();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet; asked again until the deadline.
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    throw new IOException(
        "Prometheus did not become ready: " + Files.readString(folder.resolve("prometheus.log")));
  }

  void write(RemoteWrite request) throws IOException, InterruptedException {
    var response =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/api/v1/write"))
                .header("Content-Encoding", "snappy")
                .header("Content-Type", "application/x-protobuf")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()))
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException("remote write: " + response.statusCode() + " " + response.body());
    }
  }

  /** The whole answer, also of a query that fails. */
  JsonNode query(String expression, long millis) throws IOException, InterruptedException {
    return get("/api/v1/query?time=" + seconds(millis) + "&query=" + encode(expression));
  }

  JsonNode queryRange(String expression, long start, long end, long step)
      throws IOException, InterruptedException {
    return get(
        "/api/v1/query_range?start="
            + seconds(start)
            + "&end="
            + seconds(end)
            + "&step="
            + seconds(step)
            + "&query="
            + encode(expression));
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String seconds(long millis) {
    return millis / 1000 + "." + String.format("%03d", millis % 1000);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
