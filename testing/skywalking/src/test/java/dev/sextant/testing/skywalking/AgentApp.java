package dev.sextant.testing.skywalking;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.skywalking.apm.agent.core.context.ContextManager;
import org.jspecify.annotations.NullMarked;

/** An application in a JVM of its own that reports as an agent does. */
final class AgentApp implements AutoCloseable {
  private final Process process;
  private final List<String> output = new ArrayList<>();

  private AgentApp(String service, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("SW_") || name.startsWith("OTEL_"));
    process = builder.start();
    Thread reader = new Thread(this::read, "output of " + service);
    reader.setDaemon(true);
    reader.start();
  }

  /** The test application with the agent of version 9 attached. */
  static AgentApp version9(String service, int port, String token) throws IOException {
    List<String> command = java(service, port, token);
    command.add("-javaagent:" + Path.of(System.getProperty("skywalking.agent")).normalize());
    // The agent's Byte Buddy is older than this Java.
    command.add("-Dorg.apache.skywalking.apm.dependencies.net.bytebuddy.experimental=true");
    command.addAll(testApplication());
    return new AgentApp(service, command);
  }

  /** The same with Sextant's agent, which begins traces in SkyWalking's header too. */
  static AgentApp sextants(String service, int port, String token) throws IOException {
    List<String> command = java();
    command.add("-javaagent:" + Path.of(System.getProperty("sextant.agent.jar")).normalize());
    command.addAll(
        List.of(
            "-Dotel.service.name=" + service,
            "-Dotel.propagators=tracecontext,baggage,sw8",
            "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + port,
            "-Dotel.exporter.otlp.headers=authorization=Bearer%20" + token,
            "-Dotel.bsp.schedule.delay=100"));
    command.addAll(testApplication());
    return new AgentApp(service, command);
  }

  private static List<String> testApplication() throws IOException {
    Path app = Path.of(System.getProperty("skywalking.app"));
    return List.of(
        "-cp",
        app.resolve("classes")
            + File.pathSeparator
            + Files.readString(app.resolve("class-path.txt")).strip(),
        "dev.sextant.testapps.mvc.MvcApp");
  }

  /** A relay that reports by the core of the agent of version 8. */
  static AgentApp version8(String service, int port, String token) throws IOException {
    List<String> command = java(service, port, token);
    Path agent = Path.of(System.getProperty("skywalking.agent")).normalize().getParent();
    command.add("-Dskywalking_config=" + agent.resolve("config").resolve("agent.config"));
    command.add("-cp");
    command.add(
        Stream.of(Version8Relay.class, ContextManager.class, NullMarked.class)
            .map(AgentApp::location)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(Version8Relay.class.getName());
    return new AgentApp(service, command);
  }

  private static String location(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  /** The command's beginning, with the settings that both versions know. */
  private static List<String> java(String service, int port, String token) {
    List<String> command = java();
    command.addAll(
        List.of(
            "-Dskywalking.logging.output=CONSOLE",
            "-Dskywalking.logging.level=INFO",
            "-Dskywalking.agent.service_name=" + service,
            "-Dskywalking.agent.authentication=" + token,
            "-Dskywalking.collector.backend_service=127.0.0.1:" + port,
            "-Dskywalking.collector.get_profile_task_interval=1",
            "-Dskywalking.collector.get_agent_dynamic_config_interval=1",
            "-Dskywalking.collector.heartbeat_period=1"));
    return command;
  }

  private static List<String> java() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1"));
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

  /** What the agent says is wrong. Its lines begin with their level, the application's do not. */
  synchronized List<String> complaints() {
    return output.stream()
        .filter(line -> line.startsWith("ERROR ") || line.startsWith("WARN "))
        .toList();
  }

  /** Waits for a line that contains a text, and returns what follows it there. */
  synchronized String awaitLine(String text) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      for (String line : output) {
        if (line.contains(text)) {
          return line.substring(line.indexOf(text) + text.length());
        }
      }
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError("no line with \"" + text + "\" in:\n" + String.join("\n", output));
      }
      try {
        TimeUnit.SECONDS.timedWait(this, 1);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  String address() {
    return "http://localhost:" + awaitLine("READY ").strip();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
