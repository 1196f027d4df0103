package dev.sextant.collector.jaeger;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import dev.sextant.collector.grpc.GrpcReply;
import dev.sextant.collector.grpc.GrpcService;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.otlp.SignalReceiver;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.Losses;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.otlp.Slice;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a Jaeger collector serves, by route: gRPC at its own path, HTTP below {@code /jaeger}. */
public final class JaegerServices {
  private final Map<Route, HttpService> routes = new LinkedHashMap<>();

  private final LossCounter losses;

  /**
   * @param spans takes what was converted
   * @param sampling that clients are told
   * @param losses counts what was not kept
   */
  public JaegerServices(
      BoundedBody bodies,
      BodyLimits limits,
      SignalReceiver spans,
      JaegerSampling sampling,
      Losses losses) {
    this.losses = losses.of("jaeger-grpc");
    JaegerReceiver receiver = new JaegerReceiver(spans);
    routes.put(
        Route.builder().exact("/jaeger.api_v2.CollectorService/PostSpans").build(),
        new GrpcService(
            (message, memory) ->
                receiver
                    .receive(Slice.of(message), ProtobufBatch::read, new TagMemory(memory))
                    .thenApply(this::grpcReply),
            this::grpcReply,
            bodies,
            limits,
            "post thrift over HTTP to /jaeger/api/traces"));
    routes.put(
        Route.builder().exact("/jaeger/api/traces").methods(HttpMethod.POST).build(),
        new JaegerHttpService(receiver, bodies, limits, losses.of("jaeger-http")));
    routes.putAll(new SamplingServices(sampling).routes(bodies, limits));
  }

  /** The protocol has no word for spans that were rejected beside good ones; they are counted. */
  private HttpResponse grpcReply(Outcome outcome) {
    return GrpcReply.to(losses.counted(outcome), taken -> new byte[0]);
  }

  /** In a fixed order; all of them are for those who write. */
  public Map<Route, HttpService> routes() {
    return routes;
  }
}
