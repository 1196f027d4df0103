package dev.sextant.collector.otlp;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.grpc.GrpcReply;
import dev.sextant.collector.grpc.GrpcService;
import dev.sextant.collector.http.Answers;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Tenants;
import java.util.LinkedHashMap;
import java.util.Map;

/** The OTLP services by route: each signal over HTTP and over gRPC. */
public final class OtlpServices {
  private final Map<Route, HttpService> routes = new LinkedHashMap<>();

  public OtlpServices(
      BoundedBody bodies,
      BodyLimits limits,
      SignalReceiver traces,
      SignalReceiver metrics,
      SignalReceiver logs) {
    add(Signal.TRACES, traces, bodies, limits);
    add(Signal.METRICS, metrics, bodies, limits);
    add(Signal.LOGS, logs, bodies, limits);
  }

  private void add(Signal signal, SignalReceiver receiver, BoundedBody bodies, BodyLimits limits) {
    routes.put(
        Route.builder().exact(signal.httpPath()).build(),
        new OtlpHttpService(signal, receiver, bodies, limits));
    routes.put(
        Route.builder().exact(signal.grpcPath()).build(),
        new GrpcService(
            (message, memory) ->
                receiver.receive(Tenants.DEFAULT, message).thenApply(OtlpServices::grpcReply),
            OtlpServices::grpcReply,
            bodies,
            limits,
            "post OTLP over HTTP to /v1/traces, /v1/metrics or /v1/logs"));
  }

  private static HttpResponse grpcReply(Outcome outcome) {
    return GrpcReply.to(outcome, taken -> OtlpMessages.response(taken.rejected(), taken.message()));
  }

  /** In a fixed order; every method goes to the service, which answers 405 itself. */
  public Map<Route, HttpService> routes() {
    return routes;
  }

  /**
   * The answer to any other path on an OTLP port: gRPC's UNIMPLEMENTED to a gRPC client, else 404
   * with a {@code google.rpc.Status}.
   */
  public static HttpResponse notFound(ServiceRequestContext ctx, HttpRequest request) {
    request.abort();
    MediaType type = request.contentType();
    if (GrpcService.isGrpc(type)) {
      return GrpcReply.unknownMethod(ctx.path());
    }
    String message = "nothing is served at this path; OTLP is at /v1/traces, /v1/metrics, /v1/logs";
    boolean protobuf = type != null && type.subtype().endsWith("protobuf");
    return Answers.of(
        ResponseHeaders.builder(HttpStatus.NOT_FOUND)
            .contentType(protobuf ? OtlpHttpReply.PROTOBUF : MediaType.JSON)
            .build(),
        protobuf
            ? OtlpMessages.status(OtlpMessages.NOT_FOUND, message)
            : OtlpMessages.statusJson(OtlpMessages.NOT_FOUND, message));
  }
}
