package dev.sextant.collector;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.derive.Derive;
import dev.sextant.collector.derive.DeriveLoop;
import dev.sextant.collector.derive.JournaledBatches;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.jaeger.JaegerServices;
import dev.sextant.collector.jaeger.JaegerUdp;
import dev.sextant.collector.otlp.LogReceiver;
import dev.sextant.collector.otlp.OtlpServices;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.otlp.metrics.MetricReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.Losses;
import dev.sextant.collector.receive.Tenants;
import dev.sextant.collector.remotewrite.RemoteWriteReceiver;
import dev.sextant.collector.remotewrite.RemoteWriteService;
import dev.sextant.collector.scrape.ScrapeConfig;
import dev.sextant.collector.scrape.Scraper;
import dev.sextant.collector.skywalking.SkyWalkingServices;
import dev.sextant.collector.zipkin.ZipkinService;
import dev.sextant.log.LogBatch;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.storage.Sink;
import dev.sextant.storage.journal.Journal;
import dev.sextant.trace.SpanBatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The receivers' services by route, and what runs beside them. Nothing here authorises: whoever
 * binds a route wraps it. Every service reads its body through one {@link BoundedBody}.
 * Thread-safe.
 */
public final class Collector {
  private final Sinks sinks;
  private final CollectorSettings settings;
  private final InstantSource clock;
  private final BodyMemory memory;
  private final BoundedBody bodies;
  private final MetricReceiver metricReceiver;
  private final Losses losses;

  /** Where the receivers write. */
  public record Sinks(Sink<SpanBatch> spans, Sink<MetricsBatch> metrics, Sink<LogBatch> logs) {}

  public Collector(Sinks sinks, CollectorSettings settings, InstantSource clock) {
    this.sinks = sinks;
    this.settings = settings;
    this.clock = clock;
    this.memory = new BodyMemory(settings.bodiesInFlight());
    this.bodies = new BoundedBody(memory);
    this.losses = new Losses(clock);
    this.metricReceiver =
        new MetricReceiver(
            sinks.metrics(),
            metricWindow(),
            settings.otlp(),
            settings.series(),
            settings.knownSeries() / 2);
  }

  /**
   * OTLP over HTTP and gRPC, for the OTLP ports and the API's. Bind {@link #otlpNotFound} below
   * {@code /} beside them on a port that serves nothing else.
   */
  public Map<Route, HttpService> otlpRoutes() {
    return new OtlpServices(
            bodies, settings.bodies(), spanReceiver(), metricReceiver, logReceiver())
        .routes();
  }

  /** SkyWalking's gRPC services, at their own paths. */
  public Map<Route, HttpService> skyWalkingRoutes() {
    return new SkyWalkingServices(
            bodies,
            settings.bodies(),
            spanReceiver(),
            metricReceiver,
            logReceiver(),
            clock,
            settings.skyWalkingInstances(),
            losses)
        .routes();
  }

  /** Whether a route is one of {@link #skyWalkingRoutes()}. */
  public static boolean isSkyWalkings(Route route) {
    return SkyWalkingServices.serves(route);
  }

  private LogReceiver logReceiver() {
    return new LogReceiver(
        sinks.logs(),
        window(settings.logRetention(), CollectorSettings.LOG_RETENTION),
        settings.otlp());
  }

  private SpanReceiver spanReceiver() {
    return new SpanReceiver(
        sinks.spans(),
        window(settings.traceRetention(), CollectorSettings.TRACE_RETENTION),
        settings.otlp());
  }

  /**
   * What Jaeger's clients send to and ask: gRPC at its own paths, the rest below {@code /jaeger}.
   */
  public Map<Route, HttpService> jaegerRoutes() {
    return new JaegerServices(bodies, settings.bodies(), spanReceiver(), settings.jaeger(), losses)
        .routes();
  }

  /** A port for datagrams of Jaeger's clients. Close it before the sinks' journals. */
  public JaegerUdp jaegerUdp(InetSocketAddress address, JaegerUdp.Protocol protocol)
      throws IOException {
    return JaegerUdp.open(address, protocol, spanReceiver(), losses);
  }

  /** An OTLP port's answer to any other path. */
  public static HttpResponse otlpNotFound(ServiceRequestContext ctx, HttpRequest request) {
    return OtlpServices.notFound(ctx, request);
  }

  /** Zipkin's two versions, below its prefix. */
  public Map<Route, HttpService> zipkinRoutes() {
    return ZipkinService.routes(
        spanReceiver(),
        bodies,
        settings.bodies(),
        settings.otlp().maxRowBytes(),
        clock,
        losses.of("zipkin"));
  }

  /** Remote write, at Prometheus' own path and below its prefix. */
  public Map<Route, HttpService> remoteWriteRoutes() {
    RemoteWriteService service =
        new RemoteWriteService(
            new RemoteWriteReceiver(
                sinks.metrics(), metricWindow(), settings.series(), settings.knownSeries() / 2),
            bodies,
            settings.bodies());
    Map<Route, HttpService> routes = new LinkedHashMap<>();
    routes.put(Route.builder().exact("/api/v1/write").build(), service);
    routes.put(Route.builder().exact("/prometheus/api/v1/write").build(), service);
    return routes;
  }

  /**
   * Derivation of RED metrics and the service graph. It takes up where the newest derived batch in
   * the metrics journal stands; open it before anything may free either journal, then start the
   * loop it returns, and close that before the journals.
   */
  public DeriveLoop derive(Journal spans, Journal metrics) throws IOException {
    Derive derive =
        Derive.open(
            spans,
            sinks.metrics(),
            new JournaledBatches(metrics),
            settings.derive(),
            clock,
            Tenants.DEFAULT);
    return new DeriveLoop(derive, settings.derive().interval());
  }

  /** A scraper of targets, not yet started. Close it before the sinks' journals. */
  public Scraper scraper(List<ScrapeConfig> configs) {
    return new Scraper(configs, bodies, sinks.metrics(), metricWindow(), clock);
  }

  /** What the receivers of other tracers' protocols did not keep, for the server's own metrics. */
  public Map<String, LossCounter.Counts> losses() {
    return losses.counts();
  }

  /** Memory of all bodies in flight, for the server's own metrics. */
  public BodyMemory bodyMemory() {
    return memory;
  }

  private EventWindow metricWindow() {
    return window(settings.metricRetention(), CollectorSettings.METRIC_RETENTION);
  }

  private EventWindow window(Duration retention, String setting) {
    return new EventWindow(clock, retention, setting);
  }
}
