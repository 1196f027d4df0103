package dev.sextant.server;

import dev.sextant.alerting.RuleEngine;
import dev.sextant.alerting.RuleQuery;
import dev.sextant.alerting.SeriesWriter;
import dev.sextant.alerting.notify.Notifier;
import dev.sextant.alerting.notify.Receiver;
import dev.sextant.alerting.rule.RuleFile;
import dev.sextant.alerting.rule.RuleFileException;
import dev.sextant.alerting.rule.RuleGroup;
import dev.sextant.api.access.Access;
import dev.sextant.api.metric.EngineMetricReader;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromException;
import dev.sextant.server.config.ConfigException;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.storage.Sink;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rules and webhooks, running: one thread evaluates, another delivers. */
final class Alarms implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final String TENANT = Access.DEFAULT_TENANT;

  private final Notifier notifier;
  private final RuleEngine engine;
  private final ScheduledExecutorService evaluation = daemon("sextant-rules");
  private final ScheduledExecutorService delivery = daemon("sextant-webhooks");

  /**
   * @param baseUrl under which people reach the dashboard
   * @throws ConfigException where a rule file or a webhook is wrong
   */
  Alarms(
      ServerConfig config,
      Path data,
      PromEngine promql,
      EngineMetricReader reader,
      Sink<MetricsBatch> sink,
      String baseUrl,
      InstantSource clock) {
    notifier = new Notifier(receivers(config.alerting()), baseUrl, clock);
    RuleQuery query = query(promql, reader);
    List<RuleGroup> groups = groups(config.ruleFiles(), query);
    engine =
        new RuleEngine(groups, query, writer(sink), notifier, data.resolve("alerts.json"), clock);
  }

  private static ScheduledExecutorService daemon(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  RuleEngine engine() {
    return engine;
  }

  Notifier notifier() {
    return notifier;
  }

  void start() {
    evaluation.scheduleWithFixedDelay(guarded("rules", engine::tick), 1, 1, TimeUnit.SECONDS);
    delivery.scheduleWithFixedDelay(guarded("webhooks", notifier::deliver), 1, 1, TimeUnit.SECONDS);
  }

  private static Runnable guarded(String what, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.error("{} failed this time and go on", what, e);
      }
    };
  }

  private static List<Receiver> receivers(ServerConfig.Alerting config) {
    List<Receiver> receivers = new ArrayList<>();
    for (ServerConfig.Webhook hook : config.webhooks()) {
      URI url = URI.create(hook.url());
      if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
        throw new ConfigException(
            "alerting.webhooks: the url of '"
                + hook.name()
                + "' must begin with http:// or https://");
      }
      receivers.add(
          new Receiver(hook.name(), url, hook.body(), hook.headers(), hook.sendResolved()));
    }
    return receivers;
  }

  private static List<RuleGroup> groups(List<String> files, RuleQuery query) {
    List<RuleGroup> groups = new ArrayList<>();
    for (String file : files) {
      try {
        groups.addAll(RuleFile.read(file, text(file), INTERVAL, query::check));
      } catch (RuleFileException e) {
        throw new ConfigException("rule-files: " + e.getMessage(), e);
      } catch (IOException e) {
        throw new ConfigException("rule-files: cannot read " + file + ": " + e.getMessage(), e);
      }
    }
    return groups;
  }

  private static String text(String file) throws IOException {
    if (!file.equals("default")) {
      return Files.readString(Path.of(file));
    }
    try (InputStream rules = Alarms.class.getResourceAsStream("default-rules.yaml")) {
      return new String(Objects.requireNonNull(rules).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static RuleQuery query(PromEngine promql, EngineMetricReader reader) {
    return new RuleQuery() {
      @Override
      public List<Sample> query(String expression, long timeMillis) {
        return reader.elements(TENANT, expression, timeMillis).stream()
            .map(each -> new Sample(each.labels(), each.value(), each.histogram()))
            .toList();
      }

      @Override
      public void check(String expression) {
        try {
          promql.parse(expression);
        } catch (PromException.BadData e) {
          throw new IllegalArgumentException(e.getMessage(), e);
        }
      }
    };
  }

  private static SeriesWriter writer(Sink<MetricsBatch> sink) {
    return (timeMillis, samples) -> {
      MetricsBatchBuilder batch = new MetricsBatchBuilder(TENANT);
      for (RuleQuery.Sample each : samples) {
        batch.add(
            Labels.of("job", "sextant-rules"),
            each.labels(),
            timeMillis,
            each.value(),
            each.histogram(),
            0);
      }
      var unused =
          sink.write(batch.build())
              .whenComplete(
                  (written, defect) -> {
                    if (!(written instanceof Sink.Written.Accepted)) {
                      LOG.warn(
                          "{} series of rules were not stored: {}",
                          samples.size(),
                          defect == null ? written : defect);
                    }
                  });
    };
  }

  @Override
  public void close() {
    evaluation.shutdown();
    delivery.shutdown();
    try {
      if (!evaluation.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("a rule's evaluation did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
