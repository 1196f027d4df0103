package dev.sextant.collector.jaeger;

import com.linecorp.armeria.common.HttpMethod;
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
import dev.sextant.collector.http.BoundedService;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Tells clients how much to sample, over HTTP and gRPC.
 *
 * @see <a href="https://www.jaegertracing.io/docs/1.76/architecture/sampling/">Jaeger's remote
 *     sampling</a>
 */
final class SamplingServices {
  private static final int DEPTH = 2;

  private final JaegerSampling sampling;

  SamplingServices(JaegerSampling sampling) {
    this.sampling = sampling;
  }

  /** Some clients ask with a slash at the path's end, and some at the root. */
  Map<Route, HttpService> routes(BoundedBody bodies, BodyLimits limits) {
    Map<Route, HttpService> routes = new LinkedHashMap<>();
    Strategy http = new Strategy();
    for (String path : new String[] {"/jaeger/sampling", "/jaeger/sampling/", "/jaeger/"}) {
      routes.put(Route.builder().exact(path).methods(HttpMethod.GET).build(), http);
    }
    routes.put(
        Route.builder().exact("/jaeger.api_v2.SamplingManager/GetSamplingStrategy").build(),
        new GrpcService(
            (message, memory) -> CompletableFuture.completedFuture(grpc(Slice.of(message))),
            SamplingServices::refused,
            bodies,
            limits,
            "ask for /jaeger/sampling over HTTP"));
    return routes;
  }

  private static HttpResponse refused(Outcome outcome) {
    return GrpcReply.to(outcome, taken -> new byte[0]);
  }

  private HttpResponse grpc(Slice message) {
    String service = "";
    try {
      ProtoReader in = new ProtoReader(message, DEPTH);
      while (in.next()) {
        if (in.field() == 1) {
          service = in.string();
        } else {
          in.skip();
        }
      }
    } catch (MalformedOtlpException e) {
      return refused(
          new Outcome.Invalid("the message asks for no sampling strategy: " + e.getMessage()));
    }
    return GrpcReply.success(StrategyAnswer.proto(sampling.of(service)));
  }

  /** The strategy as JSON. */
  private final class Strategy implements BoundedService {
    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
      String service = ctx.queryParam("service");
      if (service == null || service.isEmpty()) {
        return answer(
            HttpStatus.BAD_REQUEST,
            MediaType.PLAIN_TEXT_UTF_8,
            "'service' parameter must be provided once");
      }
      return answer(HttpStatus.OK, MediaType.JSON_UTF_8, StrategyAnswer.json(sampling.of(service)));
    }

    private static HttpResponse answer(HttpStatus status, MediaType type, String body) {
      return Answers.of(
          ResponseHeaders.builder(status).contentType(type).build(),
          body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
