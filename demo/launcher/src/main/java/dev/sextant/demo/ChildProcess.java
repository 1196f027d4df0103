package dev.sextant.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that lives as long as the demo, its output in a file. */
final class ChildProcess implements AutoCloseable {
  private final String name;
  private final Path log;
  private final Process process;

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("OTEL_") || key.equals("JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new ChildProcess(name, log, builder.start());
  }

  /**
   * @throws StartException where the process has ended, naming its log
   */
  void demandAlive() {
    if (!process.isAlive()) {
      throw new StartException(
          name + " ended with code " + process.exitValue() + "; its output is in " + log);
    }
  }

  Path log() {
    return log;
  }

  /** Asks the process to end, and ends it where it does not within 15 seconds. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
