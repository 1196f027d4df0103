package dev.sextant.server;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import dev.sextant.collector.Collector;
import dev.sextant.collector.CollectorSettings;
import dev.sextant.collector.derive.DeriveLoop;
import dev.sextant.collector.derive.DeriveSettings;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.jaeger.JaegerSampling;
import dev.sextant.collector.operation.OperationNameSettings;
import dev.sextant.collector.operation.OperationNames;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.collector.scrape.ScrapeConfig;
import dev.sextant.collector.scrape.ScrapeConfigException;
import dev.sextant.collector.scrape.ScrapeConfigs;
import dev.sextant.collector.scrape.Scraper;
import dev.sextant.server.config.ConfigException;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.file.Disk;
import dev.sextant.storage.otlp.OtlpLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that takes telemetry in, and what is derived from it. */
final class IngestDoor implements AutoCloseable {
  private final OperationNames names;
  private final Collector collector;
  private final DeriveLoop derive;
  private final Scraper scraper;
  private final ScrapeTargets targets;
  private final JaegerDatagrams datagrams;

  IngestDoor(ServerConfig config, Signals signals, Path data, InstantSource clock)
      throws IOException {
    names =
        OperationNames.open(
            names(config), data.resolve("operation-names.json"), Disk.local(), clock);
    Collector.Sinks sinks =
        new Collector.Sinks(
            names.before(signals.traces().sink()), signals.metrics().sink(), signals.logs().sink());
    collector = new Collector(sinks, settings(config), clock);
    derive = collector.derive(signals.traces().journal(), signals.metrics().journal());
    datagrams = new JaegerDatagrams(config, collector);
    List<ScrapeConfig> scrapes = scrapeConfigs(config.scrapeConfigFiles());
    scraper = collector.scraper(scrapes);
    targets = new ScrapeTargets(scrapes.stream().map(ScrapeConfig::job).toList(), scraper);
  }

  private static List<ScrapeConfig> scrapeConfigs(List<Path> files) {
    List<ScrapeConfig> configs = new ArrayList<>();
    for (Path file : files) {
      try {
        configs.addAll(ScrapeConfigs.read(file));
      } catch (ScrapeConfigException e) {
        throw new ConfigException("scrape-config-files: " + e.getMessage(), e);
      }
    }
    return configs;
  }

  private static CollectorSettings settings(ServerConfig config) {
    ServerConfig.IngestLimits limits = config.ingest().limits();
    return new CollectorSettings(
        new BodyLimits(
            limits.httpBody().intBytes("ingest.limits.http-body"),
            limits.grpcMessage().intBytes("ingest.limits.grpc-message")),
        limits.bodiesInFlight().bytes(),
        new OtlpLimits(
            limits.otlpNesting(),
            limits.otlpRowBytes().intBytes("ingest.limits.otlp-row-bytes"),
            TimeRange.ALL),
        new SeriesLimits(limits.labels(), limits.labelValue(), limits.histogramBuckets()),
        config.ingest().knownSeries().bytes(),
        config.traces().retention().duration(),
        config.metrics().retention().duration(),
        config.logs().retention().duration(),
        DeriveSettings.DEFAULT.with(
            config.derive().interval().duration(),
            config.derive().forgetAfter().duration(),
            config.derive().maxOperations(),
            config.derive().maxPeers()),
        sampling(config.ingest().jaeger().sampling()),
        config.ingest().skywalking().maxInstances());
  }

  private static JaegerSampling sampling(ServerConfig.JaegerSampling config) {
    Map<String, JaegerSampling.Strategy> services = new LinkedHashMap<>();
    config.services().forEach(service -> services.put(service.name(), strategy(service)));
    return new JaegerSampling(
        new JaegerSampling.Probability(config.probability(), byName(config.operations())),
        services);
  }

  private static JaegerSampling.Strategy strategy(ServerConfig.ServiceSampling service) {
    Integer rate = service.tracesPerSecond();
    Double probability = service.probability();
    return rate != null || probability == null
        ? new JaegerSampling.Rate(rate == null ? 0 : rate)
        : new JaegerSampling.Probability(probability, byName(service.operations()));
  }

  private static Map<String, Double> byName(List<ServerConfig.OperationSampling> operations) {
    Map<String, Double> byName = new LinkedHashMap<>();
    operations.forEach(operation -> byName.put(operation.name(), operation.probability()));
    return byName;
  }

  private static OperationNameSettings names(ServerConfig config) {
    ServerConfig.OperationNames names = config.ingest().operationNames();
    return new OperationNameSettings(
        names.enabled(),
        names.fromAttributes(),
        names.maxValues(),
        names.maxPaths(),
        names.memory().bytes(),
        Set.copyOf(names.keep()),
        config.journal().maxRecordBytes().bytes());
  }

  /** What receivers of other tracers' protocols did not keep. */
  Map<String, LossCounter.Counts> losses() {
    return collector.losses();
  }

  /** What naming spans counts. */
  OperationNames.Counters operationNames() {
    return names.counters();
  }

  /** OTLP's routes; all of them write. */
  Map<Route, HttpService> otlp() {
    return collector.otlpRoutes();
  }

  /** The other protocols' routes; all of them write. */
  Map<Route, HttpService> others() {
    Map<Route, HttpService> routes = new LinkedHashMap<>(collector.remoteWriteRoutes());
    routes.putAll(collector.zipkinRoutes());
    routes.putAll(collector.jaegerRoutes());
    routes.putAll(collector.skyWalkingRoutes());
    return routes;
  }

  /** Ports for datagrams, closed with this door. */
  JaegerDatagrams datagrams() {
    return datagrams;
  }

  ScrapeTargets targets() {
    return targets;
  }

  void start() {
    names.start();
    derive.start();
    scraper.start();
  }

  /** Derives from what was taken and stops. Receivers must have stopped before. */
  @Override
  public void close() {
    datagrams.close();
    scraper.close();
    derive.close();
    names.close();
  }
}
