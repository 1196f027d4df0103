package dev.sextant.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.sextant.alerting.RuleEngine;
import dev.sextant.alerting.RuleQuery;
import dev.sextant.alerting.notify.Notifier;
import dev.sextant.alerting.notify.Receiver;
import dev.sextant.alerting.rule.RuleFile;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.CurrentAccess;
import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import dev.sextant.api.admin.SnapshotApi;
import dev.sextant.api.admin.Snapshots;
import dev.sextant.api.alert.AlertApi;
import dev.sextant.api.alert.AlertQueries;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.JsonErrors;
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
import dev.sextant.log.EmbeddedLogStore;
import dev.sextant.log.LogBatch;
import dev.sextant.log.LogStore;
import dev.sextant.log.LogStoreSettings;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsStore;
import dev.sextant.metrics.embedded.EmbeddedMetricsStore;
import dev.sextant.metrics.embedded.MetricsStoreSettings;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromOptions;
import dev.sextant.promql.QueryLimits;
import dev.sextant.storage.Position;
import dev.sextant.trace.EmbeddedTraceStore;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.TraceStore;
import dev.sextant.trace.TraceStoreSettings;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.TraceQlEngine;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every API over embedded stores, behind a real HTTP server, at a fixed time. Whatever it answers
 * below {@code /sextant/v1} is held against {@code openapi.yaml}.
 */
