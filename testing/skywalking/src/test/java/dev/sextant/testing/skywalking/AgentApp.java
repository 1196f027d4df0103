package dev.sextant.testing.skywalking;

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

/** The test application in a JVM of its own, with SkyWalking's agent attached. */
final class AgentApp implements AutoCloseable {
  private final Process process;
  private final List<String> output = new ArrayList<>();

  AgentApp(String service, int port, String token) throws IOException {
    Path app = Path.of(System.getProperty("skywalking.app"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + Path.of(System.getProperty("skywalking.agent")).normalize(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // The agent's Byte Buddy is older than this Java.
                "-Dorg.apache.skywalking.apm.dependencies.net.bytebuddy.experimental=true",
                "-Dskywalking.logging.output=CONSOLE",
                "-Dskywalking.logging.level=INFO",
                "-Dskywalking.agent.service_name=" + service,
                "-Dskywalking.agent.authentication=" + token,
                "-Dskywalking.collector.backend_service=127.0.0.1:" + port,
                "-Dskywalking.collector.get_profile_task_interval=1",
                "-Dskywalking.collector.get_agent_dynamic_config_interval=1",
                "-Dskywalking.collector.heartbeat_period=1",
                "-cp",
                app.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(app.resolve("class-path.txt")).strip(),
                "dev.sextant.testapps.mvc.MvcApp")
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("SW_"));
    process = builder.start();
    Thread reader = new Thread(this::read, "output of " + service);
    reader.setDaemon(true);
    reader.start();
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
