package dev.sextant.testing.tracers;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The test application in a JVM of its own, with an agent that knows the server's ports. */
final class App implements AutoCloseable {
  private final Process process;
  private final List<String> output = new ArrayList<>();

  private App(String agent, String service, List<String> settings) throws IOException {
    Path app = Path.of(System.getProperty("tracers.app"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + Path.of(agent).normalize());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dotel.service.name=" + service,
            "-Dotel.bsp.schedule.delay=100",
            "-Dotel.blrp.schedule.delay=100",
            "-Dotel.metric.export.interval=500"));
    command.addAll(settings);
    command.addAll(
        List.of(
            "-cp",
            app.resolve("classes")
                + File.pathSeparator
                + Files.readString(app.resolve("class-path.txt")).strip(),
            "dev.sextant.testapps.mvc.MvcApp"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
    process = builder.start();
    Thread reader = new Thread(this::read, "output of " + service);
    reader.setDaemon(true);
    reader.start();
  }

  /** With OpenTelemetry's agent; spans go over gRPC, all else over HTTP, which is its default. */
  static App openTelemetrys(String service, int grpc, int http) throws IOException {
    return new App(
        System.getProperty("opentelemetry.agent"),
        service,
        List.of(
            "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + http,
            "-Dotel.exporter.otlp.traces.protocol=grpc",
            "-Dotel.exporter.otlp.traces.endpoint=http://127.0.0.1:" + grpc));
  }

  /** With Sextant's agent. */
  static App sextants(String service, int http) throws IOException {
    return new App(
        System.getProperty("sextant.agent.jar"),
        service,
        List.of("-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + http));
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("output ended: " + e);
    }
  }

  private synchronized void add(String line) {
    output.add(line);
    notifyAll();
  }

  synchronized List<String> output() {
    return List.copyOf(output);
  }

  /** Waits until the application serves. */
  synchronized String address() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      for (String line : output) {
        if (line.startsWith("READY ")) {
          return "http://localhost:" + line.substring("READY ".length()).strip();
        }
      }
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError("the application does not serve:\n" + String.join("\n", output));
      }
      try {
        TimeUnit.SECONDS.timedWait(this, 1);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
