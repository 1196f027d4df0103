package dev.sextant.server;

import dev.sextant.api.status.StatusSource;
import dev.sextant.server.http.RefusedRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers what the process is and has received. */
final class StatusReader implements StatusSource {
  private final Signals signals;
  private final RefusedRequests refused;
  private final Path data;
  private final DirectorySize size;
  private final long startedMillis;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();

  StatusReader(Signals signals, RefusedRequests refused, Path data, InstantSource clock) {
    this.signals = signals;
    this.refused = refused;
    this.data = data;
    this.size = new DirectorySize(data, clock);
    this.startedMillis = clock.millis();
  }

  void addPorts(Map<String, Integer> bound) {
    ports.putAll(bound);
  }

  @Override
  public Status status() {
    return new Status(
        Version.number(),
        startedMillis,
        Map.copyOf(ports),
        signals.traces().accepted(),
        signals.metrics().accepted(),
        signals.logs().accepted(),
        refused.latest(),
        data.toFile().getUsableSpace(),
        size.bytes(),
        agentJar());
  }

  private static String agentJar() {
    String home = System.getProperty("sextant.home", "");
    Path jar = Path.of(home, "agent", "sextant-agent.jar");
    return !home.isEmpty() && Files.exists(jar) ? jar.toString() : "";
  }
}
