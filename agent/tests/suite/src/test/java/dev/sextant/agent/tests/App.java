package dev.sextant.agent.tests;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own with the agent attached. */
final class App implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Thread reader;
  private final List<String> output = new ArrayList<>();

  private App(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** The agent jar under test. */
  static Path agent() {
    return Path.of(System.getProperty("sextant.agent.jar")).normalize();
  }

  static App mvc(Jdk jdk, String endpoint, String... options) {
    return start(jdk, endpoint, "mvc-app", "dev.sextant.testapps.mvc.MvcApp", options);
  }

  static App gateway(Jdk jdk, String endpoint, String... options) {
    return start(jdk, endpoint, "gateway-app", "dev.sextant.testapps.gateway.GatewayApp", options);
  }

  private static App start(
      Jdk jdk, String endpoint, String module, String mainClass, String... options) {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.add("-Dotel.service.name=" + module);
    return start(jdk, endpoint, classPath(module), List.of(mainClass), all);
  }

  static App start(
      Jdk jdk, String endpoint, String classPath, List<String> main, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.add("-javaagent:" + agent());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dotel.exporter.otlp.endpoint=" + endpoint,
            "-Dotel.bsp.schedule.delay=100",
            "-Dotel.blrp.schedule.delay=100",
            "-Dotel.metric.export.interval=500"));
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.addAll(main);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
      return new App(builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static String classPath(String module) {
    Path target = Path.of(System.getProperty("sextant.agent.apps"), module, "target");
    try {
      return target.resolve("classes")
          + File.pathSeparator
          + Files.readString(target.resolve("class-path.txt")).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line);
      }
    } catch (IOException ended) {
      add("output ended: " + ended);
    }
  }

  private synchronized void add(String line) {
    output.add(line);
    notifyAll();
  }

  /** Waits for a line that begins so, and returns its rest. */
  synchronized String awaitLine(String prefix) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      for (String line : output) {
        if (line.startsWith(prefix)) {
          return line.substring(prefix.length());
        }
      }
      long left = end - System.nanoTime();
      if (left <= 0 || (!process.isAlive() && !reader.isAlive())) {
        throw new AssertionError("no line \"" + prefix + "…\" in:\n" + String.join("\n", output));
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.SECONDS.toNanos(1)));
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }

  synchronized List<String> output() {
    return List.copyOf(output);
  }

  long pid() {
    return process.pid();
  }

  String address() {
    return "http://localhost:" + awaitLine("READY ").strip();
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(String.join("\n", output()), failure);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  HttpResponse<String> get(String path, Map<String, String> headers) {
    return get(
        path,
        headers.entrySet().stream()
            .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
            .toArray(String[]::new));
  }

  /** Writes one byte to the process' standard input. */
  void type(char key) {
    try {
      process.getOutputStream().write(key);
      process.getOutputStream().flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Asks the process to end, as a service manager does. */
  void terminate() {
    process.destroy();
  }

  /** Waits for the end of the process and its output, and returns its exit code. */
  int awaitExit() {
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        throw new AssertionError("still running:\n" + String.join("\n", output()));
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
