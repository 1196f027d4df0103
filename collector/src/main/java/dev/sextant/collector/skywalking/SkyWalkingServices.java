package dev.sextant.collector.skywalking;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import dev.sextant.collector.grpc.GrpcService;
import dev.sextant.collector.grpc.GrpcStreamService;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.otlp.SignalReceiver;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.Losses;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The gRPC services that SkyWalking's agents of versions 8 and 9 report to, by route; those that
 * had no package at first at both paths. What agents may ask beyond, profiling for one, has no
 * route: agents take {@code UNIMPLEMENTED} as a word to stop asking.
 *
 * @see <a href="https://github.com/apache/skywalking-data-collect-protocol">the protocol</a>
 */
public final class SkyWalkingServices {
  private static final String PACKAGE = "skywalking.v3.";

  /** Paths of agents before 8.4. */
  private static final Set<String> WITHOUT_PACKAGE =
      Set.of(
          "/TraceSegmentReportService/collect",
          "/TraceSegmentReportService/collectInSync",
          "/ManagementService/reportInstanceProperties",
          "/ManagementService/keepAlive",
          "/JVMMetricReportService/collect",
          "/MeterReportService/collect");

  private static final String OTHERWISE = "SkyWalking's agents send here";

  private final Map<Route, HttpService> routes = new LinkedHashMap<>();
  private final Instances instances;
  private final LossCounter losses;
  private final BoundedBody bodies;
  private final BodyLimits limits;

  /**
   * @param spans takes what was converted; likewise metrics and logs
   * @param clock for log lines without a time
   * @param maxInstances whose properties are remembered; {@code ingest.skywalking.max-instances}
   * @param losses counts what was not kept
   */
  public SkyWalkingServices(
      BoundedBody bodies,
      BodyLimits limits,
      SignalReceiver spans,
      SignalReceiver metrics,
      SignalReceiver logs,
      InstantSource clock,
      int maxInstances,
      Losses losses) {
    this.instances = new Instances(maxInstances, clock);
    this.losses = losses.of("skywalking");
    this.bodies = bodies;
    this.limits = limits;
    traces(spans);
    management(spans);
    metrics(metrics);
    logs(logs, clock);
  }

  /** Whether a route's path is one of SkyWalking's. */
  public static boolean serves(Route route) {
    String path = route.patternString();
    return path.startsWith("/" + PACKAGE) || WITHOUT_PACKAGE.contains(path);
  }

  /** In a fixed order; all of them are for those who write. */
  public Map<Route, HttpService> routes() {
    return routes;
  }

  private void traces(SignalReceiver spans) {
    serve("TraceSegmentReportService/collect", stream(() -> call(spans, this::segment)));
    serve("TraceSegmentReportService/collectInSync", unary(() -> call(spans, this::segments)));
  }

  private void management(SignalReceiver none) {
    serve("ManagementService/reportInstanceProperties", unary(() -> call(none, this::properties)));
    serve("ManagementService/keepAlive", unary(() -> call(none, SkyWalkingServices::nothing)));
    serve(
        "ConfigurationDiscoveryService/fetchConfigurations",
        unary(() -> call(none, SkyWalkingServices::nothing)));
  }

  private void metrics(SignalReceiver metrics) {
    serve("JVMMetricReportService/collect", unary(() -> call(metrics, this::jvm)));
    serve(
        "MeterReportService/collect",
        stream(
            () -> {
              Meters meters = new Meters(instances);
              return call(
                  metrics,
                  (message, memory) -> metered(out -> meters.convert(message, memory, out)));
            }));
    serve(
        "MeterReportService/collectBatch",
        stream(
            () -> {
              Meters meters = new Meters(instances);
              return call(
                  metrics,
                  (message, memory) -> metered(out -> meters.convertAll(message, memory, out)));
            }));
  }

  private void logs(SignalReceiver logs, InstantSource clock) {
    serve(
        "LogReportService/collect",
        stream(
            () -> {
              LogLines lines = new LogLines(instances, clock);
              return call(
                  logs, (message, memory) -> Converted.whole(lines.convert(message, memory), 1));
            }));
    Events events = new Events(instances);
    serve(
        "EventService/collect",
        stream(
            () ->
                call(
                    logs,
                    (message, memory) -> Converted.whole(events.convert(message, memory), 1))));
  }

  private void serve(String method, HttpService service) {
    routes.put(Route.builder().exact("/" + PACKAGE + method).build(), service);
    if (WITHOUT_PACKAGE.contains("/" + method)) {
      routes.put(Route.builder().exact("/" + method).build(), service);
    }
  }

  private SkyWalkingCall call(SignalReceiver otlp, Converted.Conversion conversion) {
    return new SkyWalkingCall(otlp, conversion, losses);
  }

  private HttpService stream(Supplier<SkyWalkingCall> calls) {
    return new GrpcStreamService(calls, bodies, limits, OTHERWISE);
  }

  private HttpService unary(Supplier<SkyWalkingCall> calls) {
    return new GrpcService(
        (message, memory) -> {
          SkyWalkingCall call = calls.get();
          return call.received(message, memory).thenApply(call::ended);
        },
        (Outcome outcome) -> calls.get().ended(outcome),
        bodies,
        limits,
        OTHERWISE);
  }

  private Converted segment(Slice message, ConversionMemory memory) {
    SegmentConversion segments = new SegmentConversion(instances, memory);
    segments.add(message);
    return converted(segments);
  }

  private Converted segments(Slice message, ConversionMemory memory) {
    SegmentConversion segments = new SegmentConversion(instances, memory);
    ProtoReader in = new ProtoReader(message, Segment.DEPTH);
    while (in.next()) {
      if (in.field() == 1) {
        segments.add(in.slice());
      } else {
        in.skip();
      }
    }
    return converted(segments);
  }

  private static Converted converted(SegmentConversion segments) {
    return new Converted(segments.request(), segments.size(), segments.rejections());
  }

  private Converted properties(Slice message, ConversionMemory memory) {
    String service = "";
    String name = "";
    ProtoReader in = new ProtoReader(message, 1);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> service = in.string();
        case 2 -> name = in.string();
        default -> in.skip();
      }
    }
    Instance instance = new Instance(service, name);
    InstanceProperties properties = new InstanceProperties(instance);
    in = new ProtoReader(message, 1);
    while (in.next()) {
      if (in.field() == 3) {
        properties.add(KeyValue.read(in));
      } else {
        in.skip();
      }
    }
    instances.tell(instance, properties.resource());
    return Converted.nothing();
  }

  /** Reads a message of which nothing is to be kept, to refuse what is none. */
  private static Converted nothing(Slice message, ConversionMemory memory) {
    ProtoReader in = new ProtoReader(message, 1);
    while (in.next()) {
      in.skip();
    }
    return Converted.nothing();
  }

  private Converted jvm(Slice message, ConversionMemory memory) {
    return metered(out -> new JvmMetrics(instances, memory, out).convert(message));
  }

  private static Converted metered(Consumer<MetricWriter> conversion) {
    MetricWriter out = new MetricWriter();
    conversion.accept(out);
    return Converted.whole(out.request(), out.points());
  }
}
