package dev.sextant.server;

import dev.sextant.alerting.RuleEngine;
import dev.sextant.alerting.notify.Notifier;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.Hues;
import dev.sextant.api.admin.SnapshotApi;
import dev.sextant.api.admin.Snapshots;
import dev.sextant.api.alert.AlertApi;
import dev.sextant.api.alert.AlertQueries;
import dev.sextant.api.http.QueryQueue;
import dev.sextant.api.http.QueryRunner;
import dev.sextant.api.jaeger.JaegerApi;
import dev.sextant.api.log.LogApi;
import dev.sextant.api.log.LogQueries;
import dev.sextant.api.metric.EngineMetricReader;
import dev.sextant.api.metric.MetricQueries;
import dev.sextant.api.prometheus.ProcessSource;
import dev.sextant.api.prometheus.PrometheusApi;
import dev.sextant.api.prometheus.TargetSource;
import dev.sextant.api.service.OperationQueries;
import dev.sextant.api.service.ServiceApi;
import dev.sextant.api.service.ServiceQueries;
import dev.sextant.api.service.ServiceSpans;
import dev.sextant.api.service.ServiceSpansApi;
import dev.sextant.api.service.TopologyQueries;
import dev.sextant.api.status.StatusApi;
import dev.sextant.api.status.StatusSource;
import dev.sextant.api.tempo.TempoApi;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.api.trace.TraceApi;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.api.trace.TraceQueries;
import dev.sextant.api.zipkin.ZipkinApi;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.QueryLimits;
import dev.sextant.server.config.LanguageFeatures;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.parse.TextLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Everything that answers questions: the engine, the facade and the APIs over it. */
final class QueryDoor implements AutoCloseable {
  private final QueryRunner runner;
  private final Signals signals;
  private final Hues hues;
  private final PromEngine engine;
  private final EngineMetricReader reader;
  private final TempoLimits tempoLimits;
  private final TraceQlQueries spans;

  QueryDoor(ServerConfig configuration, Signals signals, Path data, InstantSource clock) {
    ServerConfig.Query config = configuration.query();
    this.signals = signals;
    runner =
        new QueryRunner(
            clock,
            new QueryQueue(
                config.maxConcurrent(), config.maxQueued(), config.maxQueueWait().duration()));
    hues = new Hues(data.resolve("hues.txt"));
    engine =
        new PromEngine(
            new QueryLimits(
                config.maxSamples(),
                config.maxMemory().bytes(),
                config.timeout().duration(),
                config.maxResultPoints(),
                config.maxSteps()),
            LanguageFeatures.options(config.features()));
    reader = new EngineMetricReader(engine, signals.metrics().store());
    tempoLimits = limits(configuration.traces().query());
    ServerConfig.TraceQueries traceql = configuration.traces().query();
    spans =
        new TraceQlQueries(
            new TraceQlEngine(
                new dev.sextant.traceql.QueryLimits(
                    config.timeout().duration(),
                    config.maxMemory().bytes(),
                    config.maxSteps(),
                    traceql.maxSpans(),
                    traceql.maxTraces(),
                    traceql.maxSeries(),
                    traceql.maxCombinations())),
            signals.traces().store()::spans);
  }

  private static TempoLimits limits(ServerConfig.TraceQueries config) {
    return new TempoLimits(
        new TextLimits(
            config.maxQueryBytes().intBytes("traces.query.max-query-bytes"),
            config.maxRegexInstructions()),
        config.maxTraceBytes().bytes(),
        config.maxTraces(),
        config.maxSpansPerSet(),
        config.maxSearchRange().duration(),
        config.maxMetricsRange().duration(),
        config.maxIntervals(),
        config.maxTags(),
        config.maxTagValues());
  }

  PromEngine engine() {
    return engine;
  }

  EngineMetricReader reader() {
    return reader;
  }

  /** Every route of the query APIs. */
  List<ApiRoute> routes(
      RuleEngine rules,
      Notifier notifier,
      StatusSource status,
      TargetSource targets,
      ProcessSource process,
      Snapshots snapshots) {
    EngineMetricReader anchoring = reader.withExtendedRanges();
    ServiceQueries services = new ServiceQueries(anchoring);
    List<ApiRoute> routes = new ArrayList<>();
    TraceQueries traces = new TraceQueries(signals.traces().store(), spans);
    routes.addAll(
        new TraceApi(traces, hues, tempoLimits.queries(), tempoLimits.maxMetricsRange())
            .routes(runner));
    routes.addAll(new TempoApi(traces, spans, tempoLimits, Version.number()).routes(runner));
    routes.addAll(new LogApi(new LogQueries(signals.logs().store()), hues).routes(runner));
    TopologyQueries topology = new TopologyQueries(anchoring, services);
    routes.addAll(new ServiceApi(services, topology, hues).routes(runner));
    routes.addAll(new JaegerApi(traces, spans, topology, reader, tempoLimits).routes(runner));
    routes.addAll(
        new ZipkinApi(traces, spans, topology, tempoLimits, Version.number()).routes(runner));
    routes.addAll(
        new ServiceSpansApi(
                new ServiceSpans(spans),
                new OperationQueries(spans, traces),
                hues,
                tempoLimits.maxMetricsRange())
            .routes(runner));
    AlertQueries alerts = new AlertQueries(rules, notifier);
    routes.addAll(new AlertApi(alerts).routes(runner));
    routes.addAll(new StatusApi(status).routes(runner));
    routes.addAll(new SnapshotApi(snapshots).routes(runner));
    MetricQueries metrics = new MetricQueries(engine, signals.metrics().store());
    routes.addAll(new PrometheusApi(metrics, alerts, targets, process).routes(runner));
    return routes;
  }

  @Override
  public void close() {
    runner.close();
  }
}