public final class TestApi implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final long NOW_MILLIS = NOW.toEpochMilli();
  public static final StatusSource.Status STATUS =
      new StatusSource.Status(
          "1.2.3",
          NOW_MILLIS - 60_000,
          Map.of("http", 9090, "ui", 8080),
          1,
          2,
          3,
          List.of(new StatusSource.Refused(NOW_MILLIS, "/v1/traces", 400, "not protobuf")),
          1_000,
          4_096,
          "");

  private static final ProcessSource PROCESS =
      new ProcessSource() {
        @Override
        public String version() {
          return "1.2.3";
        }

        @Override
        public String configuration() {
          return "listen:\n  address: 127.0.0.1\n";
        }

        @Override
        public Map<String, String> flags() {
          return Map.of("query.timeout", "2m");
        }

        @Override
        public Runtime runtime() {
          return new Runtime(NOW_MILLIS - 60_000, "/srv", "host", 7, 2, 1 << 30, "30d");
        }

        @Override
        public Replay replay() {
          return new Replay(1, 5, 3);
        }

        @Override
        public List<String> discoveries() {
          return List.of("static", "file");
        }
      };

  /** What a test may have otherwise. */
  public static final class Options {
    private QueryLimits limits = QueryLimits.DEFAULT;
    private int maxConcurrent = 20;
    private String rules = "groups: []";
    private List<Receiver> receivers = List.of();
    private Role role = Role.VIEWER;
    private StatusSource.Status status = STATUS;
    private TraceStore traces;
    private LogStore logs;
    private MetricsStore metrics;
    private TargetSource targets = TargetSource.NONE;
    private ProcessSource process = PROCESS;
    private PromOptions language = PromOptions.DEFAULT;
    private TempoLimits tempo = TempoLimits.DEFAULT;
    private Function<String, SpanSource> spans;
    private dev.sextant.traceql.QueryLimits traceql = dev.sextant.traceql.QueryLimits.DEFAULT;

    public Options traceql(dev.sextant.traceql.QueryLimits value) {
      traceql = value;
      return this;
    }

    public Options spans(Function<String, SpanSource> value) {
      spans = value;
      return this;
    }

    public Options tempo(TempoLimits value) {
      tempo = value;
      return this;
    }

    public Options targets(TargetSource value) {
      targets = value;
      return this;
    }

    public Options process(ProcessSource value) {
      process = value;
      return this;
    }

    public Options language(PromOptions value) {
      language = value;
      return this;
    }

    public Options limits(QueryLimits value) {
      limits = value;
      return this;
    }

    public Options maxConcurrent(int value) {
      maxConcurrent = value;
      return this;
    }

    public Options rules(String yaml, Receiver... to) {
      rules = yaml;
      receivers = List.of(to);
      return this;
    }

    public Options role(Role value) {
      role = value;
      return this;
    }

    public Options status(StatusSource.Status value) {
      status = value;
      return this;
    }

    public Options traces(TraceStore value) {
      traces = value;
      return this;
    }

    public Options logs(LogStore value) {
      logs = value;
      return this;
    }

    public Options metrics(MetricsStore value) {
      metrics = value;
      return this;
    }
  }

  /** Keeps numbers as they were written. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final TraceStore traces;
  private final LogStore logs;
  private final MetricsStore metrics;
  private final QueryRunner runner;
  private final List<ApiRoute> routes = new ArrayList<>();
  private final RuleEngine rules;
  private final Notifier notifier;
  private final Server server;
  private final WebClient client;
  private long spanRow;
  private long lineRow;
  private long sampleRow;

  public TestApi(Path dir) {
    this(dir, new Options());
  }

  public TestApi(Path dir, Options options) {
    traces =
        options.traces != null
            ? options.traces
            : EmbeddedTraceStore.open(dir.resolve("traces"), TraceStoreSettings.DEFAULT, () -> NOW);
    logs =
        options.logs != null
            ? options.logs
            : EmbeddedLogStore.open(dir.resolve("logs"), LogStoreSettings.DEFAULT, () -> NOW);
    metrics =
        options.metrics != null
            ? options.metrics
            : EmbeddedMetricsStore.open(
                dir.resolve("metrics"), MetricsStoreSettings.DEFAULT, () -> NOW);
    runner = new QueryRunner(() -> NOW, new QueryQueue(options.maxConcurrent, 0, Duration.ZERO));
    PromEngine engine = new PromEngine(options.limits, options.language);
    EngineMetricReader reader = new EngineMetricReader(engine, metrics);
    notifier = new Notifier(options.receivers, "http://sextant.example", () -> NOW);
    rules = rules(options.rules, engine, reader, dir.resolve("alerts.json"));
    addRoutes(options, engine, reader, new Hues(dir.resolve("hues.txt")));
    server = serve(options.role);
    client =
        WebClient.builder("http://127.0.0.1:" + server.activeLocalPort())
            .maxResponseLength(0)
            .build();
  }

  private RuleEngine rules(
      String yaml, PromEngine engine, EngineMetricReader reader, Path stateFile) {
    RuleQuery query =
        new RuleQuery() {
          @Override
          public List<Sample> query(String expression, long timeMillis) {
            return reader.instant("default", expression, timeMillis).stream()
                .map(value -> new Sample(value.labels(), value.value()))
                .toList();
          }

          @Override
          public void check(String expression) {
            engine.parse(expression);
          }
        };
    return new RuleEngine(
        RuleFile.read("rules.yaml", yaml, Duration.ofSeconds(30), query::check),
        query,
        (timeMillis, samples) -> {},
        notifier,
        stateFile,
        () -> NOW);
  }

  private void addRoutes(Options options, PromEngine engine, EngineMetricReader reader, Hues hues) {
    AlertQueries alerts = new AlertQueries(rules, notifier);
    ServiceQueries services = new ServiceQueries(reader.withExtendedRanges());
    TraceQlQueries spans =
        new TraceQlQueries(
            new TraceQlEngine(options.traceql),
            options.spans != null ? options.spans : traces::spans);
    TraceQueries traceQueries = new TraceQueries(traces, spans);
    routes.addAll(
        new TraceApi(traceQueries, hues, options.tempo.queries(), options.tempo.maxMetricsRange())
            .routes(runner));
    routes.addAll(new TempoApi(traceQueries, spans, options.tempo, "1.2.3").routes(runner));
    routes.addAll(new LogApi(new LogQueries(logs), hues).routes(runner));
    TopologyQueries topology = new TopologyQueries(reader.withExtendedRanges(), services);
    routes.addAll(new ServiceApi(services, topology, hues).routes(runner));
    routes.addAll(
        new JaegerApi(traceQueries, spans, topology, reader, options.tempo).routes(runner));
    routes.addAll(
        new ZipkinApi(traceQueries, spans, topology, options.tempo, "1.2.3").routes(runner));
    routes.addAll(
        new ServiceSpansApi(
                new ServiceSpans(spans),
                new OperationQueries(spans, traceQueries),
                hues,
                options.tempo.maxMetricsRange())
            .routes(runner));
    routes.addAll(new AlertApi(alerts).routes(runner));
    routes.addAll(new StatusApi(() -> options.status).routes(runner));
    routes.addAll(
        new SnapshotApi(() -> new Snapshots.Snapshot("/srv/snapshots/1", 7)).routes(runner));
    routes.addAll(
        new PrometheusApi(
                new MetricQueries(engine, metrics), alerts, options.targets, options.process)
            .routes(runner));
  }

  private Server serve(Role role) {
    Access access = new Access(new Principal("test", Set.of(role)), Access.DEFAULT_TENANT);
    ServerBuilder builder =
        Server.builder()
            .gracefulShutdownTimeoutMillis(0, 0)
            .maxRequestLength(1 << 16)
            .errorHandler(new JsonErrors(ErrorFormat::of));
    for (ApiRoute route : routes) {
      builder
          .route()
          .addRoute(route.route())
          .decorator(
              (delegate, ctx, request) -> {
                CurrentAccess.set(ctx, access);
                return delegate.serve(ctx, request);
              })
          .build(route.service());
    }
    Server built = builder.build();
    built.start().join();
    return built;
  }

  /** Every route, to be held against the contract. */
  public Stream<ApiRoute> routes() {
    return routes.stream();
  }

  public int port() {
    return server.activeLocalPort();
  }

  public RuleEngine rules() {
    return rules;
  }

  public Notifier notifier() {
    return notifier;
  }

  /** Applies spans, as if their journal had taken them now. */
  public void apply(TracesData data) {
    int rows =
        data.getResourceSpansList().stream()
            .flatMap(resource -> resource.getScopeSpansList().stream())
            .mapToInt(scope -> scope.getSpansCount())
            .sum();
    traces.apply(
        new SpanBatch("default", rows, ByteBuffer.wrap(data.toByteArray())),
        new Position(spanRow, NOW_MILLIS));
    spanRow += rows;
  }

  /** Applies log records, as if their journal had taken them now. */
  public void apply(LogsData data) {
    int rows =
        data.getResourceLogsList().stream()
            .flatMap(resource -> resource.getScopeLogsList().stream())
            .mapToInt(scope -> scope.getLogRecordsCount())
            .sum();
    logs.apply(
        new LogBatch("default", rows, ByteBuffer.wrap(data.toByteArray())),
        new Position(lineRow, NOW_MILLIS));
    lineRow += rows;
  }

  /** Applies samples, as if their journal had taken them now. */
  public void apply(MetricsBatch batch) {
    metrics.apply(batch, new Position(sampleRow, NOW_MILLIS));
    sampleRow += batch.rows();
  }

  /** An answer and its body as JSON. */
  public record Answer(int status, JsonNode json) {}

  /** GET, whose answer must be JSON. */
  public Answer get(String path) {
    return answer(path, client.get(path).aggregate().join());
  }

  /** GET as it comes. */
  public AggregatedHttpResponse raw(String path) {
    return client.get(path).aggregate().join();
  }

  /** GET as it comes, in the format asked for. */
  public AggregatedHttpResponse raw(String path, String accept) {
    return client
        .execute(HttpRequest.builder().get(path).header("accept", accept).build())
        .aggregate()
        .join();
  }

  /** POST of a form. */
  public Answer post(String path, String form) {
    HttpRequest request =
        HttpRequest.builder().post(path).content(MediaType.FORM_DATA, form).build();
    return answer(path, client.execute(request).aggregate().join());
  }

  private static Answer answer(String path, AggregatedHttpResponse response) {
    try {
      JsonNode json = JSON.readTree(response.contentUtf8());
      Contract.check(path, response.status().code(), json);
      return new Answer(response.status().code(), json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(
          path + " answered " + response.status() + " " + response.contentUtf8(), e);
    }
  }

  @Override
  public void close() {
    var unused = server.stop(); // Netty takes two seconds, which nothing here waits for
    runner.close();
    traces.close();
    logs.close();
    metrics.close();
  }
}
