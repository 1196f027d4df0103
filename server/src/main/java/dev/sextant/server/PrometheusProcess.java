package dev.sextant.server;

import dev.sextant.api.prometheus.ProcessSource;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsStore;
import dev.sextant.server.config.EffectiveConfig;
import dev.sextant.server.config.ServerConfig;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process as Prometheus' status API asks for it. */
final class PrometheusProcess implements ProcessSource {
  private static final Logger LOG = LoggerFactory.getLogger(PrometheusProcess.class);

  private final ServerConfig config;
  private final Signal<MetricsBatch, MetricsStore> metrics;
  private final Path data;
  private final long startedMillis;
  private final long replayFrom;
  private final long replayTo;

  PrometheusProcess(
      ServerConfig config,
      Signal<MetricsBatch, MetricsStore> metrics,
      Path data,
      InstantSource clock) {
    this.config = config;
    this.metrics = metrics;
    this.data = data;
    this.startedMillis = clock.millis();
    this.replayFrom = metrics.journal().start();
    this.replayTo = metrics.journal().end();
  }

  @Override
  public String version() {
    return Version.number();
  }

  @Override
  public String configuration() {
    return EffectiveConfig.yaml(config);
  }

  @Override
  public Map<String, String> flags() {
    ServerConfig.Query query = config.query();
    Map<String, String> flags = new TreeMap<>();
    flags.put("enable-feature", String.join(",", query.features()));
    put(flags, "query", "lookback-delta", "5m");
    put(flags, "query", "max-concurrency", String.valueOf(query.maxConcurrent()));
    put(flags, "query", "max-samples", String.valueOf(query.maxSamples()));
    put(flags, "query", "timeout", query.timeout().toString());
    put(flags, "storage", "tsdb.path", data.resolve("metrics").toString());
    put(flags, "storage", "tsdb.retention.time", config.metrics().retention().toString());
    put(flags, "web", "enable-admin-api", "false");
    put(flags, "web", "enable-lifecycle", "false");
    put(flags, "web", "enable-otlp-receiver", "true");
    put(flags, "web", "enable-remote-write-receiver", "true");
    put(
        flags,
        "web",
        "listen-address",
        config.listen().address() + ":" + config.listen().ports().http());
    return flags;
  }

  private static void put(Map<String, String> flags, String section, String name, String value) {
    flags.put(section + "." + name, value);
  }

  @Override
  public Runtime runtime() {
    java.lang.Runtime machine = java.lang.Runtime.getRuntime();
    return new Runtime(
        startedMillis,
        System.getProperty("user.dir", ""),
        host(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        machine.availableProcessors(),
        machine.maxMemory(),
        config.metrics().retention().toString());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.debug("this machine has no name: {}", e.getMessage());
      return "";
    }
  }

  @Override
  public Replay replay() {
    long applied =
        metrics.caughtUp()
            ? replayTo
            : Math.clamp(metrics.store().appliedUpTo(), replayFrom, replayTo);
    return new Replay(replayFrom, replayTo, applied);
  }

  @Override
  public List<String> discoveries() {
    return List.of("file", "static");
  }
}
